package kr.dolbom.contract.telemetry;

import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.integer;
import static kr.dolbom.contract.json.JsonTypes.timestamp;
import static kr.dolbom.contract.json.JsonTypes.uuid;

import java.time.OffsetDateTime;
import java.util.UUID;
import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;

/// The body of every telemetry message; the names `id`, `time` and `data` follow CloudEvents 1.0.
///
/// @param id UUIDv7; with the device id the idempotency key: a message sent again has the same id and the same bytes
/// @param time when it was observed, by the device's clock, with offset
/// @param seq counts the device's messages; a hole is a lost message
/// @param data by kind
public record TelemetryMessage(UUID id, OffsetDateTime time, long seq, Telemetry data) {
    private static final Field<TelemetryMessage, UUID> ID = required(
                    "id", uuid(), TelemetryMessage::id, "UUIDv7; with the device id the idempotency key.")
            .rule("DC-ENV-001");
    private static final Field<TelemetryMessage, OffsetDateTime> TIME = required(
                    "time", timestamp(), TelemetryMessage::time, "When it was observed, by the device's clock.")
            .rule("DC-ENV-002");
    private static final Field<TelemetryMessage, Long> SEQ = required(
                    "seq", integer(0, Long.MAX_VALUE), TelemetryMessage::seq, "Counts the device's messages.")
            .rule("DC-ENV-003");

    @SuppressWarnings("unchecked") // a kind's type reads and writes that kind's record alone
    static ObjectType<TelemetryMessage> typeOf(ObjectType<? extends Telemetry> dataType) {
        Field<TelemetryMessage, Telemetry> data = required(
                        "data", (ObjectType<Telemetry>) dataType, TelemetryMessage::data, "By kind.")
                .rule("DC-ENV-004")
                .kept();
        return ObjectType.object(
                "A telemetry message.",
                v -> new TelemetryMessage(v.get(ID), v.get(TIME), v.get(SEQ), v.get(data)),
                ID,
                TIME,
                SEQ,
                data);
    }
}
