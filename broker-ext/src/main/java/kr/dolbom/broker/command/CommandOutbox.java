package kr.dolbom.broker.command;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.builder.PublishBuilder;
import com.hivemq.extension.sdk.api.services.publish.Publish;
import com.hivemq.extension.sdk.api.services.publish.PublishService;
import com.hivemq.extension.sdk.api.services.publish.PublishToClientResult;
import com.hivemq.extension.sdk.api.services.subscription.SubscriptionStore;
import com.hivemq.extension.sdk.api.services.subscription.TopicSubscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import kr.dolbom.broker.database.Session;
import kr.dolbom.broker.presence.Connections;
import kr.dolbom.contract.Contract;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends pending commands to the devices that are connected and listen, oldest first, and writes down that it did.
/// It looks when it is told to, and every two seconds. A command for a device that is not there waits until it
/// comes or the command lapses. After a crash a command may be sent twice: it has the same id, and a device carries
/// it out once.
public final class CommandOutbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandOutbox.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration TO_PUBLISH = Duration.ofSeconds(5);

    private final Session session;
    private final Connections connections;
    private final PublishService publisher;
    private final SubscriptionStore subscriptions;
    private final InstantSource clock;
    private final Semaphore told = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    /// Starts a thread.
    ///
    /// @param publisher     HiveMQ's own service
    /// @param subscriptions HiveMQ's own
    public CommandOutbox(
            Session session,
            Connections connections,
            PublishService publisher,
            SubscriptionStore subscriptions,
            InstantSource clock) {
        this.session = session;
        this.connections = connections;
        this.publisher = publisher;
        this.subscriptions = subscriptions;
        this.clock = clock;
        thread = new Thread(this::run, "dolbom-commands");
        thread.setDaemon(true);
        // Builders and services are found by the thread's class loader.
        thread.setContextClassLoader(CommandOutbox.class.getClassLoader());
        thread.start();
    }

    /// There may be something to send.
    public void look() {
        told.release();
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        session.close();
    }

    private void run() {
        while (!closing) {
            try {
                if (told.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                    told.drainPermits();
                }
                send();
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) {
                LOG.debug("Commands wait for the database", e);
            } catch (RuntimeException | Error e) {
                LOG.error("Commands could not be sent, trying again", e);
            }
        }
    }

    private void send() throws SQLException, InterruptedException {
        Set<String> devices = connections.listDeviceIds();
        List<PendingCommand> pending = session.commit(connection -> {
            CommandTable.expire(connection, clock.instant(), List.of());
            return CommandTable.listPending(connection, devices);
        });
        List<UUID> sent = new ArrayList<>();
        List<UUID> broken = new ArrayList<>();
        // What a device heard when this began: were each command tried for itself, one that begins to listen meanwhile
        // would get a later command before an earlier one.
        Map<String, Set<String>> filters = new HashMap<>();
        for (PendingCommand command : pending) {
            if (!filters.containsKey(command.device())) {
                filters.put(command.device(), listFilters(command.device()));
            }
        }
        for (PendingCommand command : pending) {
            try {
                if (!command.isHeardBy(filters.getOrDefault(command.device(), Set.of()))) {
                    continue;
                }
                if (publish(command)) {
                    sent.add(command.id());
                } else {
                    filters.remove(command.device());
                }
            } catch (IllegalStateException e) {
                LOG.error("A command is not what the contract says, it lapses command={}", command.id(), e);
                broken.add(command.id());
            }
        }
        if (!sent.isEmpty() || !broken.isEmpty()) {
            session.execute(connection -> {
                CommandTable.markSent(connection, clock.instant(), sent);
                CommandTable.expire(connection, Instant.EPOCH, broken);
            });
        }
    }

    private Set<String> listFilters(String device) throws InterruptedException {
        try {
            return subscriptions.getSubscriptions(device).get(TO_PUBLISH.toMillis(), TimeUnit.MILLISECONDS).stream()
                    .map(TopicSubscription::getTopicFilter)
                    .collect(Collectors.toSet());
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("What a device listens to cannot be known, trying again device={}", device, e);
            return Set.of();
        }
    }

    private boolean publish(PendingCommand command) throws InterruptedException {
        CompletableFuture<PublishToClientResult> result = publisher.publishToClient(packet(command), command.device());
        try {
            return result.get(TO_PUBLISH.toMillis(), TimeUnit.MILLISECONDS) == PublishToClientResult.SUCCESSFUL;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("A command could not be published, trying again command={}", command.id(), e);
            return false;
        }
    }

    private Publish packet(PendingCommand command) {
        Duration left = Duration.between(clock.instant(), command.expires());
        PublishBuilder packet = Builders.publish()
                .topic(command.topic())
                .qos(Qos.AT_LEAST_ONCE)
                .contentType(Contract.CONTENT_TYPE)
                .messageExpiryInterval(Math.max(1, left.toSeconds()))
                .payload(ByteBuffer.wrap(command.body()));
        if (command.wantsAnswer()) {
            packet.responseTopic(command.responseTopic())
                    .correlationData(ByteBuffer.wrap(command.id().toString().getBytes(StandardCharsets.US_ASCII)));
        }
        return packet.build();
    }
}
