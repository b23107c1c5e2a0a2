package kr.dolbom.broker.credential;

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
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kr.dolbom.broker.BrokerSettings;
import kr.dolbom.broker.access.Admission;
import kr.dolbom.broker.access.ReasonStrings;
import kr.dolbom.broker.access.TopicRules;
import kr.dolbom.broker.ingest.Disconnector;
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
import kr.dolbom.contract.credential.RenewalMessage;
import kr.dolbom.contract.credential.RenewalTopic;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.topic.DeviceId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the messages by which devices set their secrets, before any other interceptor sees them, and
/// answers each after the secret's hash is on disk. A connection that was let in by a claim code may
/// send nothing else. Such a message is stored nowhere, nor is a word of it logged or kept in
/// quarantine.
public final class RenewalInterceptor implements PublishInboundInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(RenewalInterceptor.class);

    private final DeviceRegistry devices;
    private final Credentials credentials;
    private final Journal journal;
    private final Disconnector disconnector;
    private final MessageRate rate;
    private final InstantSource clock;

    /// One for all connections.
    ///
    /// @param journal keeps what was refused
    /// @param rate    how many renewals a device may ask for
    public RenewalInterceptor(
            DeviceRegistry devices,
            Credentials credentials,
            Journal journal,
            Disconnector disconnector,
            MessageRate rate,
            InstantSource clock) {
        this.devices = devices;
        this.credentials = credentials;
        this.journal = journal;
        this.disconnector = disconnector;
        this.rate = rate;
        this.clock = clock;
    }

    /// Never throws: HiveMQ would acknowledge the message with success.
    @Override
    @SuppressWarnings("CatchThrowable")
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        String deviceId = input.getClientInformation().getClientId();
        try {
            Admission admission = Admission.of(input.getConnectionInformation());
            Optional<RenewalTopic> topic =
                    RenewalTopic.find(input.getPublishPacket().getTopic());
            if (topic.isEmpty() && admission.kind() != Admission.Kind.CLAIM) {
                // The next interceptor answers it.
                return;
            }
            Async<PublishInboundOutput> held = output.async(
                    BrokerSettings.LONGEST_HOLD.plusSeconds(60),
                    TimeoutFallback.FAILURE,
                    AckReasonCode.UNSPECIFIED_ERROR,
                    "the broker is at fault");
            try {
                take(held, deviceId, admission, topic.orElse(null), input.getPublishPacket());
            } catch (Throwable e) {
                LOG.error("A new secret could not be set device={}", deviceId, e);
                giveUp(held, deviceId);
            }
        } catch (Throwable e) {
            LOG.error("A message could not be handled and is not acknowledged device={}", deviceId, e);
            output.preventPublishDelivery(AckReasonCode.UNSPECIFIED_ERROR, "the broker is at fault");
        }
    }

    private void take(
            Async<PublishInboundOutput> held,
            String deviceId,
            Admission admission,
            @Nullable RenewalTopic topic,
            PublishPacket packet) {
        Device device = devices.find(deviceId).filter(known -> !known.revoked()).orElse(null);
        if (device == null) {
            closeThenAnswer(held, deviceId, DisconnectReasonCode.NOT_AUTHORIZED, Reason.NOT_AUTHORIZED.id());
            return;
        }
        Duration retryIn = rate.take(deviceId, false);
        if (!retryIn.isZero()) {
            closeThenAnswer(held, deviceId, DisconnectReasonCode.SERVER_BUSY, ReasonStrings.of(rate.fault(retryIn)));
            return;
        }
        Fault fault = judge(device.id(), admission, topic, packet);
        if (fault != null) {
            refuse(held, device, packet, fault);
            return;
        }
        switch (Contract.readRenewal(TopicRules.body(packet))) {
            case ReadResult.Invalid<RenewalMessage>(Fault quoting) ->
                refuse(held, device, packet, withoutQuotation(quoting));
            case ReadResult.Valid<RenewalMessage>(RenewalMessage message) ->
                set(held, device, admission, packet, message);
        }
    }

    private static @Nullable Fault judge(
            DeviceId device, Admission admission, @Nullable RenewalTopic topic, PublishPacket packet) {
        if (topic == null) {
            return new Fault(
                    Reason.NOT_AUTHORIZED,
                    "",
                    "a claim code is for setting a secret at " + new RenewalTopic(device).text() + " alone");
        }
        if (!topic.device().equals(device)) {
            return new Fault(Reason.FOREIGN_TOPIC, "", "the topic belongs to another device than '" + device + "'");
        }
        if (packet.getQos() != Qos.AT_LEAST_ONCE) {
            return new Fault(
                    Reason.WRONG_QOS,
                    "",
                    "a secret is set with QoS 1, not " + packet.getQos().getQosNumber());
        }
        if (packet.getRetain()) {
            return new Fault(Reason.RETAINED, "", "a secret is not retained");
        }
        return admission.kind() == Admission.Kind.CERTIFICATE
                ? new Fault(Reason.NOT_AUTHORIZED, "", "a device that came by its certificate has no secret to renew")
                : null;
    }

    /// A reader's message may quote the body, and the pointer is made of its members' names.
    private static Fault withoutQuotation(Fault fault) {
        String pointer = fault.pointer();
        return new Fault(
                fault.reason(),
                switch (pointer) {
                    case "/id", "/time", "/data", "/data/secret" -> pointer;
                    default -> "";
                },
                "expected {\"id\":UUID,\"time\":TIME,\"data\":{\"secret\":43 characters of base64url}}");
    }

    private void set(
            Async<PublishInboundOutput> held,
            Device device,
            Admission admission,
            PublishPacket packet,
            RenewalMessage message) {
        CompletableFuture<Void> unused = credentials
                .set(device, admission, message.data())
                .thenAccept(outcome -> {
                    switch (outcome) {
                        case SET -> {
                            LOG.info("A device has set its secret device={} by={}", device.id(), admission.kind());
                            answer(held, AckReasonCode.SUCCESS, null);
                        }
                        case REFUSED ->
                            refuse(
                                    held,
                                    device,
                                    packet,
                                    new Fault(
                                            Reason.NOT_AUTHORIZED,
                                            "",
                                            "what this connection was let in by is worth nothing any more"));
                        case BUSY -> giveUp(held, device.id().value());
                    }
                });
    }

    private void refuse(Async<PublishInboundOutput> held, Device device, PublishPacket packet, Fault fault) {
        LOG.info(
                "A message was refused device={} reason={}",
                device.id(),
                fault.reason().id());
        Entry.Origin origin = new Entry.Origin(device.number(), device.id().value(), packet.getTopic(), new Flow());
        CompletableFuture<Receipt> unused = journal.append(
                        new Entry.Refusal(origin, clock.instant(), fault, new byte[0]))
                .whenComplete((receipt, failure) -> {
                    if (packet.getQos() == Qos.AT_MOST_ONCE) {
                        // It has no answer, so that closing the connection is the only way to tell.
                        closeThenAnswer(
                                held,
                                device.id().value(),
                                DisconnectReasonCode.QOS_NOT_SUPPORTED,
                                ReasonStrings.of(fault));
                    } else {
                        answer(held, code(fault.reason()), ReasonStrings.of(fault));
                    }
                });
    }

    private static AckReasonCode code(Reason reason) {
        if (reason.code() == Reason.NOT_AUTHORIZED.code()) {
            return AckReasonCode.NOT_AUTHORIZED;
        }
        return reason == Reason.TOO_LARGE ? AckReasonCode.QUOTA_EXCEEDED : AckReasonCode.PAYLOAD_FORMAT_INVALID;
    }

    private void giveUp(Async<PublishInboundOutput> held, String deviceId) {
        closeThenAnswer(
                held,
                deviceId,
                DisconnectReasonCode.SERVER_BUSY,
                ReasonStrings.of(new Fault(Reason.SERVER_BUSY, "", "the secret was not stored, send it again")));
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
