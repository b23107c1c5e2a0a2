package kr.dolbom.broker.ingest;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import kr.dolbom.broker.BrokerSettings;
import kr.dolbom.broker.journal.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers messages of one connection by HiveMQ's own means: those that do not come
/// [straight from the connection][kr.dolbom.broker.pipeline], which are the ones without QoS 1, or all
/// of them where HiveMQ is another than the one whose inside we know. It lets none pass, since nobody
/// subscribes to telemetry and HiveMQ's own answer would be a success.
///
/// HiveMQ gives a connection's next message only after this one is answered. That keeps their order,
/// and lets each wait for the commits of those before it.
public final class TelemetryInterceptor implements PublishInboundInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryInterceptor.class);
    // When HiveMQ's time limit passes it answers an error, and the message is lost: the journal must be the first.
    private static final Duration LAST_RESORT = BrokerSettings.LONGEST_HOLD.plusSeconds(60);

    private final Ingest ingest;
    private final Disconnector disconnector;
    private final Flow flow = new Flow();
    private volatile boolean closing;

    /// One for each connection.
    public TelemetryInterceptor(Ingest ingest, Disconnector disconnector) {
        this.ingest = ingest;
        this.disconnector = disconnector;
    }

    /// Never throws: HiveMQ would acknowledge the message with success.
    @Override
    @SuppressWarnings("CatchThrowable")
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        // Set before anything can fail: without it an error on the way would be answered with success.
        Async<PublishInboundOutput> held = output.async(
                LAST_RESORT, TimeoutFallback.FAILURE, AckReasonCode.UNSPECIFIED_ERROR, "the broker is at fault");
        String deviceId = input.getClientInformation().getClientId();
        if (closing) {
            // Sent over a connection that is closed by now; the device sends it again over the next.
            answer(held, AckReasonCode.UNSPECIFIED_ERROR, null);
            return;
        }
        CompletableFuture<Void> unused = ingest.take(deviceId, flow, input.getPublishPacket())
                .thenAccept(answer -> {
                    try {
                        answer(held, deviceId, answer);
                    } catch (Throwable e) {
                        LOG.error("A message could not be answered device={}", deviceId, e);
                    }
                });
    }

    private void answer(Async<PublishInboundOutput> held, String deviceId, Answer answer) {
        switch (answer) {
            case Answer.Stored stored -> answer(held, AckReasonCode.SUCCESS, null);
            case Answer.Refused(AckReasonCode code, String reason) -> answer(held, code, reason);
            case Answer.Close close -> {
                closing = true;
                // The answer goes nowhere then; it only lets HiveMQ go on with the next message of this device.
                CompletableFuture<Void> unused = disconnector
                        .disconnect(deviceId, close.code(), close.reason())
                        .thenRun(() -> answer(held, AckReasonCode.UNSPECIFIED_ERROR, null));
            }
        }
    }

    private static void answer(Async<PublishInboundOutput> held, AckReasonCode code, @Nullable String reason) {
        try {
            held.getOutput().preventPublishDelivery(code, reason);
        } finally {
            held.resume();
        }
    }
}
