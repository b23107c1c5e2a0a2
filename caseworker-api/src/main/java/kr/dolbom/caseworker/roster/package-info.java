/// Who is on call: shifts, swaps, overrides and night centres, and whom they make reachable now. Read
/// [Roster][kr.dolbom.caseworker.roster.Roster] first, then
/// [OnCall][kr.dolbom.caseworker.roster.OnCall]. A month's shifts are made in `plan`; whether the coming
/// ones are ready is looked at in `readiness`. In which order people are called about an alert is the
/// `escalation` package's business.
@NullMarked
package kr.dolbom.caseworker.roster;

import org.jspecify.annotations.NullMarked;
