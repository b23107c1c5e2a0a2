package kr.dolbom.contract.command;

import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.integer;

import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;

/// Make a sound, so that a person in the home finds the device.
///
/// @param seconds for how long, 1 to 60
public record Locate(long seconds) implements Command {
    private static final Field<Locate, Long> SECONDS = required(
                    "seconds", integer(1, 60), Locate::seconds, "For how long.")
            .rule("DC-CMD-141");

    static final ObjectType<Locate> TYPE =
            ObjectType.object("Make a sound, so that the device is found.", v -> new Locate(v.get(SECONDS)), SECONDS);

    @Override
    public CommandKind kind() {
        return CommandKind.LOCATE;
    }
}
