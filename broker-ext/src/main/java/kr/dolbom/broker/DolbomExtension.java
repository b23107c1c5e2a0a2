package kr.dolbom.broker;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.client.parameter.Listener;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import kr.dolbom.broker.access.DeviceAuthenticator;
import kr.dolbom.broker.access.DeviceAuthorizer;
import kr.dolbom.broker.command.CommandOutbox;
import kr.dolbom.broker.database.Session;
import kr.dolbom.broker.ingest.Disconnector;
import kr.dolbom.broker.ingest.Ingest;
import kr.dolbom.broker.ingest.TelemetryInterceptor;
import kr.dolbom.broker.journal.DatabaseJournal;
import kr.dolbom.broker.journal.Journal;
import kr.dolbom.broker.pipeline.Shortcut;
import kr.dolbom.broker.presence.ConnectionListener;
import kr.dolbom.broker.presence.Connections;
import kr.dolbom.broker.registry.DeviceRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What HiveMQ starts. It puts the parts together and registers them, and does not wait for the database: until
/// that is there every device is refused as "server unavailable".
public final class DolbomExtension implements ExtensionMain {
    private static final Logger LOG = LoggerFactory.getLogger(DolbomExtension.class);
    private static final int MOST_UNKNOWN_DEVICES_AT_ONCE = 1_000;

    /// Gauge: 1 while the extension has its database, else 0.
    public static final String READY_METRIC = "kr.dolbom.broker.ready";
    /// Gauge: the port of the first listener, or 0 before it listens.
    public static final String PORT_METRIC = "kr.dolbom.broker.port";

    private final UnaryOperator<Journal> around;
    private final boolean shortcut;
    private @Nullable Running running;

    /// HiveMQ makes one.
    public DolbomExtension() {
        this(UnaryOperator.identity(), true);
    }

    /// One that puts something around its journal, and may do without the [Shortcut].
    DolbomExtension(UnaryOperator<Journal> around, boolean shortcut) {
        this.around = around;
        this.shortcut = shortcut;
    }

    private record Running(
            RegistryWatch watch, CommandOutbox commands, DatabaseJournal journal, ExecutorService lookUps) {}

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        BrokerSettings settings;
        try {
            settings = BrokerSettings.fromProcess();
        } catch (IllegalArgumentException e) {
            output.preventExtensionStartup(String.valueOf(e.getMessage()));
            return;
        }
        DatabaseJournal journal = new DatabaseJournal(settings.database(), settings.hold());
        String version = input.getServerInformation().getVersion();
        running = start(settings, journal, around.apply(journal), shortcut ? version : "none");
        LOG.info(
                "The Dolbom extension has started database={} hold={} hivemq={}",
                settings.database(),
                settings.hold(),
                version);
    }

    private static Running start(BrokerSettings settings, DatabaseJournal owned, Journal journal, String version) {
        InstantSource clock = InstantSource.system();
        Disconnector disconnector = new Disconnector(Services.clientService());
        Connections connections = new Connections();
        Session registrySession = new Session(settings.database(), "dolbom-registry");
        DeviceRegistry registry = new DeviceRegistry(registrySession);
        CommandOutbox commands = new CommandOutbox(
                new Session(settings.database(), "dolbom-commands"),
                connections,
                Services.publishService(),
                Services.subscriptionStore(),
                clock);
        RegistryWatch watch = new RegistryWatch(
                settings.database(), registrySession, registry, connections, disconnector, commands, clock);
        ExecutorService lookUps = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(MOST_UNKNOWN_DEVICES_AT_ONCE), task -> {
                    Thread thread = new Thread(task, "dolbom-look-up");
                    thread.setDaemon(true);
                    return thread;
                });
        DeviceAuthenticator authenticator = new DeviceAuthenticator(registry, lookUps, watch::hasStarted);
        DeviceAuthorizer authorizer = new DeviceAuthorizer();
        Services.securityRegistry().setAuthenticatorProvider(provided -> authenticator);
        Services.securityRegistry().setAuthorizerProvider(provided -> authorizer);
        Ingest ingest = new Ingest(registry, journal, clock);
        Shortcut shortcut = new Shortcut(version, ingest, disconnector);
        Services.initializerRegistry().setClientInitializer((client, context) -> {
            context.addPublishInboundInterceptor(new TelemetryInterceptor(ingest, disconnector));
            shortcut.install(client.getClientInformation().getClientId(), client.getConnectionInformation());
            // A device that has just subscribed may have been waited for.
            context.addSubackOutboundInterceptor((suback, answer) -> commands.look());
        });
        Services.eventRegistry()
                .setClientLifecycleEventListener(
                        client -> new ConnectionListener(registry, journal, connections, commands::look, clock));
        MetricRegistry metrics = Services.metricRegistry();
        metrics.register(READY_METRIC, (Gauge<Integer>) () -> watch.isReachable() ? 1 : 0);
        metrics.register(PORT_METRIC, (Gauge<Integer>) DolbomExtension::port);
        watch.start();
        return new Running(watch, commands, owned, lookUps);
    }

    private static int port() {
        return Services.adminService().getServerInformation().getListener().stream()
                .mapToInt(Listener::getPort)
                .findFirst()
                .orElse(0);
    }

    /// HiveMQ has closed all connections before; what they left is committed here.
    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        Running stopping = running;
        if (stopping == null) {
            return;
        }
        running = null;
        Services.metricRegistry().remove(READY_METRIC);
        Services.metricRegistry().remove(PORT_METRIC);
        stopping.commands().close();
        stopping.watch().close();
        stopping.lookUps().shutdownNow();
        stopping.journal().close();
    }
}
