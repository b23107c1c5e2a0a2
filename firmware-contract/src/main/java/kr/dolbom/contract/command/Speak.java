package kr.dolbom.contract.command;

import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.oneOf;
import static kr.dolbom.contract.json.JsonTypes.string;

import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;

/// Say something to the resident.
///
/// @param text what to say, 1 to 300 characters
/// @param language in which language it is
public record Speak(String text, Language language) implements Command {
    private static final Field<Speak, String> TEXT =
            required("text", string(1, 300), Speak::text, "What to say.").rule("DC-CMD-101");
    private static final Field<Speak, Language> LANGUAGE = required(
                    "language", oneOf(Language.class), Speak::language, "In which language it is.")
            .rule("DC-CMD-102");

    static final ObjectType<Speak> TYPE = ObjectType.object(
            "Say something to the resident.", v -> new Speak(v.get(TEXT), v.get(LANGUAGE)), TEXT, LANGUAGE);

    @Override
    public CommandKind kind() {
        return CommandKind.SPEAK;
    }
}
