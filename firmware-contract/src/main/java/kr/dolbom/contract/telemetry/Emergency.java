package kr.dolbom.contract.telemetry;

import static kr.dolbom.contract.json.Field.optional;
import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.decimal;
import static kr.dolbom.contract.json.JsonTypes.oneOf;
import static kr.dolbom.contract.json.JsonTypes.string;

import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;
import org.jspecify.annotations.Nullable;

/// A call for help or a hazard. It never waits behind other telemetry.
///
/// @param trigger what raised it
/// @param confidence how sure the device is, 0 to 1; null: sure (a button)
/// @param room where; null: not known
/// @param phrase for [Trigger#SOS_VOICE] the key phrase that was recognised (not a transcript), 1 to 60 characters
public record Emergency(
        Trigger trigger,
        @Nullable Double confidence,
        @Nullable Room room,
        @Nullable String phrase) implements Telemetry {
    private static final Field<Emergency, Trigger> TRIGGER = required(
                    "trigger", oneOf(Trigger.class), Emergency::trigger, "What raised it.")
            .rule("DC-EME-001");
    private static final Field<Emergency, Double> CONFIDENCE = optional(
                    "confidence", decimal(0, 1), Emergency::confidence, "How sure the device is.")
            .rule("DC-EME-002");
    private static final Field<Emergency, Room> ROOM =
            optional("room", oneOf(Room.class), Emergency::room, "Where.").rule("DC-EME-003");
    private static final Field<Emergency, String> PHRASE = optional(
                    "phrase", string(1, 60), Emergency::phrase, "The key phrase that was recognised.")
            .rule("DC-EME-004");

    static final ObjectType<Emergency> TYPE = ObjectType.object(
            "A call for help or a hazard.",
            v -> new Emergency(v.get(TRIGGER), v.find(CONFIDENCE), v.find(ROOM), v.find(PHRASE)),
            TRIGGER,
            CONFIDENCE,
            ROOM,
            PHRASE);

    @Override
    public TelemetryKind kind() {
        return TelemetryKind.EMERGENCY;
    }

    /// What raises an emergency.
    public enum Trigger {
        /// The resident called for help.
        SOS_VOICE,
        /// The resident pressed the button.
        SOS_BUTTON,
        /// A fall was noticed.
        FALL,
        /// Smoke was noticed.
        SMOKE,
        /// Gas was noticed.
        GAS
    }
}
