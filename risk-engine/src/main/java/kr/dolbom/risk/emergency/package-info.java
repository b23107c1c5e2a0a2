/// Calls for help and hazards: critical at once, never judged by statistics, never behind other telemetry.
///
/// Read [EmergencyRule] first, then [EmergencyLane], the fast way from the broker's notification to the alert.
@NullMarked
package kr.dolbom.risk.emergency;

import org.jspecify.annotations.NullMarked;
