package kr.dolbom.contract.telemetry;

import static kr.dolbom.contract.json.Field.optional;
import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.oneOf;
import static kr.dolbom.contract.json.JsonTypes.timestamp;

import java.time.OffsetDateTime;
import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;
import org.jspecify.annotations.Nullable;

/// The resident told the device, or it noticed, whether anybody is at home.
///
/// @param state where the resident is
/// @param expectedBack when the resident means to return; null: not said
public record PresenceReport(State state, @Nullable OffsetDateTime expectedBack) implements Telemetry {
    private static final Field<PresenceReport, State> STATE = required(
                    "state", oneOf(State.class), PresenceReport::state, "Where the resident is.")
            .rule("DC-PRE-001");
    private static final Field<PresenceReport, OffsetDateTime> EXPECTED_BACK = optional(
                    "expectedBack", timestamp(), PresenceReport::expectedBack, "When the resident means to return.")
            .rule("DC-PRE-002");

    static final ObjectType<PresenceReport> TYPE = ObjectType.object(
            "Whether the resident is at home.",
            v -> new PresenceReport(v.get(STATE), v.find(EXPECTED_BACK)),
            STATE,
            EXPECTED_BACK);

    @Override
    public TelemetryKind kind() {
        return TelemetryKind.PRESENCE;
    }

    /// Where the resident is.
    public enum State {
        /// Goes out now.
        GOING_OUT,
        /// Is back.
        RETURNED,
        /// Is in hospital.
        HOSPITAL
    }
}
