package kr.dolbom.broker.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The program: one HiveMQ CE with the packaged extension, until it is told to stop.
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = "Runs the MQTT broker. It listens at once, and lets devices in as soon as its database is there.",
        footer = {
            "The password of the database is taken from DOLBOM_DB_PASSWORD, those of the key store and the trust store",
            "from DOLBOM_MQTT_TLS_KEYSTORE_PASSWORD and DOLBOM_MQTT_TLS_TRUSTSTORE_PASSWORD."
        })
public final class BrokerLauncher implements Callable<Integer> {
    private static final String LOGBACK = "logback.configurationFile";

    @Option(
            names = "--bind",
            defaultValue = "${env:DOLBOM_MQTT_BIND:-127.0.0.1}",
            description = "Address to listen on (DOLBOM_MQTT_BIND, 127.0.0.1).")
    private String bind = "";

    @Option(
            names = "--port",
            defaultValue = "${env:DOLBOM_MQTT_PORT:-1883}",
            description = "MQTT port (DOLBOM_MQTT_PORT, 1883).")
    private int port;

    @Option(
            names = "--tls-keystore",
            defaultValue = "${env:DOLBOM_MQTT_TLS_KEYSTORE}",
            description = "PKCS#12 file with the broker's certificate and key; without it there is no TLS"
                    + " (DOLBOM_MQTT_TLS_KEYSTORE).")
    private @Nullable String tlsKeyStore;

    @Option(
            names = "--tls-truststore",
            defaultValue = "${env:DOLBOM_MQTT_TLS_TRUSTSTORE}",
            description = "PKCS#12 file with the certificates of those who issue devices' certificates; without it"
                    + " devices come by their secrets alone (DOLBOM_MQTT_TLS_TRUSTSTORE).")
    private @Nullable String tlsTrustStore;

    @Option(
            names = "--tls-bind",
            defaultValue = "${env:DOLBOM_MQTT_TLS_BIND:-${env:DOLBOM_MQTT_BIND:-127.0.0.1}}",
            description = "Address to listen on with TLS (DOLBOM_MQTT_TLS_BIND, the same as without).")
    private String tlsBind = "";

    @Option(
            names = "--tls-port",
            defaultValue = "${env:DOLBOM_MQTT_TLS_PORT:-8883}",
            description = "MQTT port with TLS (DOLBOM_MQTT_TLS_PORT, 8883).")
    private int tlsPort;

    @Option(
            names = "--health-port",
            defaultValue = "${env:DOLBOM_BROKER_HEALTH_PORT:-8082}",
            description = "Port of GET /health and /metrics (DOLBOM_BROKER_HEALTH_PORT, 8082).")
    private int healthPort;

    @Option(
            names = "--health-bind",
            defaultValue = "${env:DOLBOM_BROKER_HEALTH_BIND:-127.0.0.1}",
            description = "Their address (DOLBOM_BROKER_HEALTH_BIND, 127.0.0.1).")
    private String healthBind = "";

    @Option(names = "--data", defaultValue = "run/broker", description = "The broker's own files (run/broker).")
    private Path data = Path.of("");

    @Option(
            names = "--extension",
            description = "The packaged extension; without it the zip beside this program's jar.")
    private @Nullable Path extension;

    @Option(
            names = "--db-url",
            defaultValue = "${env:DOLBOM_DB_URL}",
            required = true,
            description = "jdbc:postgresql://HOST:PORT/DATABASE (DOLBOM_DB_URL).")
    private String dbUrl = "";

    @Option(
            names = "--db-user",
            defaultValue = "${env:DOLBOM_DB_USER}",
            required = true,
            description = "The database user (DOLBOM_DB_USER).")
    private String dbUser = "";

    @Option(
            names = "--hold",
            defaultValue = "${env:DOLBOM_BROKER_HOLD_SECONDS:-20}",
            description = "Seconds that a message waits for the database (DOLBOM_BROKER_HOLD_SECONDS, 20).")
    private long holdSeconds;

