/// What supervisors and operators must know before it matters: a number that cannot be called, a gap in a roster. Read
/// [Notices][kr.dolbom.caseworker.notice.Notices] first. A notice is no alert: it concerns no resident.
@NullMarked
package kr.dolbom.caseworker.notice;

import org.jspecify.annotations.NullMarked;
