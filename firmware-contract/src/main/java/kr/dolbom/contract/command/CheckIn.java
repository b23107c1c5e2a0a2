package kr.dolbom.contract.command;

import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.integer;
import static kr.dolbom.contract.json.JsonTypes.oneOf;
import static kr.dolbom.contract.json.JsonTypes.string;

import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;

/// Ask the resident whether all is well, and report the answer as `check-in` telemetry. The device itself asks once
/// more, louder, at half of the time limit.
///
/// @param question what to ask, 1 to 300 characters
/// @param language in which language it is
/// @param timeLimitSeconds without an answer within this time the device reports `no-answer`; 5 to 600
public record CheckIn(String question, Language language, long timeLimitSeconds) implements Command {
    private static final Field<CheckIn, String> QUESTION = required(
                    "question", string(1, 300), CheckIn::question, "What to ask.")
            .rule("DC-CMD-111");
    private static final Field<CheckIn, Language> LANGUAGE = required(
                    "language", oneOf(Language.class), CheckIn::language, "In which language it is.")
            .rule("DC-CMD-112");
    private static final Field<CheckIn, Long> TIME_LIMIT_SECONDS = required(
                    "timeLimitSeconds",
                    integer(5, 600),
                    CheckIn::timeLimitSeconds,
                    "When to report that nobody answered.")
            .rule("DC-CMD-113");

    static final ObjectType<CheckIn> TYPE = ObjectType.object(
            "Ask the resident and report the answer.",
            v -> new CheckIn(v.get(QUESTION), v.get(LANGUAGE), v.get(TIME_LIMIT_SECONDS)),
            QUESTION,
            LANGUAGE,
            TIME_LIMIT_SECONDS);

    @Override
    public CommandKind kind() {
        return CommandKind.CHECK_IN;
    }
}
