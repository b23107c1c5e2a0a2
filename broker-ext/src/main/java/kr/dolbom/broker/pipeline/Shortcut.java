package kr.dolbom.broker.pipeline;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import io.netty.channel.Channel;
import java.lang.reflect.Field;
import java.util.NoSuchElementException;
import java.util.Set;
import kr.dolbom.broker.ingest.Disconnector;
import kr.dolbom.broker.ingest.Ingest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way past HiveMQ's queue of extension tasks. It exists for the versions of HiveMQ whose inside
/// our tests have met; with any other, messages go by the interceptor, slower and as safe. Safe for use
/// by many threads.
public final class Shortcut {
    private static final Logger LOG = LoggerFactory.getLogger(Shortcut.class);
    private static final Set<String> KNOWN_VERSIONS = Set.of("2025.5", "Development Snapshot");
    // HiveMQ's names, which its class holds as constants.
    private static final String INTERCEPTOR_HANDLER = "interceptor_handler";
    private static final String OURS = "dolbom_publish_handler";

    private final Ingest ingest;
    private final Disconnector disconnector;
    private final Answering answering = new Answering();
    private volatile boolean usable;

    /// @param version of the HiveMQ that runs
    public Shortcut(String version, Ingest ingest, Disconnector disconnector) {
        this.ingest = ingest;
        this.disconnector = disconnector;
        this.usable = KNOWN_VERSIONS.contains(version);
        if (!usable) {
            LOG.info("Messages go by the interceptor, as this HiveMQ's inside is not known version={}", version);
        }
    }

    /// Puts the shortcut into a connection that is about to begin. Where that is not possible nothing
    /// is changed, and the interceptor sees all of the connection's messages.
    ///
    /// @return whether it is there
    public boolean install(String deviceId, ConnectionInformation connection) {
        if (!usable) {
            return false;
        }
        try {
            Channel channel = channel(connection);
            if (!channel.isActive()) {
                return false;
            }
            channel.pipeline()
                    .addBefore(
                            INTERCEPTOR_HANDLER,
                            OURS,
                            new PublishHandler(
                                    deviceId,
                                    connection.getMqttVersion() == MqttVersion.V_5,
                                    ingest,
                                    disconnector,
                                    answering));
            return true;
        } catch (NoSuchElementException e) {
            // A connection that ends at this moment has lost its handlers; any other must have them.
            LOG.debug("A connection has no handlers any more device={}", deviceId, e);
            return false;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            usable = false;
            LOG.warn("Messages go by the interceptor, as HiveMQ's inside is not as expected", e);
            return false;
        }
    }

    /// The attribute store is the one thing that an extension is given which knows its connection's
    /// channel.
    private static Channel channel(ConnectionInformation connection) throws ReflectiveOperationException {
        Object store = connection.getConnectionAttributeStore();
        Field channel = store.getClass().getDeclaredField("channel");
        channel.setAccessible(true);
        return (Channel) channel.get(store);
    }
}
