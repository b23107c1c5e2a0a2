package kr.dolbom.broker.ingest;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import kr.dolbom.broker.journal.Entry;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.telemetry.TelemetryMessage;

/// Journal entries out of valid messages.
public final class Messages {
    private Messages() {}

    static Entry.Message entry(
            Entry.Origin origin, Instant now, Device device, JsonCodec.Kept<TelemetryMessage> message) {
        return entry(origin, now, device, message, message.value().time());
    }

    /// A last will. It was written when the device connected, and became true only now, so that now is its time.
    public static Entry.Message will(
            Entry.Origin origin, Instant now, Device device, JsonCodec.Kept<TelemetryMessage> message) {
        return entry(origin, now, device, message, now.atOffset(ZoneOffset.UTC));
    }

    private static Entry.Message entry(
            Entry.Origin origin,
            Instant now,
            Device device,
            JsonCodec.Kept<TelemetryMessage> kept,
            OffsetDateTime at) {
        TelemetryMessage message = kept.value();
        return new Entry.Message(
                origin,
                device.residentNumber(),
                message.id(),
                at,
                now,
                message.seq(),
                message.data(),
                Privacy.data(device, kept.slice()));
    }
}
