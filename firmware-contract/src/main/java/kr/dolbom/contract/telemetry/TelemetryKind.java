package kr.dolbom.contract.telemetry;

import java.util.Optional;
import kr.dolbom.contract.json.JsonTypes;
import kr.dolbom.contract.json.ObjectType;

/// The kinds of telemetry. The [number][#number()] is how the database stores a kind; it never changes.
@SuppressWarnings("ImmutableEnumChecker") // an ObjectType never changes
public enum TelemetryKind {
    /// Windowed counts by sensor and room.
    ACTIVITY(1, Activity.TYPE),
    /// What was recognised in speech.
    VOICE(2, Voice.TYPE),
    /// The device's own no-motion timer.
    INACTIVITY(3, Inactivity.TYPE),
    /// Birth, heartbeat and death of the device.
    STATUS(4, Status.TYPE),
    /// A medication slot.
    MEDICATION(5, Medication.TYPE),
    /// A call for help or a hazard.
    EMERGENCY(6, Emergency.TYPE),
    /// The answer to a check-in, or that none came.
    CHECK_IN(7, CheckInAnswer.TYPE),
    /// Going out, returned, in hospital.
    PRESENCE(8, PresenceReport.TYPE);

    private final int number;
    private final ObjectType<? extends Telemetry> dataType;
    private final ObjectType<TelemetryMessage> messageType;

    TelemetryKind(int number, ObjectType<? extends Telemetry> dataType) {
        this.number = number;
        this.dataType = dataType;
        this.messageType = TelemetryMessage.typeOf(dataType);
    }

    /// The number under which the database stores this kind.
    public int number() {
        return number;
    }

    /// The kind as it stands in the topic: `check-in`.
    public String wireName() {
        return JsonTypes.wireName(this);
    }

    /// The kind with this wire name.
    public static Optional<TelemetryKind> find(String wireName) {
        for (TelemetryKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// The kind with this number.
    ///
    /// @throws IllegalArgumentException where no kind has it
    public static TelemetryKind getByNumber(int number) {
        for (TelemetryKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of telemetry has the number " + number);
    }

    /// The type of the whole body.
    public ObjectType<TelemetryMessage> messageType() {
        return messageType;
    }

    /// The type of the `data` member.
    @SuppressWarnings("unchecked") // a kind's type reads and writes that kind's record alone
    public ObjectType<Telemetry> dataType() {
        return (ObjectType<Telemetry>) dataType;
    }
}
