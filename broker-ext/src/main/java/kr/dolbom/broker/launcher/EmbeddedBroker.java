package kr.dolbom.broker.launcher;

import com.codahale.metrics.Gauge;
import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.embedded.EmbeddedHiveMQBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import kr.dolbom.broker.monitor.BrokerMetrics;
import org.jspecify.annotations.Nullable;

/// A HiveMQ CE in this process, with the packaged extension. In production it has a process of its own,
/// as it brings libraries of its own; tests of other modules may start one beside themselves.
///
/// ```java
/// try (var broker = EmbeddedBroker.start(EmbeddedBroker.Settings.of(folder, url, user, password))) {
///     connectTo(broker.uri());
/// }
/// ```
public final class EmbeddedBroker implements AutoCloseable {
    private final EmbeddedHiveMQ hivemq;
    private final String bind;
    private final int port;
    private final int tlsPort;

    private EmbeddedBroker(EmbeddedHiveMQ hivemq, String bind, int port, int tlsPort) {
        this.hivemq = hivemq;
        this.bind = bind;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /// How to run it.
    ///
    /// @param bind      address to listen on
    /// @param port      port to listen on; 0: any that is free
    /// @param folder    for the broker's own files, made where it is missing
    /// @param extension the packaged extension
    /// @param dbUrl     JDBC URL of the database
    /// @param dbUser    its user
    /// @param dbPassword the user's password
    /// @param hold      how long a message waits for the database before its device is disconnected
    /// @param tls       a second listener with TLS; null: none
    /// @param more      further settings of the extension, by name; they go before the environment
    public record Settings(
            String bind,
            int port,
            Path folder,
            Path extension,
            String dbUrl,
            String dbUser,
            String dbPassword,
            Duration hold,
            @Nullable TlsListener tls,
            Map<String, String> more) {
        /// Any free port of the loopback, the extension that this build made, the usual 20 s of hold,
        /// and nobody who answers for health.
        public static Settings of(Path folder, String dbUrl, String dbUser, String dbPassword) {
            return new Settings(
                    "127.0.0.1",
                    0,
                    folder,
                    PackagedExtension.find(),
                    dbUrl,
                    dbUser,
                    dbPassword,
                    Duration.ofSeconds(20),
                    null,
                    Map.of("DOLBOM_BROKER_HEALTH_PORT", "0"));
        }

        /// The same with another port.
        public Settings withPort(int other) {
            return new Settings(bind, other, folder, extension, dbUrl, dbUser, dbPassword, hold, tls, more);
        }

        /// The same with another hold.
        public Settings withHold(Duration other) {
            return new Settings(bind, port, folder, extension, dbUrl, dbUser, dbPassword, other, tls, more);
        }

        /// The same with another way to the database.
        public Settings withDbUrl(String other) {
            return new Settings(bind, port, folder, extension, other, dbUser, dbPassword, hold, tls, more);
        }

        /// The same with one more setting of the extension.
        public Settings with(String name, String value) {
            Map<String, String> all = new HashMap<>(more);
            all.put(name, value);
            return new Settings(bind, port, folder, extension, dbUrl, dbUser, dbPassword, hold, tls, Map.copyOf(all));
        }

        /// The same with a listener with TLS.
        public Settings withTls(TlsListener other) {
            return new Settings(bind, port, folder, extension, dbUrl, dbUser, dbPassword, hold, other, more);
        }

        /// Leaves the password out.
        @Override
        public String toString() {
            return "Settings[%s:%d, folder=%s, extension=%s, dbUrl=%s]".formatted(bind, port, folder, extension, dbUrl);
        }
    }

    /// Starts a broker and returns when it listens. It may still wait for its database then: see
    /// [#isReady()].
    ///
    /// @throws BrokerStartException where it cannot start; the message names the way out
    public static EmbeddedBroker start(Settings settings) {
        return start(settings, null);
    }

    /// Starts a broker with a Dolbom extension that is not packaged, for tests of what no packaged one
    /// would do.
    ///
    /// @param instead that extension; null for the packaged one
    /// @throws BrokerStartException where it cannot start; the message names the way out
    public static synchronized EmbeddedBroker start(Settings settings, @Nullable EmbeddedExtension instead) {
        TlsListener tls = settings.tls();
        if (tls != null) {
            tls.check();
        }
        Path extensions = settings.folder().resolve("extensions");
        try {
            BrokerConfiguration.write(settings.folder().resolve("conf"), settings.bind(), settings.port(), tls);
            Files.createDirectories(settings.folder().resolve("data"));
            PackagedExtension.deleteUnpacked(extensions);
            if (instead == null) {
                PackagedExtension.unpack(settings.extension(), extensions);
            }
        } catch (IOException e) {
            throw new BrokerStartException(
                    "The broker's folder " + settings.folder().toAbsolutePath() + " cannot be written: "
                            + e.getMessage() + ". Give another with --data.",
                    e);
        }
        EmbeddedHiveMQBuilder builder = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(settings.folder().resolve("conf"))
                .withDataFolder(settings.folder().resolve("data"))
                .withExtensionsFolder(extensions)
                .withEmbeddedExtension(instead)
                // It would take away the log configuration of the program it is in.
                .withoutLoggingBootstrap();
        EmbeddedHiveMQ hivemq = builder.build();
        // Building opens it to everybody; were the extension not to load, it would let in whoever comes.
        InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(true);
        Map<String, String> properties = new HashMap<>();
        settings.more().forEach((name, value) -> properties.put(property(name), value));
        properties.put("dolbom.db.url", settings.dbUrl());
        properties.put("dolbom.db.user", settings.dbUser());
        properties.put("dolbom.db.password", settings.dbPassword());
        properties.put(
                "dolbom.broker.hold.seconds", Long.toString(settings.hold().toSeconds()));
        if (tls != null) {
            properties.putAll(tls.passwords());
        }
        properties.forEach(System::setProperty);
        try {
            hivemq.start().get();
        } catch (ExecutionException e) {
            close(hivemq);
            throw new BrokerStartException("HiveMQ did not start: " + e.getCause() + ". The log above says why.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close(hivemq);
            throw new BrokerStartException("HiveMQ was interrupted while it started", e);
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
        int port = gauge(hivemq, BrokerMetrics.PORT).orElse(0);
        int tlsPort = gauge(hivemq, BrokerMetrics.TLS_PORT).orElse(0);
        if (port == 0 || (tls != null && tlsPort == 0)) {
            close(hivemq);
            throw new BrokerStartException(
                    (port == 0 ? "The Dolbom extension" : "The listener with TLS")
                            + " did not start. The log above says why.",
                    null);
        }
        return new EmbeddedBroker(hivemq, settings.bind(), port, tlsPort);
    }

    private static String property(String setting) {
        return setting.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /// The port it listens on.
    public int port() {
        return port;
    }

    /// The port it listens on with TLS; 0 where it does not.
    public int tlsPort() {
        return tlsPort;
    }

    /// Where clients connect to: `tcp://127.0.0.1:41883`.
    public String uri() {
        return "tcp://" + bind + ":" + port;
    }

    /// Whether it accepts connections and the extension has its database.
    public boolean isReady() {
        return gauge(hivemq, BrokerMetrics.READY).orElse(0) == 1 && accepts();
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(bind, port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Integer> gauge(EmbeddedHiveMQ hivemq, String name) {
        return hivemq.getMetricRegistry().getMetrics().get(name) instanceof Gauge<?> gauge
                        && gauge.getValue() instanceof Integer value
                ? Optional.of(value)
                : Optional.empty();
    }

    /// Disconnects all devices, lets the extension commit what it has, and stops.
    @Override
    public void close() {
        close(hivemq);
    }

    private static void close(EmbeddedHiveMQ hivemq) {
        try {
            hivemq.close();
        } catch (ExecutionException e) {
            throw new IllegalStateException("HiveMQ did not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