    private BrokerLauncher() {}

    /// Runs the program; 0 after SIGTERM or Ctrl-C, 1 where it cannot start, 2 where it was called
    /// wrongly.
    public static void main(String[] arguments) {
        if (System.getProperty(LOGBACK) == null) {
            System.setProperty(LOGBACK, "kr/dolbom/broker/launcher/logback.xml");
        }
        System.exit(new CommandLine(new BrokerLauncher()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        // Made here, as the log is configured only now.
        Logger log = LoggerFactory.getLogger(BrokerLauncher.class);
        String password = System.getenv("DOLBOM_DB_PASSWORD");
        if (password == null) {
            System.err.println("DOLBOM_DB_PASSWORD is not set; `./dolbom up` sets it, or set it to your database's.");
            return 2;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            told.countDown();
            awaitQuietly(stopped);
        }));
        try {
            checkPort(bind, port, "for MQTT", "DOLBOM_MQTT_PORT");
            TlsListener tls = tls();
            if (tls != null) {
                checkPort(tls.bind(), tls.port(), "for MQTT with TLS", "DOLBOM_MQTT_TLS_PORT");
            }
            if (healthPort != 0) {
                checkPort(healthBind, healthPort, "for the broker's health", "DOLBOM_BROKER_HEALTH_PORT");
            }
            try (EmbeddedBroker started = EmbeddedBroker.start(settings(password, tls))) {
                log.info(
                        "The broker listens uri={} tls={}",
                        started.uri(),
                        tls == null ? "off" : "ssl://" + tls.bind() + ":" + started.tlsPort());
                told.await();
                log.info("The broker stops");
            }
            log.info("The broker has stopped");
            return 0;
        } catch (BrokerStartException e) {
            System.err.println(e.getMessage());
            return 1;
        } finally {
            stopped.countDown();
        }
    }

    private @Nullable TlsListener tls() {
        Path trustStore = file(tlsTrustStore);
        Path keyStore = file(tlsKeyStore);
        if (keyStore == null) {
            if (trustStore != null) {
                throw new BrokerStartException(
                        "DOLBOM_MQTT_TLS_TRUSTSTORE is set, but DOLBOM_MQTT_TLS_KEYSTORE is not: set both for TLS.",
                        null);
            }
            return null;
        }
        return new TlsListener(
                tlsBind,
                tlsPort,
                keyStore,
                passwordOf("DOLBOM_MQTT_TLS_KEYSTORE_PASSWORD"),
                trustStore,
                trustStore == null ? null : passwordOf("DOLBOM_MQTT_TLS_TRUSTSTORE_PASSWORD"));
    }

    /// An empty setting is none.
    private static @Nullable Path file(@Nullable String name) {
        return name == null || name.isBlank() ? null : Path.of(name);
    }

    private static String passwordOf(String variable) {
        String password = System.getenv(variable);
        if (password == null) {
            throw new BrokerStartException(variable + " is not set; set it to the password of the store.", null);
        }
        return password;
    }

    private EmbeddedBroker.Settings settings(String password, @Nullable TlsListener tls) {
        return new EmbeddedBroker.Settings(
                bind,
                port,
                data,
                extension == null ? PackagedExtension.find() : extension,
                dbUrl,
                dbUser,
                password,
                Duration.ofSeconds(holdSeconds),
                tls,
                Map.of(
                        "DOLBOM_BROKER_HEALTH_PORT",
                        Integer.toString(healthPort),
                        "DOLBOM_BROKER_HEALTH_BIND",
                        healthBind));
    }

    private static void checkPort(String bind, int port, String purpose, String setting) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
        } catch (IOException e) {
            throw new BrokerStartException(
                    "Port " + port + " on " + bind + ", " + purpose + ", cannot be had: " + e.getMessage()
                            + ". Stop what uses it (another broker?), or set " + setting + ".",
                    e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
