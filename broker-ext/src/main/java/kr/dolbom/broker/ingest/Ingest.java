package kr.dolbom.broker.ingest;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kr.dolbom.broker.access.ReasonStrings;
import kr.dolbom.broker.access.TopicRules;
import kr.dolbom.broker.journal.Entry;
import kr.dolbom.broker.journal.Flow;
import kr.dolbom.broker.journal.Journal;
import kr.dolbom.broker.journal.Receipt;
import kr.dolbom.broker.limit.MessageRate;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.broker.registry.DeviceRegistry;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges every published message, hands it to the journal, and says what is to be answered once the
/// journal has answered. It judges topics itself, as it is asked before HiveMQ's authoriser.
///
/// Safe for use by many threads; no call waits. Messages of one device are to be given one after the
/// other.
public final class Ingest {
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
    private static final Answer STORED = new Answer.Stored();

    private final DeviceRegistry registry;
    private final Journal journal;
    private final MessageRate rate;
    private final DeviceClocks clocks;
    private final InstantSource clock;

    /// One for all connections.
    public Ingest(
            DeviceRegistry registry, Journal journal, MessageRate rate, DeviceClocks clocks, InstantSource clock) {
        this.registry = registry;
        this.journal = journal;
        this.rate = rate;
        this.clocks = clocks;
        this.clock = clock;
    }

    /// Takes a message.
    ///
    /// @param flow that of the connection it came by
    /// @return what is to be answered, as soon as that is certain; never an exception, nor does the
    ///     call throw:
    ///     whatever goes wrong is [Answer.Close], never a success
    @SuppressWarnings("CatchThrowable")
    public CompletableFuture<Answer> take(String deviceId, Flow flow, PublishPacket packet) {
        try {
            Optional<Device> device = registry.find(deviceId).filter(known -> !known.revoked());
            if (device.isEmpty()) {
                return CompletableFuture.completedFuture(
                        new Answer.Close(DisconnectReasonCode.NOT_AUTHORIZED, Reason.NOT_AUTHORIZED.id()));
            }
            return take(device.get(), flow, packet);
        } catch (Throwable e) {
            LOG.error("A message could not be handled and is not acknowledged device={}", deviceId, e);
            return CompletableFuture.completedFuture(close(deviceId, "the broker is at fault"));
        }
    }

    private CompletableFuture<Answer> take(Device device, Flow flow, PublishPacket packet) {
        Instant now = clock.instant();
        Entry.Origin origin = new Entry.Origin(device.number(), device.id().value(), packet.getTopic(), flow);
        TopicRules.Publishing publishing = TopicRules.publishing(device.id().value(), packet);
        Duration retryIn = rate.take(device.id().value(), publishing.isEmergency());
        if (!retryIn.isZero()) {
            return CompletableFuture.completedFuture(slowDown(device.id().value(), rate.fault(retryIn)));
        }
        return switch (publishing) {
            // Another device's body is nobody's to read, nor is one of a type that we do not know.
            case TopicRules.Publishing.Refused(Fault fault) ->
                refuse(packet, fault, new Entry.Refusal(origin, now, fault, new byte[0]));
            case TopicRules.Publishing.Allowed(TelemetryKind kind) -> {
                byte[] body = TopicRules.body(packet);
                yield switch (Contract.receiveTelemetry(kind, body)) {
                    case ReadResult.Invalid<JsonCodec.Kept<TelemetryMessage>>(Fault fault) -> {
                        // What is none counts as any message does.
                        Duration wait =
                                publishing.isEmergency() ? rate.take(device.id().value(), false) : Duration.ZERO;
                        yield wait.isZero()
                                ? refuse(packet, fault, Privacy.refusal(origin, now, fault, device, kind, body))
                                : CompletableFuture.completedFuture(
                                        slowDown(device.id().value(), rate.fault(wait)));
                    }
                    case ReadResult.Valid<JsonCodec.Kept<TelemetryMessage>>(JsonCodec.Kept<TelemetryMessage> kept) ->
                        store(Messages.entry(
                                origin,
                                now,
                                device,
                                kept,
                                clocks.observe(device.id().value(), kept.value(), now)));
                };
            }
        };
    }

    private CompletableFuture<Answer> store(Entry.Message message) {
        String deviceId = message.origin().deviceId();
        return journal.append(message).handle((receipt, failure) -> switch (receipt) {
            case null -> close(deviceId, "the journal failed: " + failure);
            case Receipt.Stored stored -> STORED;
            case Receipt.Unstorable(String detail) ->
                new Answer.Refused(
                        AckReasonCode.PAYLOAD_FORMAT_INVALID,
                        ReasonStrings.of(new Fault(Reason.SCHEMA_VIOLATION, "", detail)));
            case Receipt.Busy(String detail) -> close(deviceId, detail);
        });
    }

    private CompletableFuture<Answer> refuse(PublishPacket packet, Fault fault, Entry.Refusal refusal) {
        String deviceId = refusal.origin().deviceId();
        // Topic and pointer are the sender's own words; they stand in quarantine, not in the log.
        LOG.debug(
                "A message was refused device={} reason={}",
                deviceId,
                fault.reason().id());
        return journal.append(refusal).handle((receipt, failure) -> switch (receipt) {
            case null -> close(deviceId, "the journal failed: " + failure);
            case Receipt.Busy(String detail) -> close(deviceId, detail);
            case Receipt.Stored stored -> refused(packet, fault);
            case Receipt.Unstorable unstorable -> refused(packet, fault);
        });
    }

    private static Answer refused(PublishPacket packet, Fault fault) {
        // QoS 0 has no answer, so that closing the connection is the only way to tell.
        return packet.getQos() == Qos.AT_MOST_ONCE
                ? new Answer.Close(DisconnectReasonCode.QOS_NOT_SUPPORTED, ReasonStrings.of(fault))
                : new Answer.Refused(code(fault.reason()), ReasonStrings.of(fault));
    }

    private static AckReasonCode code(Reason reason) {
        return switch (reason) {
            case NOT_AUTHORIZED, FOREIGN_TOPIC, WRONG_QOS, RETAINED -> AckReasonCode.NOT_AUTHORIZED;
            case UNKNOWN_TOPIC -> AckReasonCode.TOPIC_NAME_INVALID;
            case TOO_LARGE, RATE_EXCEEDED -> AckReasonCode.QUOTA_EXCEEDED;
            case MALFORMED_JSON, SCHEMA_VIOLATION, UNSUPPORTED_CONTENT_TYPE, RAW_AUDIO ->
                AckReasonCode.PAYLOAD_FORMAT_INVALID;
            case SERVER_BUSY, CONNECTION_RATE_EXCEEDED, WILDCARD_SUBSCRIPTION, SHARED_SUBSCRIPTION, INVALID_CLIENT_ID ->
                AckReasonCode.UNSPECIFIED_ERROR;
        };
    }

    private static Answer slowDown(String deviceId, Fault fault) {
        LOG.info("A device sends too much and is disconnected device={} {}", deviceId, fault.detail());
        return new Answer.Close(DisconnectReasonCode.SERVER_BUSY, ReasonStrings.of(fault));
    }

    private static Answer close(String deviceId, String detail) {
        LOG.warn("A device is disconnected, it sends again later device={} reason=\"{}\"", deviceId, detail);
        return new Answer.Close(
                DisconnectReasonCode.SERVER_BUSY,
                ReasonStrings.of(new Fault(Reason.SERVER_BUSY, "", "the message was not stored, send it again")));
    }
}
