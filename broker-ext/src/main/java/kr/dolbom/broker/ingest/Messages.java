package kr.dolbom.broker.ingest;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import kr.dolbom.broker.journal.Entry;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import kr.dolbom.contract.time.ObservedTime;
import org.jspecify.annotations.Nullable;

/// Journal entries out of valid messages.
public final class Messages {
    private Messages() {}

    /// @param observed when it happened, where the device's clock cannot be believed
    static Entry.Message entry(
            Entry.Origin origin,
            Instant now,
            Device device,
            JsonCodec.Kept<TelemetryMessage> message,
            ObservedTime observed) {
        OffsetDateTime told = message.value().time();
        return observed.isCorrected()
                ? entry(origin, now, device, message, observed.at().atOffset(ZoneOffset.UTC), told)
                : entry(origin, now, device, message, told, null);
    }

    /// A last will. It was written when the device connected, and became true only now, so that now is
    /// its time.
    public static Entry.Message will(
            Entry.Origin origin, Instant now, Device device, JsonCodec.Kept<TelemetryMessage> message) {
        return entry(origin, now, device, message, now.atOffset(ZoneOffset.UTC), null);
    }

    private static Entry.Message entry(
            Entry.Origin origin,
            Instant now,
            Device device,
            JsonCodec.Kept<TelemetryMessage> kept,
            OffsetDateTime at,
            @Nullable OffsetDateTime deviceTime) {
        TelemetryMessage message = kept.value();
        return new Entry.Message(
                origin,
                device.residentNumber(),
                message.id(),
                at,
                deviceTime,
                now,
                message.seq(),
                message.data(),
                Privacy.data(device, kept.slice()));
    }
}
