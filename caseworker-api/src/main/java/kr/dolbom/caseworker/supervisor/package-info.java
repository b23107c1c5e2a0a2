/// Supervisors: being told of notices by text, and seeing them. Read
/// [SupervisorTexts][kr.dolbom.caseworker.supervisor.SupervisorTexts] first. What is worth a notice is
/// decided where it is raised, not here.
@NullMarked
package kr.dolbom.caseworker.supervisor;

import org.jspecify.annotations.NullMarked;
