package kr.dolbom.broker.ingest;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes a device's connection, and does not give up before it is closed. Safe for use by many threads.
public final class Disconnector {
    private static final Logger LOG = LoggerFactory.getLogger(Disconnector.class);
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final ClientService clients;
    private final Consumer<String> onDisconnect;

    /// @param clients      HiveMQ's own service
    /// @param onDisconnect who counts, by the reason that a device is told
    public Disconnector(ClientService clients, Consumer<String> onDisconnect) {
        this.clients = clients;
        this.onDisconnect = onDisconnect;
    }

    /// Closes the connection of a device, and sends its last will to nobody: presence says what
    /// happened.
    ///
    /// @return done when the connection is closed, or there was none; never with an exception
    public CompletableFuture<Void> disconnect(String deviceId, DisconnectReasonCode code, String reason) {
        onDisconnect.accept(reason);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        attempt(closed, deviceId, code, reason);
        return closed;
    }

    private void attempt(CompletableFuture<Void> closed, String deviceId, DisconnectReasonCode code, String reason) {
        CompletableFuture<Boolean> unused = close(deviceId, code, reason).whenComplete((done, failure) -> {
            if (failure == null) {
                closed.complete(null);
            } else {
                LOG.warn("A device could not be disconnected, trying again device={}", deviceId, failure);
                LATER.execute(() -> attempt(closed, deviceId, code, reason));
            }
        });
    }

    private CompletableFuture<Boolean> close(String deviceId, DisconnectReasonCode code, String reason) {
        try {
            return clients.disconnectClient(deviceId, true, code, reason);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
