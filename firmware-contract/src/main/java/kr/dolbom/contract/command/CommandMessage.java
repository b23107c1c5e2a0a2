package kr.dolbom.contract.command;

import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.timestamp;
import static kr.dolbom.contract.json.JsonTypes.uuid;

import java.time.OffsetDateTime;
import java.util.UUID;
import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;

/// The body of every command message. A command that wants an answer carries the MQTT 5 response topic and correlation
/// data; its id in both is the same.
///
/// @param id names the command; a command that arrives again with the same id is not carried out twice
/// @param time when it was given
/// @param expires after this moment it must not be carried out
/// @param data by kind
public record CommandMessage(UUID id, OffsetDateTime time, OffsetDateTime expires, Command data) {
    private static final Field<CommandMessage, UUID> ID = required(
                    "id", uuid(), CommandMessage::id, "Names the command; a repeated id is not carried out twice.")
            .rule("DC-CMD-001");
    private static final Field<CommandMessage, OffsetDateTime> TIME = required(
                    "time", timestamp(), CommandMessage::time, "When it was given.")
            .rule("DC-CMD-002");
    private static final Field<CommandMessage, OffsetDateTime> EXPIRES = required(
                    "expires", timestamp(), CommandMessage::expires, "Afterwards it must not be carried out.")
            .rule("DC-CMD-003");

    @SuppressWarnings("unchecked") // a kind's type reads and writes that kind's record alone
    static ObjectType<CommandMessage> typeOf(ObjectType<? extends Command> dataType) {
        Field<CommandMessage, Command> data = required(
                        "data", (ObjectType<Command>) dataType, CommandMessage::data, "By kind.")
                .rule("DC-CMD-004");
        return ObjectType.object(
                "A command message.",
                v -> new CommandMessage(v.get(ID), v.get(TIME), v.get(EXPIRES), v.get(data)),
                ID,
                TIME,
                EXPIRES,
                data);
    }
}
