package kr.dolbom.contract.telemetry;

import static kr.dolbom.contract.json.Field.optional;
import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.flag;
import static kr.dolbom.contract.json.JsonTypes.integer;
import static kr.dolbom.contract.json.JsonTypes.listOf;
import static kr.dolbom.contract.json.JsonTypes.oneOf;
import static kr.dolbom.contract.json.JsonTypes.string;

import java.util.List;
import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;
import org.jspecify.annotations.Nullable;

/// Birth, heartbeat and death of the device. The last will is a status with the state `offline`.
///
/// @param state what happened
/// @param firmware version of the device's software, 1 to 64 characters
/// @param contract version of this contract that the device was built for, as in `1.0`
/// @param batteryPercent 0 to 100; null: no battery
/// @param onMains whether the mains feed it; null: not known
/// @param signalDbm radio signal, −130 to 0 dBm; null: wired or not known
/// @param sensors health of each sensor, at most 32
/// @param clockErrorMillis the device's estimate of its clock's error, 0 to 86400000; null: not known
public record Status(
        State state,
        String firmware,
        String contract,
        @Nullable Long batteryPercent,
        @Nullable Boolean onMains,
        @Nullable Long signalDbm,
        List<SensorHealth> sensors,
        @Nullable Long clockErrorMillis)
        implements Telemetry {
    private static final Field<Status, State> STATE = required(
                    "state", oneOf(State.class), Status::state, "What happened.")
            .rule("DC-STA-001");
    private static final Field<Status, String> FIRMWARE = required(
                    "firmware", string(1, 64), Status::firmware, "Version of the device's software.")
            .rule("DC-STA-002");
    private static final Field<Status, String> CONTRACT = required(
                    "contract", string(1, 16), Status::contract, "Version of this contract, as in 1.0.")
            .rule("DC-STA-003");
    private static final Field<Status, Long> BATTERY_PERCENT = optional(
                    "batteryPercent", integer(0, 100), Status::batteryPercent, "Charge left; missing: no battery.")
            .rule("DC-STA-004");
    private static final Field<Status, Boolean> ON_MAINS = optional(
                    "onMains", flag(), Status::onMains, "Whether the mains feed it.")
            .rule("DC-STA-005");
    private static final Field<Status, Long> SIGNAL_DBM = optional(
                    "signalDbm", integer(-130, 0), Status::signalDbm, "Radio signal in dBm.")
            .rule("DC-STA-006");
    private static final Field<Status, List<SensorHealth>> SENSORS = optional(
                    "sensors", listOf(SensorHealth.TYPE, 0, 32), Status::sensors, "Health of each sensor.")
            .rule("DC-STA-007");
    private static final Field<Status, Long> CLOCK_ERROR_MILLIS = optional(
                    "clockErrorMillis",
                    integer(0, 86_400_000),
                    Status::clockErrorMillis,
                    "Estimated error of the clock.")
            .rule("DC-STA-008");

    static final ObjectType<Status> TYPE = ObjectType.object(
            "Birth, heartbeat and death of the device.",
            v -> {
                List<SensorHealth> sensors = v.find(SENSORS);
                return new Status(
                        v.get(STATE),
                        v.get(FIRMWARE),
                        v.get(CONTRACT),
                        v.find(BATTERY_PERCENT),
                        v.find(ON_MAINS),
                        v.find(SIGNAL_DBM),
                        sensors == null ? List.of() : sensors,
                        v.find(CLOCK_ERROR_MILLIS));
            },
            STATE,
            FIRMWARE,
            CONTRACT,
            BATTERY_PERCENT,
            ON_MAINS,
            SIGNAL_DBM,
            SENSORS,
            CLOCK_ERROR_MILLIS);

    /// Copies the sensors.
    public Status {
        sensors = List.copyOf(sensors);
    }

    @Override
    public TelemetryKind kind() {
        return TelemetryKind.STATUS;
    }

    /// What happened.
    public enum State {
        /// The device has just connected.
        BIRTH,
        /// All is as before.
        HEARTBEAT,
        /// The device goes, or (as last will) is gone.
        OFFLINE
    }

    /// One sensor's health.
    ///
    /// @param sensor which
    /// @param room where
    /// @param health how it is
    public record SensorHealth(Sensor sensor, Room room, Health health) {
        private static final Field<SensorHealth, Sensor> SENSOR = required(
                        "sensor", oneOf(Sensor.class), SensorHealth::sensor, "Which.")
                .rule("DC-STA-009");
        private static final Field<SensorHealth, Room> ROOM = required(
                        "room", oneOf(Room.class), SensorHealth::room, "Where.")
                .rule("DC-STA-010");
        private static final Field<SensorHealth, Health> HEALTH = required(
                        "health", oneOf(Health.class), SensorHealth::health, "How it is.")
                .rule("DC-STA-011");

        static final ObjectType<SensorHealth> TYPE = ObjectType.object(
                "One sensor's health.",
                v -> new SensorHealth(v.get(SENSOR), v.get(ROOM), v.get(HEALTH)),
                SENSOR,
                ROOM,
                HEALTH);
    }

    /// How a sensor is.
    public enum Health {
        /// It works.
        OK,
        /// It reports the same all the time.
        STUCK,
        /// It does not answer.
        LOST,
        /// Its battery is nearly empty.
        LOW_BATTERY
    }
}
