/// The page of one resident: who they are, how they are now, how their days were, what was agreed, and what can be done
/// from there. Read [ResidentController][kr.dolbom.caseworker.console.resident.ResidentController] first, then
/// [ResidentFiles][kr.dolbom.caseworker.console.resident.ResidentFiles], which reads, and the charts, which are pure.
/// Lists of residents and changes of who they are stand elsewhere.
@NullMarked
package kr.dolbom.caseworker.console.resident;

import org.jspecify.annotations.NullMarked;
