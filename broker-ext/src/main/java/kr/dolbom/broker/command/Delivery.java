package kr.dolbom.broker.command;

import com.hivemq.extension.sdk.api.interceptor.puback.PubackInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.puback.parameter.PubackInboundInput;
import com.hivemq.extension.sdk.api.interceptor.puback.parameter.PubackInboundOutput;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundOutput;
import com.hivemq.extension.sdk.api.packets.puback.PubackPacket;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import kr.dolbom.broker.access.TopicRules;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.command.CommandMessage;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.topic.CommandTopic;
import org.jspecify.annotations.Nullable;

/// The commands on one connection: which were handed to it, and which of them a PUBACK is about. What
/// HiveMQ puts on the wire tells the packet id that it chose; the PUBACK bears the same. MQTT 3.1.1
/// devices answer in the same way, but cannot refuse. Safe for use by many threads.
final class Delivery implements PublishOutboundInterceptor, PubackInboundInterceptor {
    private final Consumer<Settled> whenSettled;
    private final InstantSource clock;
    private final Set<UUID> handedOver = ConcurrentHashMap.newKeySet();
    private final Map<Integer, UUID> onTheWire = new ConcurrentHashMap<>();

    /// What a device said of a command.
    ///
    /// @param command which
    /// @param at when the PUBACK came
    /// @param failure why the device refused it; null: it has it
    record Settled(UUID command, Instant at, @Nullable String failure) {}

    /// One for each connection.
    Delivery(Consumer<Settled> whenSettled, InstantSource clock) {
        this.whenSettled = whenSettled;
        this.clock = clock;
    }

    /// Whether a command was handed to this connection.
    boolean has(UUID command) {
        return handedOver.contains(command);
    }

    /// Notes that a command is handed to this connection.
    ///
    /// @return false where it was before
    boolean handOver(UUID command) {
        return handedOver.add(command);
    }

    /// The command did not come to be sent after all.
    void takeBack(UUID command) {
        handedOver.remove(command);
    }

    /// Forgets what nobody waits for any more.
    void keepOnly(Set<UUID> undelivered) {
        handedOver.retainAll(undelivered);
    }

    @Override
    public void onOutboundPublish(PublishOutboundInput input, PublishOutboundOutput output) {
        PublishPacket packet = input.getPublishPacket();
        findCommand(packet).ifPresent(command -> {
            // A session that outlived its last connection sends what it had by itself.
            handedOver.add(command);
            onTheWire.put(packet.getPacketId(), command);
        });
    }

    private static Optional<UUID> findCommand(PublishPacket packet) {
        return CommandTopic.find(packet.getTopic())
                .flatMap(topic -> Contract.readCommand(topic.kind(), TopicRules.body(packet))
                                instanceof ReadResult.Valid<CommandMessage>(CommandMessage command)
                        ? Optional.of(command.id())
                        : Optional.empty());
    }

    @Override
    public void onInboundPuback(PubackInboundInput input, PubackInboundOutput output) {
        PubackPacket puback = input.getPubackPacket();
        UUID command = onTheWire.remove(puback.getPacketIdentifier());
        if (command != null) {
            whenSettled.accept(new Settled(command, clock.instant(), failure(puback)));
        }
    }

    private static @Nullable String failure(PubackPacket puback) {
        return switch (puback.getReasonCode()) {
            case SUCCESS, NO_MATCHING_SUBSCRIBERS -> null;
            case UNSPECIFIED_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR,
                    NOT_AUTHORIZED,
                    TOPIC_NAME_INVALID,
                    PACKET_IDENTIFIER_IN_USE,
                    QUOTA_EXCEEDED,
                    PAYLOAD_FORMAT_INVALID ->
                words(puback.getReasonCode())
                        + puback.getReasonString().map(why -> ": " + why).orElse("");
        };
    }

    private static String words(AckReasonCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
