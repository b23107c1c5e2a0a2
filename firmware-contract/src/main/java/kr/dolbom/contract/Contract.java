package kr.dolbom.contract;

import java.util.List;
import java.util.Set;
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

/// The contract's front: read and write whole messages. All methods are pure and safe for use by many threads.
public final class Contract {
    /// The version of this contract; the major is in every topic, a minor only adds.
    public static final String VERSION = "1.0";

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

    /// The `data` member of a valid telemetry body as it was sent, with the members that this version does not know,
    /// and
    /// numbers digit by digit; only white space goes.
    ///
    /// @param body what [#readTelemetry] found valid
    /// @param without names of members directly under `data` to leave out
    public static byte[] rawData(byte[] body, Set<String> without) {
        return JsonCodec.member(body, "data", without);
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

    private static <T> ReadResult<T> read(ObjectType<T> type, byte[] body) {
        if (body.length > MAX_PAYLOAD_BYTES) {
            return new ReadResult.Invalid<>(new Fault(
                    Reason.TOO_LARGE,
                    "",
                    "the body has %d bytes, at most %d".formatted(body.length, MAX_PAYLOAD_BYTES)));
        }
        return JsonCodec.read(type, body);
    }
}
