package kr.dolbom.broker.pipeline;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extensions.packets.publish.PublishPacketImpl;
import com.hivemq.mqtt.message.QoS;
import com.hivemq.mqtt.message.mqtt5.Mqtt5UserProperties;
import com.hivemq.mqtt.message.puback.PUBACK;
import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.reason.Mqtt5PubAckReasonCode;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kr.dolbom.broker.ingest.Answer;
import kr.dolbom.broker.ingest.Disconnector;
import kr.dolbom.broker.ingest.Ingest;
import kr.dolbom.broker.journal.Flow;
import kr.dolbom.contract.credential.RenewalTopic;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.topic.TelemetryTopic;
import org.jspecify.annotations.Nullable;

/// Takes each message with QoS 1 as soon as it is decoded, and acknowledges it when it is stored.
///
/// HiveMQ's own way for extensions lets a device's next message wait until the one before is answered,
/// so that a device would have one message in each commit, and its SOS would wait for the commits of
/// what it sent before. Here all that a device has on the way (its receive maximum) is handed to the
/// journal at once.
///
/// Acknowledgements go out in the order of the messages, as MQTT 5 demands (MQTT-4.6.0-2), all that are
/// due together in one write. There is no other place that acknowledges: HiveMQ never sees these
/// messages. Messages without QoS 1 go on to HiveMQ and to the
/// [interceptor][kr.dolbom.broker.ingest.TelemetryInterceptor].
///
/// One for each connection; all but [#answered] runs in that connection's own thread.
final class PublishHandler extends ChannelInboundHandlerAdapter {
    /// MQTT 5 limits what is on the way by the receive maximum, MQTT 3.1.1 not at all.
    private static final int MOST_UNANSWERED = 1_000;

    private final String deviceId;
    private final boolean mayRefuse;
    private final Ingest ingest;
    private final Disconnector disconnector;
    private final Flow flow = new Flow();
    private final Queue<Pending> unanswered = new ArrayDeque<>();
    private final Answering answering;
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile Answer.@Nullable Close close;
    private boolean closed;

    private static final class Pending {
        private final int packetId;
        private volatile @Nullable Answer answer;

        Pending(int packetId) {
            this.packetId = packetId;
        }
    }

    /// @param mayRefuse whether the protocol's acknowledgement can say no
    PublishHandler(String deviceId, boolean mayRefuse, Ingest ingest, Disconnector disconnector, Answering answering) {
        this.answering = answering;
        this.deviceId = deviceId;
        this.mayRefuse = mayRefuse;
        this.ingest = ingest;
        this.disconnector = disconnector;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof PUBLISH publish && publish.getQoS() == QoS.AT_LEAST_ONCE && !isRenewal(publish)) {
            take(ctx, publish);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /// A new secret is no telemetry: its interceptor answers it.
    private static boolean isRenewal(PUBLISH publish) {
        return RenewalTopic.find(publish.getTopic()).isPresent();
    }

    private static boolean isEmergency(PUBLISH publish) {
        return TelemetryTopic.find(publish.getTopic())
                .filter(topic -> topic.kind() == TelemetryKind.EMERGENCY)
                .isPresent();
    }

    private void take(ChannelHandlerContext ctx, PUBLISH publish) {
        if (close != null) {
            // The device sends it again over its next connection; a call for help does not wait for that.
            if (isEmergency(publish)) {
                CompletableFuture<Answer> unused = ingest.take(deviceId, flow, new PublishPacketImpl(publish));
            }
            return;
        }
        Pending pending = new Pending(publish.getPacketIdentifier());
        unanswered.add(pending);
        if (unanswered.size() > MOST_UNANSWERED) {
            answered(
                    ctx,
                    pending,
                    new Answer.Close(DisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "too many on the way"));
            return;
        }
        CompletableFuture<Void> unused = ingest.take(deviceId, flow, new PublishPacketImpl(publish))
                .thenAccept(answer -> answered(ctx, pending, answer));
    }

    /// In any thread.
    private void answered(ChannelHandlerContext ctx, Pending pending, Answer answer) {
        if (answer instanceof Answer.Close asked) {
            close = asked;
        }
        pending.answer = answer;
        if (!due.get() && due.compareAndSet(false, true)) {
            answering.soon(ctx.executor(), () -> answer(ctx));
        }
    }

    private void answer(ChannelHandlerContext ctx) {
        due.set(false);
        boolean any = false;
        for (Pending first = unanswered.peek(); first != null && !closed; first = unanswered.peek()) {
            switch (first.answer) {
                case null -> {
                    if (any) {
                        ctx.flush();
                    }
                    closeIfAsked(ctx);
                    return;
                }
                case Answer.Stored stored -> send(ctx, new PUBACK(first.packetId));
                case Answer.Refused refused -> refuse(ctx, first.packetId, refused);
                case Answer.Close asked -> {
                    // What comes after it comes again over the next connection, in its order.
                    ctx.flush();
                    close = asked;
                    closeIfAsked(ctx);
                    return;
                }
            }
            any = true;
            unanswered.poll();
        }
        ctx.flush();
        closeIfAsked(ctx);
    }

    private void refuse(ChannelHandlerContext ctx, int packetId, Answer.Refused refused) {
        if (mayRefuse) {
            send(
                    ctx,
                    new PUBACK(
                            packetId,
                            Mqtt5PubAckReasonCode.from(refused.code()),
                            refused.reason(),
                            Mqtt5UserProperties.NO_USER_PROPERTIES));
        } else {
            // Its acknowledgement could only say yes.
            ctx.flush();
            close = new Answer.Close(DisconnectReasonCode.ADMINISTRATIVE_ACTION, refused.reason());
            closeIfAsked(ctx);
        }
    }

    /// With the void promise a failure goes to the pipeline, which closes the connection.
    private static void send(ChannelHandlerContext ctx, PUBACK acknowledgement) {
        ChannelFuture unused = ctx.write(acknowledgement, ctx.voidPromise());
    }

    private void closeIfAsked(ChannelHandlerContext ctx) {
        Answer.Close asked = close;
        if (asked != null && !closed) {
            closed = true;
            unanswered.clear();
            if (ctx.channel().isActive()) {
                CompletableFuture<Void> unused = disconnector.disconnect(deviceId, asked.code(), asked.reason());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        unanswered.clear();
        ctx.fireChannelInactive();
    }
}
