package kr.dolbom.contract.telemetry;

import static kr.dolbom.contract.json.Field.optional;
import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.integer;
import static kr.dolbom.contract.json.JsonTypes.listOf;
import static kr.dolbom.contract.json.JsonTypes.oneOf;

import java.util.List;
import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;
import org.jspecify.annotations.Nullable;

/// What the sensors counted in the window that ends at the message's `time`.
///
/// @param windowSeconds length of the window, 1 to 3600
/// @param counts one entry for each sensor and room that noticed something, 1 to 64, in the order in which each noticed
/// last
public record Activity(long windowSeconds, List<Count> counts) implements Telemetry {
    private static final Field<Activity, Long> WINDOW_SECONDS = required(
                    "windowSeconds",
                    integer(1, 3600),
                    Activity::windowSeconds,
                    "Length of the window that ends at `time`.")
            .rule("DC-ACT-001");
    private static final Field<Activity, List<Count>> COUNTS = required(
                    "counts", listOf(Count.TYPE, 1, 64), Activity::counts, "By sensor and room, the latest last.")
            .rule("DC-ACT-002");

    static final ObjectType<Activity> TYPE = ObjectType.object(
            "What the sensors counted in a window of time.",
            v -> new Activity(v.get(WINDOW_SECONDS), v.get(COUNTS)),
            WINDOW_SECONDS,
            COUNTS);

    /// Copies the counts.
    public Activity {
        counts = List.copyOf(counts);
    }

    @Override
    public TelemetryKind kind() {
        return TelemetryKind.ACTIVITY;
    }

    /// One sensor's count in one room.
    ///
    /// @param sensor what noticed
    /// @param room where
    /// @param count how often, 1 to 10000
    /// @param lastSecondsBefore seconds from the latest event to the message's `time`, 0 to 3600; null: not known,
    ///     taken as 0
    public record Count(
            Sensor sensor, Room room, long count, @Nullable Long lastSecondsBefore) {
        private static final Field<Count, Sensor> SENSOR = required(
                        "sensor", oneOf(Sensor.class), Count::sensor, "What noticed.")
                .rule("DC-ACT-003");
        private static final Field<Count, Room> ROOM =
                required("room", oneOf(Room.class), Count::room, "Where.").rule("DC-ACT-004");
        private static final Field<Count, Long> COUNT = required(
                        "count", integer(1, 10_000), Count::count, "How often in the window.")
                .rule("DC-ACT-005");
        private static final Field<Count, Long> LAST_SECONDS_BEFORE = optional(
                        "lastSecondsBefore",
                        integer(0, 3600),
                        Count::lastSecondsBefore,
                        "Seconds from the latest event to `time`; missing: 0.")
                .rule("DC-ACT-006");

        static final ObjectType<Count> TYPE = ObjectType.object(
                "One sensor's count in one room.",
                v -> new Count(v.get(SENSOR), v.get(ROOM), v.get(COUNT), v.find(LAST_SECONDS_BEFORE)),
                SENSOR,
                ROOM,
                COUNT,
                LAST_SECONDS_BEFORE);
    }
}
