/// Reaching people: policies, the steps, the attempts, and one port for each kind of channel. Read
/// [Attempts][kr.dolbom.caseworker.escalation.Attempts] first. Twilio is behind
/// [Texts][kr.dolbom.caseworker.escalation.Texts] and [Calls][kr.dolbom.caseworker.escalation.Calls], a provider of
/// AlimTalk behind [AlimTalks][kr.dolbom.caseworker.escalation.AlimTalks], the browsers' push services behind
/// [Pushes][kr.dolbom.caseworker.escalation.Pushes]; each answers with a
/// [SendResult][kr.dolbom.caseworker.escalation.SendResult]. When which step is taken is decided in the `response`
/// package.
@NullMarked
package kr.dolbom.caseworker.escalation;

import org.jspecify.annotations.NullMarked;
