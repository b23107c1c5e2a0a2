package kr.dolbom.contract.telemetry;

import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.oneOf;

import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;

/// What became of one medication slot.
///
/// @param slot which of the day
/// @param outcome what happened
public record Medication(Slot slot, Outcome outcome) implements Telemetry {
    private static final Field<Medication, Slot> SLOT = required(
                    "slot", oneOf(Slot.class), Medication::slot, "Which of the day.")
            .rule("DC-MED-001");
    private static final Field<Medication, Outcome> OUTCOME = required(
                    "outcome", oneOf(Outcome.class), Medication::outcome, "What happened.")
            .rule("DC-MED-002");

    static final ObjectType<Medication> TYPE = ObjectType.object(
            "What became of one medication slot.", v -> new Medication(v.get(SLOT), v.get(OUTCOME)), SLOT, OUTCOME);

    @Override
    public TelemetryKind kind() {
        return TelemetryKind.MEDICATION;
    }

    /// The slots of a day.
    public enum Slot {
        /// Morning.
        MORNING,
        /// Noon.
        NOON,
        /// Evening.
        EVENING,
        /// At bedtime.
        BEDTIME
    }

    /// What happened.
    public enum Outcome {
        /// Taken.
        TAKEN,
        /// Refused or put off.
        SKIPPED,
        /// The resident did not answer the reminder.
        NO_ANSWER
    }
}
