/// The audit log as it is read: who looked at whom, and whether it is whole. Read
/// [AuditTrail][kr.dolbom.caseworker.trail.AuditTrail] first;
/// [AuditReviews][kr.dolbom.caseworker.trail.AuditReviews] has the month and its sign-off,
/// [AuditChain][kr.dolbom.caseworker.trail.AuditChain] binds events together and removes them after two
/// years, [Downloads][kr.dolbom.caseworker.trail.Downloads] asks for a reason. It is written by
/// `audit`, which knows none of this.
@NullMarked
package kr.dolbom.caseworker.trail;

import org.jspecify.annotations.NullMarked;
