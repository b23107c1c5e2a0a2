package kr.dolbom.contract;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kr.dolbom.contract.command.Command;
import kr.dolbom.contract.command.CommandKind;
import kr.dolbom.contract.command.CommandMessage;
import kr.dolbom.contract.credential.RenewalMessage;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.json.ObjectType;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.jspecify.annotations.Nullable;

/// The contract's front: read and write whole messages. All methods are pure and safe for use by many threads.
public final class Contract {
    /// The version of this contract; the major is in every topic, a minor only adds.
    public static final String VERSION = "1.0";

    /// The major version, as in every topic.
    public static final int MAJOR = 1;

    /// The most bytes that a message's body may have.
    public static final int MAX_PAYLOAD_BYTES = 16 * 1024;

    /// The media type of every body.
    public static final String CONTENT_TYPE = "application/json";

    private Contract() {}

    /// Reads and validates the body of a telemetry message of the kind that its topic names.
    ///
    /// @return [ReadResult.Valid], or [ReadResult.Invalid] with the reason and the JSON pointer of the first fault;
    ///     no input makes this throw
    public static ReadResult<TelemetryMessage> readTelemetry(TelemetryKind kind, byte[] body) {
        return read(kind.messageType(), body);
    }

    /// Reads and validates a telemetry body as [#readTelemetry] does, and gives its `data` member as it was sent as
    /// well: in one pass, for who stores it.
    ///
    /// @return the message, and its `data` with the members that this version does not know and numbers digit by
    ///     digit
    public static ReadResult<JsonCodec.Kept<TelemetryMessage>> receiveTelemetry(TelemetryKind kind, byte[] body) {
        Fault tooLarge = findTooLarge(body);
        return tooLarge == null ? JsonCodec.readKeeping(kind.messageType(), body) : new ReadResult.Invalid<>(tooLarge);
    }

    /// Reads and validates the body of a command of the kind that its topic names, as a device does.
    public static ReadResult<CommandMessage> readCommand(CommandKind kind, byte[] body) {
        return read(kind.messageType(), body);
    }

    /// Reads and validates the body of a message by which a device sets its new secret. The fault's detail may quote
    /// the body: it must not be kept.
    public static ReadResult<RenewalMessage> readRenewal(byte[] body) {
        return read(RenewalMessage.TYPE, body);
    }

    /// Writes a message by which a device sets its new secret, as UTF-8 JSON.
    public static byte[] write(RenewalMessage message) {
        return JsonCodec.write(RenewalMessage.TYPE, message);
    }

    /// Writes a telemetry message as UTF-8 JSON.
    public static byte[] write(TelemetryMessage message) {
        return JsonCodec.write(message.data().kind().messageType(), message);
    }

    /// Writes a command message as UTF-8 JSON.
    public static byte[] write(CommandMessage message) {
        return JsonCodec.write(message.data().kind().messageType(), message);
    }

    /// Reads the `data` member of a telemetry message alone, as the database holds it.
    public static ReadResult<Telemetry> readTelemetryData(TelemetryKind kind, byte[] data) {
        return JsonCodec.read(kind.dataType(), data);
    }

    /// Writes the `data` member of a telemetry message alone.
    public static byte[] writeData(Telemetry data) {
        return JsonCodec.write(data.kind().dataType(), data);
    }

    /// Reads the `data` member of a command alone, as the database holds it.
    public static ReadResult<Command> readCommandData(CommandKind kind, byte[] data) {
        return JsonCodec.read(kind.dataType(), data);
    }

    /// Writes the `data` member of a command alone.
    public static byte[] writeData(Command data) {
        return JsonCodec.write(data.kind().dataType(), data);
    }

    /// The JSON Schema 2020-12 documents of all kinds, made from the very types that the codec reads by.
    public static List<JsonSchema> schemas() {
        return JsonSchema.all();
    }

    /// What is wrong with a message's MQTT 5 content type; empty where it is missing or [#CONTENT_TYPE], with or
    /// without `charset=utf-8`.
    public static Optional<Fault> findContentTypeFault(@Nullable String contentType) {
        if (contentType == null || contentType.isEmpty()) {
            return Optional.empty();
        }
        String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "");
        if (type.equals(CONTENT_TYPE) || type.equals(CONTENT_TYPE + ";charset=utf-8")) {
            return Optional.empty();
        }
        return Optional.of(
                type.startsWith("audio/")
                        ? new Fault(Reason.RAW_AUDIO, "", "sound is never taken")
                        : new Fault(
                                Reason.UNSUPPORTED_CONTENT_TYPE,
                                "",
                                "'%s' is not %s".formatted(shortened(contentType), CONTENT_TYPE)));
    }

    private static String shortened(String text) {
        return text.codePoints()
                .limit(40)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Reads and validates the body of a message of any kind, for who checks them all alike.
    public static ReadResult<?> read(MessageKind kind, byte[] body) {
        return read(kind.type(), body);
    }

    private static <T> ReadResult<T> read(ObjectType<T> type, byte[] body) {
        Fault tooLarge = findTooLarge(body);
        return tooLarge == null ? JsonCodec.read(type, body) : new ReadResult.Invalid<>(tooLarge);
    }

    private static @Nullable Fault findTooLarge(byte[] body) {
        return body.length <= MAX_PAYLOAD_BYTES
                ? null
                : new Fault(
                        Reason.TOO_LARGE,
                        "",
                        "the body has %d bytes, at most %d".formatted(body.length, MAX_PAYLOAD_BYTES));
    }
}
