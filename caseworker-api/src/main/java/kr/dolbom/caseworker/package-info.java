/// The response side of the platform: the registry of people and devices, what happens after an alert is raised, the
/// phone calls and texts, REST and the caseworkers' pages.
///
/// Start with [CaseworkerApi][kr.dolbom.caseworker.CaseworkerApi] for the program, with the `response` package for what
/// happens to an alert. Judging telemetry does not belong here: alerts are found in the database, in state `raised`.
@NullMarked
package kr.dolbom.caseworker;

import org.jspecify.annotations.NullMarked;
