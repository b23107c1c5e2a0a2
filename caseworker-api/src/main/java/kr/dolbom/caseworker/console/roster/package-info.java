/// The roster as pages: month and week, who is on call, swaps, overrides, filling a month, readiness. Read
/// `RosterPages` first, then `RosterReader`, which reads `RosterRead` and has it told by `RosterCalendar` and
/// `RosterForms`. What a roster is and who may change it stands in [kr.dolbom.caseworker.roster].
@NullMarked
package kr.dolbom.caseworker.console.roster;

import org.jspecify.annotations.NullMarked;
