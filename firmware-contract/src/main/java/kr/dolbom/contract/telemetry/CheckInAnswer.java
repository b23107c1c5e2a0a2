package kr.dolbom.contract.telemetry;

import static kr.dolbom.contract.json.Field.optional;
import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.oneOf;
import static kr.dolbom.contract.json.JsonTypes.uuid;

import java.util.UUID;
import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;
import org.jspecify.annotations.Nullable;

/// The resident's answer to a check-in command, or that none came. Published to the command's response topic with its
/// correlation data.
///
/// @param commandId the `id` of the command that asked
/// @param answer what the resident said
/// @param by how; null with [Answer#NO_ANSWER]
public record CheckInAnswer(
        UUID commandId, Answer answer, @Nullable By by) implements Telemetry {
    private static final Field<CheckInAnswer, UUID> COMMAND_ID = required(
                    "commandId", uuid(), CheckInAnswer::commandId, "The id of the command that asked.")
            .rule("DC-CHK-001");
    private static final Field<CheckInAnswer, Answer> ANSWER = required(
                    "answer", oneOf(Answer.class), CheckInAnswer::answer, "What the resident said.")
            .rule("DC-CHK-002");
    private static final Field<CheckInAnswer, By> BY =
            optional("by", oneOf(By.class), CheckInAnswer::by, "How.").rule("DC-CHK-003");

    static final ObjectType<CheckInAnswer> TYPE = ObjectType.object(
            "The answer to a check-in.",
            v -> new CheckInAnswer(v.get(COMMAND_ID), v.get(ANSWER), v.find(BY)),
            COMMAND_ID,
            ANSWER,
            BY);

    @Override
    public TelemetryKind kind() {
        return TelemetryKind.CHECK_IN;
    }

    /// What the resident said.
    public enum Answer {
        /// All is well.
        FINE,
        /// Needs help.
        NEED_HELP,
        /// Nobody answered within the command's time limit.
        NO_ANSWER
    }

    /// How the resident answered.
    public enum By {
        /// Spoken.
        VOICE,
        /// Took the robot's hand.
        TOUCH,
        /// Pressed a button.
        BUTTON
    }
}
