package kr.dolbom.broker.command;

import com.hivemq.extension.sdk.api.client.ClientContext;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import kr.dolbom.broker.database.Session;
import kr.dolbom.broker.presence.Connections;
import kr.dolbom.contract.Contract;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends commands to the devices that are connected and listen, each device's oldest first, and writes down what became
/// of them. It looks when it is told to, and every two seconds. A command for a device that is not there waits until it
/// comes or the command lapses, as the command says.
///
/// A command is sent over each connection once, until its PUBACK comes: what was sent and never acknowledged, because
/// the
/// connection broke or this broker did, is sent again over the next. It has the same id then, and a device carries it
/// out once.
public final class CommandOutbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandOutbox.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration TO_PUBLISH = Duration.ofSeconds(5);

    private final Session session;
    private final Connections connections;
    private final PublishService publisher;
    private final SubscriptionStore subscriptions;
    private final ObjIntConsumer<String> onChange;
    private final InstantSource clock;
    private final Semaphore told = new Semaphore(0);
    // One for each device that ever connected: as many as there are devices, and small.
    private final Map<String, Delivery> deliveries = new ConcurrentHashMap<>();
    private final Queue<Delivery.Settled> settled = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closing;

    /// Starts a thread.
    ///
    /// @param publisher     HiveMQ's own service
    /// @param subscriptions HiveMQ's own
    /// @param onChange      who counts: how many commands were `sent`, `settled` by a PUBACK, and `expired`
    public CommandOutbox(
            Session session,
            Connections connections,
            PublishService publisher,
            SubscriptionStore subscriptions,
            ObjIntConsumer<String> onChange,
            InstantSource clock) {
        this.session = session;
        this.connections = connections;
        this.publisher = publisher;
        this.subscriptions = subscriptions;
        this.onChange = onChange;
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

    /// Follows what is sent over a connection, from its beginning.
    ///
    /// @param connection where to put the interceptors
    public void follow(String device, ClientContext connection) {
        Delivery delivery = new Delivery(this::settle, clock);
        deliveries.put(device, delivery);
        connection.addPublishOutboundInterceptor(delivery);
        connection.addPubackInboundInterceptor(delivery);
        // A device that has just subscribed may have been waited for.
        connection.addSubackOutboundInterceptor((suback, answer) -> look());
    }

    private void settle(Delivery.Settled news) {
        settled.add(news);
        look();
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
        List<Delivery.Settled> news = List.copyOf(settled);
        int[] changed = new int[2];
        List<PendingCommand> undelivered = session.commit(connection -> {
            changed[0] = CommandTable.settle(connection, news);
            changed[1] = CommandTable.expire(connection, clock.instant(), devices);
            return CommandTable.listUndelivered(connection, devices);
        });
        news.forEach(settled::remove);
        onChange.accept("settled", changed[0]);
        onChange.accept("expired", changed[1]);
        List<PendingCommand> toSend = listToSend(undelivered);
        if (!toSend.isEmpty()) {
            send(toSend);
        }
    }

    private List<PendingCommand> listToSend(List<PendingCommand> undelivered) {
        Set<UUID> ids = undelivered.stream().map(PendingCommand::id).collect(Collectors.toSet());
        deliveries.values().forEach(delivery -> delivery.keepOnly(ids));
        return undelivered.stream()
                .filter(command -> {
                    Delivery delivery = deliveries.get(command.device());
                    return delivery != null && !delivery.has(command.id());
                })
                .toList();
    }

    private void send(List<PendingCommand> commands) throws SQLException, InterruptedException {
        // What a device heard when this began: were each command tried for itself, one that begins to listen meanwhile
        // would get a later command before an earlier one.
        Map<String, Set<String>> filters = new HashMap<>();
        for (PendingCommand command : commands) {
            if (!filters.containsKey(command.device())) {
                filters.put(command.device(), listFilters(command.device()));
            }
        }
        Map<UUID, Instant> sent = new HashMap<>();
        Map<UUID, String> broken = new HashMap<>();
        for (PendingCommand command : commands) {
            try {
                if (!command.isHeardBy(filters.getOrDefault(command.device(), Set.of()))) {
                    continue;
                }
                Instant now = clock.instant();
                if (publish(command, now)) {
                    sent.put(command.id(), now);
                } else {
                    filters.remove(command.device());
                }
            } catch (IllegalStateException e) {
                LOG.error("A command is not what the contract says command={}", command.id(), e);
                broken.put(command.id(), "not a command of the contract: " + e.getMessage());
            }
        }
        if (!sent.isEmpty() || !broken.isEmpty()) {
            session.execute(connection -> {
                CommandTable.markSent(connection, sent);
                CommandTable.markFailed(connection, broken);
            });
            onChange.accept("sent", sent.size());
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

    private boolean publish(PendingCommand command, Instant now) throws InterruptedException {
        Publish packet = packet(command, now);
        Delivery delivery = deliveries.get(command.device());
        if (delivery == null || !delivery.handOver(command.id())) {
            return false;
        }
        boolean done = false;
        try {
            done = publisher.publishToClient(packet, command.device()).get(TO_PUBLISH.toMillis(), TimeUnit.MILLISECONDS)
                    == PublishToClientResult.SUCCESSFUL;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("A command could not be published, trying again command={}", command.id(), e);
        } finally {
            if (!done) {
                delivery.takeBack(command.id());
            }
        }
        return done;
    }

    private static Publish packet(PendingCommand command, Instant now) {
        Duration left = Duration.between(now, command.expires());
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
