/// Who is on call: shifts, and whom they make reachable now. Read [OnCall][kr.dolbom.caseworker.roster.OnCall] first.
/// In which order people are called about an alert is the `escalation` package's business.
@NullMarked
package kr.dolbom.caseworker.roster;

import org.jspecify.annotations.NullMarked;
