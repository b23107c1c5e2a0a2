package kr.dolbom.broker.access;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import java.nio.ByteBuffer;
import java.util.Optional;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import kr.dolbom.contract.topic.CommandTopic;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.contract.topic.TelemetryTopic;

/// What a device may publish and subscribe to: its own telemetry with QoS 1 and not retained, its own commands, and
/// no other topic.
public final class TopicRules {
    private TopicRules() {}

    /// Whether a device may publish a packet.
    public sealed interface Publishing {
        /// It may, and this is what the topic names.
        record Allowed(TelemetryKind kind) implements Publishing {}

        /// It may not.
        record Refused(Fault fault) implements Publishing {}
    }

    /// Judges a packet by its topic, QoS and retain flag.
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
        return new Publishing.Allowed(topic.get().kind());
    }

    private static Publishing refused(Reason reason, String detail) {
        return new Publishing.Refused(new Fault(reason, "", detail));
    }

    /// Judges a last will: a valid status message on the device's own topic, or nothing.
    public static ReadResult<TelemetryMessage> will(String deviceId, PublishPacket will) {
        return switch (publishing(deviceId, will)) {
            case Publishing.Refused(Fault fault) -> new ReadResult.Invalid<>(fault);
            case Publishing.Allowed(TelemetryKind kind)
            when kind != TelemetryKind.STATUS ->
                new ReadResult.Invalid<>(
                        new Fault(Reason.UNKNOWN_TOPIC, "", "a last will is published to the status topic"));
            case Publishing.Allowed(TelemetryKind kind) -> Contract.readTelemetry(kind, body(will));
        };
    }

    /// Whether a device may subscribe to a topic filter: all of its own commands, or one kind of them.
    public static boolean maySubscribe(String deviceId, String filter) {
        return filter.equals(CommandTopic.filter(new DeviceId(deviceId)))
                || CommandTopic.find(filter)
                        .filter(topic -> topic.device().value().equals(deviceId))
                        .isPresent();
    }

    /// The body of a packet; empty where it has none.
    public static byte[] body(PublishPacket packet) {
        ByteBuffer payload = packet.getPayload().map(ByteBuffer::duplicate).orElseGet(() -> ByteBuffer.allocate(0));
        byte[] body = new byte[payload.remaining()];
        payload.get(body);
        return body;
    }
}
