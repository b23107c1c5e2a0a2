package kr.dolbom.broker.presence;

import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ClientInitiatedDisconnectInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionLostInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.packets.general.DisconnectedReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import kr.dolbom.broker.access.TopicRules;
import kr.dolbom.broker.ingest.Messages;
import kr.dolbom.broker.journal.Entry;
import kr.dolbom.broker.journal.Flow;
import kr.dolbom.broker.journal.Journal;
import kr.dolbom.broker.journal.Receipt;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.broker.registry.DeviceRegistry;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes one connection's beginning and end into the journal, and the last will where there is cause.
/// HiveMQ publishes a last will by itself, past every interceptor and to subscribers alone; so it is
/// kept here when the connection begins, and stored as a message when it is lost, at once whatever will
/// delay was asked for.
public final class ConnectionListener implements ClientLifecycleEventListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionListener.class);

    private final DeviceRegistry registry;
    private final Journal journal;
    private final Connections connections;
    private final Runnable onConnected;
    private final InstantSource clock;
    private @Nullable PublishPacket will;
    private @Nullable Device device;
    private Instant since = Instant.EPOCH;

    /// One for each connection; HiveMQ calls it in one thread.
    ///
    /// @param onConnected what else is to be done when a device has come
    public ConnectionListener(
            DeviceRegistry registry,
            Journal journal,
            Connections connections,
            Runnable onConnected,
            InstantSource clock) {
        this.registry = registry;
        this.journal = journal;
        this.connections = connections;
        this.onConnected = onConnected;
        this.clock = clock;
    }

    @Override
    public void onMqttConnectionStart(ConnectionStartInput input) {
        will = input.getConnectPacket().getWillPublish().orElse(null);
    }

    @Override
    public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {
        String deviceId = input.getClientInformation().getClientId();
        Device known = registry.find(deviceId).orElse(null);
        if (known == null) {
            LOG.warn("A device was removed from the registry while it connected device={}", deviceId);
            return;
        }
        device = known;
        connections.begin(deviceId, this);
        since = clock.instant();
        append(new Entry.Presence(known.number(), since, true, "connect", null, true));
        onConnected.run();
    }

    @Override
    public void onConnectionLost(ConnectionLostInput input) {
        end(will == null ? "connection-lost" : "last-will", true);
    }

    @Override
    public void onClientInitiatedDisconnect(ClientInitiatedDisconnectInput input) {
        boolean withWill = input.getReasonCode().orElse(DisconnectedReasonCode.NORMAL_DISCONNECTION)
                != DisconnectedReasonCode.NORMAL_DISCONNECTION;
        end(withWill && will != null ? "last-will" : "disconnect", withWill);
    }

    @Override
    public void onDisconnect(DisconnectEventInput input) {
        DisconnectedReasonCode code = input.getReasonCode().orElse(DisconnectedReasonCode.UNSPECIFIED_ERROR);
        boolean sentTooMuch = input.getReasonString()
                .filter(words -> words.startsWith(Reason.RATE_EXCEEDED.id()))
                .isPresent();
        end(sentTooMuch ? Reason.RATE_EXCEEDED.id() : reason(code), code == DisconnectedReasonCode.KEEP_ALIVE_TIMEOUT);
    }

    @SuppressWarnings("StatementSwitchToExpressionSwitch")
    private static String reason(DisconnectedReasonCode code) {
        if (code == DisconnectedReasonCode.KEEP_ALIVE_TIMEOUT) {
            return "keep-alive";
        }
        if (code == DisconnectedReasonCode.SESSION_TAKEN_OVER) {
            return "taken-over";
        }
        if (code == DisconnectedReasonCode.SERVER_SHUTTING_DOWN) {
            return "server-shutdown";
        }
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void end(String reason, boolean withWill) {
        Device known = device;
        if (known == null) {
            return;
        }
        device = null;
        Instant now = clock.instant();
        boolean latest = connections.end(known.id().value(), this);
        if (withWill && will != null) {
            storeWill(known, will, now);
        }
        append(new Entry.Presence(known.number(), now, false, reason, since, latest));
    }

    private void storeWill(Device known, PublishPacket packet, Instant now) {
        if (TopicRules.will(known.id().value(), packet)
                instanceof
                ReadResult.Valid<JsonCodec.Kept<TelemetryMessage>>(JsonCodec.Kept<TelemetryMessage> message)) {
            Entry.Origin origin = new Entry.Origin(known.number(), known.id().value(), packet.getTopic(), new Flow());
            append(Messages.will(origin, now, known, message));
        }
    }

    /// Nobody waits for the answer: the journal keeps presences for as long as it takes, and says what
    /// it cannot keep.
    private void append(Entry entry) {
        CompletableFuture<Receipt> unused = journal.append(entry);
    }
}
