package kr.dolbom.broker.ingest;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kr.dolbom.broker.BrokerSettings;
import kr.dolbom.broker.access.ReasonStrings;
import kr.dolbom.broker.access.TopicRules;
import kr.dolbom.broker.journal.Entry;
import kr.dolbom.broker.journal.Journal;
import kr.dolbom.broker.journal.Receipt;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.broker.registry.DeviceRegistry;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers every message of one connection, after the journal has answered. HiveMQ calls it before the authoriser,
/// so it judges topics itself; and it lets none pass, since nobody subscribes to telemetry and HiveMQ's own answer
/// would be a success. HiveMQ gives a connection's next message only after this one is answered, which keeps their
/// order.
///
/// - Stored: success.
/// - Refused: an error, which is final for a device; the message is in quarantine then. MQTT 3.1.1 has no such
///   answer, HiveMQ closes the connection instead.
/// - Not stored in time: no answer at all. The connection is closed as busy, and the device sends again.
public final class TelemetryInterceptor implements PublishInboundInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryInterceptor.class);
    // When HiveMQ's time limit passes it answers an error, and the message is lost: the journal must be the first.
    private static final Duration LAST_RESORT = BrokerSettings.LONGEST_HOLD.plusSeconds(60);

    private final DeviceRegistry registry;
    private final Journal journal;
    private final Disconnector disconnector;
    private final InstantSource clock;
    private volatile boolean gaveUp;

    /// One for each connection.
    public TelemetryInterceptor(
            DeviceRegistry registry, Journal journal, Disconnector disconnector, InstantSource clock) {
        this.registry = registry;
        this.journal = journal;
        this.disconnector = disconnector;
        this.clock = clock;
    }

    /// Never throws: HiveMQ would acknowledge the message with success.
    @Override
    @SuppressWarnings("CatchThrowable")
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        String deviceId = input.getClientInformation().getClientId();
        // Set before anything can fail: without it an error on the way would be answered with success.
        Async<PublishInboundOutput> held = output.async(
                LAST_RESORT, TimeoutFallback.FAILURE, AckReasonCode.UNSPECIFIED_ERROR, "the broker is at fault");
        try {
            Optional<Device> device = registry.find(deviceId).filter(known -> !known.revoked());
            if (gaveUp) {
                // Sent over a connection that is closed by now; the device sends it again over the next.
                answer(held, AckReasonCode.UNSPECIFIED_ERROR, null);
            } else if (device.isEmpty()) {
                closeThenAnswer(held, deviceId, DisconnectReasonCode.NOT_AUTHORIZED, Reason.NOT_AUTHORIZED.id());
            } else {
                take(held, device.get(), input.getPublishPacket());
            }
        } catch (Throwable e) {
            LOG.error("A message could not be handled and is not acknowledged device={}", deviceId, e);
            giveUp(held, deviceId, "the broker is at fault");
        }
    }

    private void take(Async<PublishInboundOutput> held, Device device, PublishPacket packet) {
        Instant now = clock.instant();
        Entry.Origin origin = new Entry.Origin(device.number(), device.id().value(), packet.getTopic());
        switch (TopicRules.publishing(device.id().value(), packet)) {
            // Another device's body is nobody's to read, nor is one of a type that we do not know.
            case TopicRules.Publishing.Refused(Fault fault) ->
                refuse(held, packet, fault, new Entry.Refusal(origin, now, fault, new byte[0]));
            case TopicRules.Publishing.Allowed(TelemetryKind kind) -> {
                byte[] body = TopicRules.body(packet);
                switch (Contract.readTelemetry(kind, body)) {
                    case ReadResult.Invalid<TelemetryMessage>(Fault fault) ->
                        refuse(held, packet, fault, Privacy.refusal(origin, now, fault, device, kind, body));
                    case ReadResult.Valid<TelemetryMessage>(TelemetryMessage message) ->
                        store(held, device, Messages.entry(origin, now, device, message, body));
                }
            }
        }
    }

    private void store(Async<PublishInboundOutput> held, Device device, Entry.Message message) {
        CompletableFuture<Receipt> unused = journal.append(message).whenComplete((receipt, failure) -> {
            switch (receipt) {
                case null -> giveUp(held, device.id().value(), "the journal failed: " + failure);
                case Receipt.Stored stored -> answer(held, AckReasonCode.SUCCESS, null);
                case Receipt.Unstorable(String detail) ->
                    answer(
                            held,
                            AckReasonCode.PAYLOAD_FORMAT_INVALID,
                            ReasonStrings.of(new Fault(Reason.SCHEMA_VIOLATION, "", detail)));
                case Receipt.Busy(String detail) -> giveUp(held, device.id().value(), detail);
            }
        });
    }

    private void refuse(Async<PublishInboundOutput> held, PublishPacket packet, Fault fault, Entry.Refusal refusal) {
        String deviceId = refusal.origin().deviceId();
        // Topic and pointer are the sender's own words; they stand in quarantine, not in the log.
        LOG.info(
                "A message was refused device={} reason={}",
                deviceId,
                fault.reason().id());
        CompletableFuture<Receipt> unused = journal.append(refusal).whenComplete((receipt, failure) -> {
            switch (receipt) {
                case null -> giveUp(held, deviceId, "the journal failed: " + failure);
                case Receipt.Busy(String detail) -> giveUp(held, deviceId, detail);
                case Receipt.Stored stored -> answerRefused(held, packet, deviceId, fault);
                case Receipt.Unstorable unstorable -> answerRefused(held, packet, deviceId, fault);
            }
        });
    }

    private void answerRefused(Async<PublishInboundOutput> held, PublishPacket packet, String deviceId, Fault fault) {
        if (packet.getQos() == Qos.AT_MOST_ONCE) {
            // It has no answer, so that closing the connection is the only way to tell.
            closeThenAnswer(held, deviceId, DisconnectReasonCode.QOS_NOT_SUPPORTED, ReasonStrings.of(fault));
        } else {
            answer(held, code(fault.reason()), ReasonStrings.of(fault));
        }
    }

    private static AckReasonCode code(Reason reason) {
        return switch (reason) {
            case NOT_AUTHORIZED, FOREIGN_TOPIC, WRONG_QOS, RETAINED -> AckReasonCode.NOT_AUTHORIZED;
            case UNKNOWN_TOPIC -> AckReasonCode.TOPIC_NAME_INVALID;
            case TOO_LARGE, RATE_EXCEEDED -> AckReasonCode.QUOTA_EXCEEDED;
            case MALFORMED_JSON, SCHEMA_VIOLATION, UNSUPPORTED_CONTENT_TYPE, RAW_AUDIO ->
                AckReasonCode.PAYLOAD_FORMAT_INVALID;
            case SERVER_BUSY, WILDCARD_SUBSCRIPTION, SHARED_SUBSCRIPTION, INVALID_CLIENT_ID, CONNECTION_RATE_EXCEEDED ->
                AckReasonCode.UNSPECIFIED_ERROR;
        };
    }

    private void giveUp(Async<PublishInboundOutput> held, String deviceId, String detail) {
        gaveUp = true;
        LOG.warn("A device is disconnected, it sends again later device={} reason=\"{}\"", deviceId, detail);
        closeThenAnswer(
                held,
                deviceId,
                DisconnectReasonCode.SERVER_BUSY,
                ReasonStrings.of(new Fault(Reason.SERVER_BUSY, "", "the message was not stored, send it again")));
    }

    /// The answer goes nowhere then; it only lets HiveMQ go on with the next message of this device.
    private void closeThenAnswer(
            Async<PublishInboundOutput> held, String deviceId, DisconnectReasonCode code, String reason) {
        CompletableFuture<Void> unused = disconnector
                .disconnect(deviceId, code, reason)
                .thenRun(() -> answer(held, AckReasonCode.UNSPECIFIED_ERROR, null));
    }

    private static void answer(Async<PublishInboundOutput> held, AckReasonCode code, @Nullable String reason) {
        try {
            held.getOutput().preventPublishDelivery(code, reason);
        } finally {
            held.resume();
        }
    }
}
