/// Made-up telemetry of a whole town, the same for the same seed: what benches score. Read [Homes]; the engine
/// itself never needs it.
@NullMarked
package kr.dolbom.risk.town;

import org.jspecify.annotations.NullMarked;
