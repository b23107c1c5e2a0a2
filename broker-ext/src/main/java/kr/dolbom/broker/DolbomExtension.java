package kr.dolbom.broker;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.client.parameter.ClientInformation;
import com.hivemq.extension.sdk.api.client.parameter.Listener;
import com.hivemq.extension.sdk.api.client.parameter.ListenerType;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.admin.LifecycleStage;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import kr.dolbom.broker.access.Admission;
import kr.dolbom.broker.access.Admissions;
import kr.dolbom.broker.access.DeviceAuthenticator;
import kr.dolbom.broker.access.DeviceAuthorizer;
import kr.dolbom.broker.command.CommandOutbox;
import kr.dolbom.broker.credential.Credentials;
import kr.dolbom.broker.credential.RenewalInterceptor;
import kr.dolbom.broker.database.Session;
import kr.dolbom.broker.ingest.DeviceClocks;
import kr.dolbom.broker.ingest.Disconnector;
import kr.dolbom.broker.ingest.Ingest;
import kr.dolbom.broker.ingest.TelemetryInterceptor;
import kr.dolbom.broker.journal.DatabaseJournal;
import kr.dolbom.broker.journal.Journal;
import kr.dolbom.broker.limit.ConnectionRate;
import kr.dolbom.broker.limit.MessageRate;
import kr.dolbom.broker.monitor.BrokerMetrics;
import kr.dolbom.broker.monitor.ConnackCounter;
import kr.dolbom.broker.monitor.HiveMqCheck;
import kr.dolbom.broker.monitor.MeteredJournal;
import kr.dolbom.broker.monitor.MonitorServer;
import kr.dolbom.broker.pipeline.Shortcut;
import kr.dolbom.broker.presence.ConnectionListener;
import kr.dolbom.broker.presence.Connections;
import kr.dolbom.broker.registry.DeviceRegistry;
import kr.dolbom.broker.registry.RevokedCertificates;
import kr.dolbom.broker.registry.ServiceAccount;
import kr.dolbom.broker.registry.ServiceRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What HiveMQ starts. It puts the parts together and registers them, and does not wait for the
/// database: until that is there every device is refused as "server unavailable".
public final class DolbomExtension implements ExtensionMain {
    private static final Logger LOG = LoggerFactory.getLogger(DolbomExtension.class);
    private static final MessageRate.Settings RENEWALS = new MessageRate.Settings(1, 10);
    private static final int MOST_UNKNOWN_DEVICES_AT_ONCE = 1_000;

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
            RegistryWatch watch,
            CommandOutbox commands,
            DatabaseJournal journal,
            Credentials credentials,
            ExecutorService lookUps,
            BrokerMetrics metrics,
            @Nullable MonitorServer monitor) {}

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        BrokerSettings settings;
        try {
            settings = BrokerSettings.fromProcess(
                    input.getExtensionInformation().getExtensionHomeFolder().toPath());
        } catch (IllegalArgumentException e) {
            output.preventExtensionStartup(String.valueOf(e.getMessage()));
            return;
        }
        InstantSource clock = InstantSource.system();
        BrokerMetrics metrics = new BrokerMetrics(Services.metricRegistry());
        DatabaseJournal journal =
                new DatabaseJournal(settings.database(), settings.hold(), settings.quarantine(), metrics, clock);
        String version = input.getServerInformation().getVersion();
        running = start(
                settings,
                journal,
                new MeteredJournal(around.apply(journal), metrics),
                metrics,
                clock,
                shortcut ? version : "none");
        LOG.info(
                "The Dolbom extension has started database={} hold={} hivemq={}",
                settings.database(),
                settings.hold(),
                version);
    }

    private static Running start(
            BrokerSettings settings,
            DatabaseJournal owned,
            Journal journal,
            BrokerMetrics metrics,
            InstantSource clock,
            String version) {
        Disconnector disconnector = new Disconnector(Services.clientService(), metrics::disconnected);
        Connections connections = new Connections();
        Session registrySession = new Session(settings.database(), "dolbom-registry");
        DeviceRegistry registry = new DeviceRegistry(registrySession);
        ServiceRegistry services = new ServiceRegistry(registrySession);
        RevokedCertificates revoked = new RevokedCertificates(registrySession);
        Admissions admissions = new Admissions(registry, services, revoked, clock);
        Credentials credentials = new Credentials(
                new Session(settings.database(), "dolbom-credentials"), registry, settings.hold(), clock);
        CommandOutbox commands = new CommandOutbox(
                new Session(settings.database(), "dolbom-commands"),
                connections,
                Services.publishService(),
                Services.subscriptionStore(),
                metrics::commands,
                clock);
        RegistryWatch watch = new RegistryWatch(
                settings.database(),
                registrySession,
                registry,
                services,
                revoked,
                admissions,
                disconnector,
                commands,
                clock);
        ExecutorService lookUps = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(MOST_UNKNOWN_DEVICES_AT_ONCE), task -> {
                    Thread thread = new Thread(task, "dolbom-look-up");
                    thread.setDaemon(true);
                    return thread;
                });
        DeviceAuthenticator authenticator = new DeviceAuthenticator(
                registry,
                services,
                revoked,
                admissions,
                credentials::dropOlder,
                lookUps,
                watch::hasStarted,
                new ConnectionRate(settings.connectionsPerMinute(), System::nanoTime),
                clock);
        MessageRate rate = new MessageRate(settings.rate(), System::nanoTime);
        DeviceAuthorizer authorizer = new DeviceAuthorizer(services);
        RenewalInterceptor renewals = new RenewalInterceptor(
                registry, credentials, journal, disconnector, new MessageRate(RENEWALS, System::nanoTime), clock);
        Services.securityRegistry().setAuthenticatorProvider(provided -> authenticator);
        Services.securityRegistry().setAuthorizerProvider(provided -> authorizer);
        DeviceClocks clocks = new DeviceClocks();
        Ingest ingest = new Ingest(registry, journal, rate, clocks, clock);
        Shortcut shortcut = new Shortcut(version, ingest, disconnector);
        Services.initializerRegistry().setClientInitializer((client, context) -> {
            String device = client.getClientInformation().getClientId();
            if (isService(client.getClientInformation())) {
                return;
            }
            rate.connected(device);
            clocks.begin(device);
            context.addPublishInboundInterceptor(renewals);
            context.addPublishInboundInterceptor(new TelemetryInterceptor(ingest, disconnector));
            // A claim code is for setting a secret alone, which the interceptor sees to.
            if (Admission.of(client.getConnectionInformation()).kind() != Admission.Kind.CLAIM) {
                shortcut.install(device, client.getConnectionInformation());
            }
            commands.follow(device, context);
        });
        Services.eventRegistry()
                .setClientLifecycleEventListener(
                        // A service is no device: nobody waits for it, and it has no presence.
                        client -> isService(client.getClientInformation())
                                ? null
                                : new ConnectionListener(registry, journal, connections, commands::look, clock));
        ConnackCounter connacks = new ConnackCounter(metrics, new HiveMqCheck());
        HiveMqCheck.look(Services.adminService().getServerInformation().getListener());
        Services.interceptorRegistry().setConnackOutboundInterceptorProvider(provided -> connacks);
        metrics.gauge("ready", () -> watch.isReachable() ? 1 : 0);
        metrics.gauge("port", () -> port(ListenerType.TCP_LISTENER));
        metrics.gauge("tls-port", () -> port(ListenerType.TLS_TCP_LISTENER));
        metrics.gauge("devices.online", connections::count);
        watch.start();
        return new Running(watch, commands, owned, credentials, lookUps, metrics, monitor(settings.monitor(), watch));
    }

    /// A port that is taken is no reason to take no messages.
    private static @Nullable MonitorServer monitor(BrokerSettings.Monitor settings, RegistryWatch watch) {
        if (settings.port() == 0) {
            return null;
        }
        try {
            MonitorServer server = MonitorServer.start(
                    settings.bind(),
                    settings.port(),
                    Services.metricRegistry(),
                    () -> watch.isReachable()
                            && Services.adminService().getCurrentStage() == LifecycleStage.STARTED_SUCCESSFULLY);
            LOG.info("Health and metrics are served url=http://{}:{}/metrics", settings.bind(), server.port());
            return server;
        } catch (IOException e) {
            LOG.error(
                    "Nobody can ask for health and metrics, port {} on {} cannot be had: {}. Stop what uses it, or set"
                            + " DOLBOM_BROKER_HEALTH_PORT to another, or to 0 for none.",
                    settings.port(),
                    settings.bind(),
                    e.getMessage());
            return null;
        }
    }

    private static boolean isService(ClientInformation client) {
        return ServiceAccount.isClientId(client.getClientId());
    }

    private static int port(ListenerType type) {
        return Services.adminService().getServerInformation().getListener().stream()
                .filter(listener -> listener.getListenerType() == type)
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
        MonitorServer monitor = stopping.monitor();
        if (monitor != null) {
            monitor.close();
        }
        stopping.commands().close();
        stopping.watch().close();
        stopping.lookUps().shutdownNow();
        stopping.credentials().close();
        stopping.journal().close();
        stopping.metrics().unregister();
    }
}
