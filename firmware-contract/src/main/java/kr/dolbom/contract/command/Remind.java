package kr.dolbom.contract.command;

import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.oneOf;
import static kr.dolbom.contract.json.JsonTypes.string;

import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;
import kr.dolbom.contract.telemetry.Medication;

/// Remind the resident of a medication slot; the outcome comes as `medication` telemetry.
///
/// @param slot which of the day
/// @param text what to say, 1 to 300 characters
/// @param language in which language it is
public record Remind(Medication.Slot slot, String text, Language language) implements Command {
    private static final Field<Remind, Medication.Slot> SLOT = required(
                    "slot", oneOf(Medication.Slot.class), Remind::slot, "Which of the day.")
            .rule("DC-CMD-121");
    private static final Field<Remind, String> TEXT =
            required("text", string(1, 300), Remind::text, "What to say.").rule("DC-CMD-122");
    private static final Field<Remind, Language> LANGUAGE = required(
                    "language", oneOf(Language.class), Remind::language, "In which language it is.")
            .rule("DC-CMD-123");

    static final ObjectType<Remind> TYPE = ObjectType.object(
            "Remind the resident of a medication slot.",
            v -> new Remind(v.get(SLOT), v.get(TEXT), v.get(LANGUAGE)),
            SLOT,
            TEXT,
            LANGUAGE);

    @Override
    public CommandKind kind() {
        return CommandKind.REMIND;
    }
}
