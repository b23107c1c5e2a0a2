/// A month's roster, made from what a week looks like, from holidays, leave and the rules of fairness.
/// Read [Planner][kr.dolbom.caseworker.roster.plan.Planner] first. Who answers a call is not decided
/// here: that follows from the shifts once they are written down.
@NullMarked
package kr.dolbom.caseworker.roster.plan;

import org.jspecify.annotations.NullMarked;
