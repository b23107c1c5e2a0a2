package kr.dolbom.contract.command;

import java.util.Optional;
import kr.dolbom.contract.json.JsonTypes;
import kr.dolbom.contract.json.ObjectType;

/// The kinds of commands.
@SuppressWarnings("ImmutableEnumChecker") // an ObjectType never changes
public enum CommandKind {
    /// Say something.
    SPEAK(Speak.TYPE),
    /// Ask the resident and report the answer.
    CHECK_IN(CheckIn.TYPE),
    /// Remind of a medication slot.
    REMIND(Remind.TYPE),
    /// Change settings.
    CONFIGURE(Configure.TYPE),
    /// Make a sound, so that the device is found.
    LOCATE(Locate.TYPE),
    /// Make a new secret and set it.
    RENEW_SECRET(RenewSecret.TYPE);

    private final ObjectType<? extends Command> dataType;
    private final ObjectType<CommandMessage> messageType;

    CommandKind(ObjectType<? extends Command> dataType) {
        this.dataType = dataType;
        this.messageType = CommandMessage.typeOf(dataType);
    }

    /// The kind as it stands in the topic: `check-in`.
    public String wireName() {
        return JsonTypes.wireName(this);
    }

    /// The kind with this wire name.
    public static Optional<CommandKind> find(String wireName) {
        for (CommandKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// The type of the whole body.
    public ObjectType<CommandMessage> messageType() {
        return messageType;
    }

    /// The type of the `data` member.
    @SuppressWarnings("unchecked") // a kind's type reads and writes that kind's record alone
    public ObjectType<Command> dataType() {
        return (ObjectType<Command>) dataType;
    }
}
