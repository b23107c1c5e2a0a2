package kr.dolbom.contract.telemetry;

import static kr.dolbom.contract.json.Field.optional;
import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.integer;
import static kr.dolbom.contract.json.JsonTypes.oneOf;

import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;
import org.jspecify.annotations.Nullable;

/// The device's own no-motion timer ran out. Dolbom judges silence by itself; this is a second witness.
///
/// @param silentSeconds how long nothing was noticed, 1 to 2592000 (30 days)
/// @param lastRoom where something was noticed last; null: not known
public record Inactivity(long silentSeconds, @Nullable Room lastRoom) implements Telemetry {
    private static final Field<Inactivity, Long> SILENT_SECONDS = required(
                    "silentSeconds", integer(1, 2_592_000), Inactivity::silentSeconds, "How long nothing was noticed.")
            .rule("DC-INA-001");
    private static final Field<Inactivity, Room> LAST_ROOM = optional(
                    "lastRoom", oneOf(Room.class), Inactivity::lastRoom, "Where something was noticed last.")
            .rule("DC-INA-002");

    static final ObjectType<Inactivity> TYPE = ObjectType.object(
            "The device's own no-motion timer ran out.",
            v -> new Inactivity(v.get(SILENT_SECONDS), v.find(LAST_ROOM)),
            SILENT_SECONDS,
            LAST_ROOM);

    @Override
    public TelemetryKind kind() {
        return TelemetryKind.INACTIVITY;
    }
}
