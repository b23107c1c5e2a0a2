package kr.dolbom.broker.access;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;
import kr.dolbom.broker.registry.ServiceAccount;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import kr.dolbom.contract.topic.CommandTopic;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.contract.topic.TelemetryTopic;
import org.jspecify.annotations.Nullable;

/// What a device may publish and subscribe to: its own telemetry with QoS 1 and not retained, its own
/// commands, and no other topic.
public final class TopicRules {
    private static final Pattern ANOTHERS_COMMANDS = Pattern.compile("dolbom/v1/[a-z0-9][a-z0-9-]{2,63}/command/\\+");
    private static final String SHARED = "$share/";
    private static final Fault NOTHING_SHARED =
            new Fault(Reason.SHARED_SUBSCRIPTION, "", "there are no shared subscriptions");

    private TopicRules() {}

    /// Whether a device may publish a packet.
    public sealed interface Publishing {
        /// It may, and this is what the topic names.
        record Allowed(TelemetryKind kind) implements Publishing {}

        /// It may not.
        record Refused(Fault fault) implements Publishing {}

        /// Whether it may and is an emergency.
        default boolean isEmergency() {
            return this instanceof Allowed(TelemetryKind kind) && kind == TelemetryKind.EMERGENCY;
        }
    }

    /// Judges a packet by its topic, QoS, retain flag and content type.
    public static Publishing publishing(String deviceId, PublishPacket packet) {
        Optional<TelemetryTopic> topic = TelemetryTopic.find(packet.getTopic());
        Optional<DeviceId> owner = topic.map(TelemetryTopic::device)
                .or(() -> CommandTopic.find(packet.getTopic()).map(CommandTopic::device));
        if (owner.isPresent() && !owner.get().value().equals(deviceId)) {
            return refused(Reason.FOREIGN_TOPIC, "the topic belongs to another device than '" + deviceId + "'");
        }
        if (topic.isEmpty()) {
            return refused(
                    Reason.UNKNOWN_TOPIC, "a device publishes to dolbom/v1/" + deviceId + "/telemetry/{kind} alone");
        }
        if (packet.getQos() != Qos.AT_LEAST_ONCE) {
            return refused(
                    Reason.WRONG_QOS,
                    "telemetry is published with QoS 1, not " + packet.getQos().getQosNumber());
        }
        if (packet.getRetain()) {
            return refused(Reason.RETAINED, "telemetry is not retained");
        }
        return Contract.findContentTypeFault(packet.getContentType().orElse(null))
                .<Publishing>map(Publishing.Refused::new)
                .orElseGet(() -> new Publishing.Allowed(topic.get().kind()));
    }

    private static Publishing refused(Reason reason, String detail) {
        return new Publishing.Refused(new Fault(reason, "", detail));
    }

    /// Judges a last will: a valid status message on the device's own topic, or nothing.
    public static ReadResult<JsonCodec.Kept<TelemetryMessage>> will(String deviceId, PublishPacket will) {
        return switch (publishing(deviceId, will)) {
            case Publishing.Refused(Fault fault) -> new ReadResult.Invalid<>(fault);
            case Publishing.Allowed(TelemetryKind kind)
            when kind != TelemetryKind.STATUS ->
                new ReadResult.Invalid<>(
                        new Fault(Reason.UNKNOWN_TOPIC, "", "a last will is published to the status topic"));
            case Publishing.Allowed(TelemetryKind kind) -> Contract.receiveTelemetry(kind, body(will));
        };
    }

    /// Why a device may not subscribe to a topic filter; null where it may: all of its own commands, or
    /// one kind of them.
    static @Nullable Fault subscribing(String deviceId, String filter) {
        String own = CommandTopic.filter(new DeviceId(deviceId));
        Optional<DeviceId> device = CommandTopic.find(filter).map(CommandTopic::device);
        if (filter.equals(own)
                || device.filter(owner -> owner.value().equals(deviceId)).isPresent()) {
            return null;
        }
        if (filter.startsWith(SHARED)) {
            return NOTHING_SHARED;
        }
        boolean wildcard = filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
        if (wildcard
                && !filter.startsWith("$")
                && !ANOTHERS_COMMANDS.matcher(filter).matches()) {
            return new Fault(Reason.WILDCARD_SUBSCRIPTION, "", "the only filter with a wildcard is " + own);
        }
        return new Fault(Reason.FOREIGN_TOPIC, "", "a device subscribes to its own commands alone, as by " + own);
    }

    /// Why a service may not publish; null where it may: below its own prefix, not retained.
    static @Nullable Fault publishing(ServiceAccount account, PublishPacket packet) {
        if (!packet.getTopic().startsWith(account.topicPrefix())) {
            return new Fault(Reason.FOREIGN_TOPIC, "", "a service publishes below " + account.topicPrefix() + " alone");
        }
        return packet.getRetain() ? new Fault(Reason.RETAINED, "", "nothing is retained") : null;
    }

    /// Why a service may not subscribe to a topic filter; null where it may: to those of its account,
    /// word by word.
    static @Nullable Fault subscribing(ServiceAccount account, String filter) {
        if (filter.startsWith(SHARED)) {
            return NOTHING_SHARED;
        }
        return account.filters().contains(filter)
                ? null
                : new Fault(Reason.FOREIGN_TOPIC, "", "the account's filters are " + account.filters());
    }

    /// The body of a packet; empty where it has none.
    public static byte[] body(PublishPacket packet) {
        ByteBuffer payload = packet.getPayload().map(ByteBuffer::duplicate).orElseGet(() -> ByteBuffer.allocate(0));
        byte[] body = new byte[payload.remaining()];
        payload.get(body);
        return body;
    }
}
