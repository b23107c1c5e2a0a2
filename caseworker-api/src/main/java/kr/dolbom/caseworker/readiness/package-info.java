/// Whether the coming shifts are ready: somebody is on call at every moment, not only one, each with a
/// number that rings. Read [Readiness][kr.dolbom.caseworker.readiness.Readiness] first; the rules are
/// [ReadinessRules][kr.dolbom.caseworker.readiness.ReadinessRules]. Supervisors hear of troubles by
/// notices, beforehand. Calls about an alert do not belong here.
@NullMarked
package kr.dolbom.caseworker.readiness;

import org.jspecify.annotations.NullMarked;
