/// Reaching people: policies, the steps, the attempts, and the ports through which texts and calls go out. Read
/// [Attempts][kr.dolbom.caseworker.escalation.Attempts] first. Twilio is behind
/// [Texts][kr.dolbom.caseworker.escalation.Texts]
/// and [Calls][kr.dolbom.caseworker.escalation.Calls]; when which step is taken is decided in the `response` package.
@NullMarked
package kr.dolbom.caseworker.escalation;

import org.jspecify.annotations.NullMarked;
