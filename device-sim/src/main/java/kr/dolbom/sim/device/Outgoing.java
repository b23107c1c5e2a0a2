package kr.dolbom.sim.device;

import java.util.concurrent.CompletableFuture;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.jspecify.annotations.Nullable;

/// A message on its way. Its bytes are made once: sent again, it is the same to the last bit.
final class Outgoing {
    private final String topic;
    private final TelemetryMessage message;
    private final byte[] body;
    private final byte @Nullable [] correlation;
    private final boolean express;
    private final CompletableFuture<Acknowledgement> acknowledged = new CompletableFuture<>();

    Outgoing(String topic, TelemetryMessage message, byte @Nullable [] correlation, boolean express) {
        this.topic = topic;
        this.message = message;
        this.body = Contract.write(message);
        this.correlation = correlation;
        this.express = express;
    }

    String topic() {
        return topic;
    }

    TelemetryMessage message() {
        return message;
    }

    byte[] body() {
        return body;
    }

    /// The correlation data of the command that it answers; null: it answers none.
    byte @Nullable [] correlation() {
        return correlation;
    }

    /// Whether it overtakes everything else.
    boolean express() {
        return express;
    }

    CompletableFuture<Acknowledgement> acknowledged() {
        return acknowledged;
    }
}
