/// Calls that people make from the console: one touch rings the caller's own phone, and, once they press 1, the other;
/// or several people are rung into one room. Read [PhoneCalls][kr.dolbom.caseworker.phonecall.PhoneCalls] first. Calls
/// that the platform makes by itself about alerts are `escalation`; how a provider is spoken to is `twilio`.
@NullMarked
package kr.dolbom.caseworker.phonecall;

import org.jspecify.annotations.NullMarked;
