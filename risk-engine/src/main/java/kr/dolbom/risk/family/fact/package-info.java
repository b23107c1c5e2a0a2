/// What a family is told and what it says. Read [Fact] first, then [Detector] and [Verdict].
///
/// Which messages make which facts is decided by those who read telemetry.
@NullMarked
package kr.dolbom.risk.family.fact;

import org.jspecify.annotations.NullMarked;
