/// The one place that turns faults into answers: RFC 9457 problem+json for REST, a plain page for
/// people; and what all long lists ask of their requests,
/// [PageLimit][kr.dolbom.caseworker.problem.PageLimit].
@NullMarked
package kr.dolbom.caseworker.problem;

import org.jspecify.annotations.NullMarked;
