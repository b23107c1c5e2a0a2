/// What devices send: the envelope [TelemetryMessage] and one record for each [TelemetryKind].
@NullMarked
package kr.dolbom.contract.telemetry;

import org.jspecify.annotations.NullMarked;
