package kr.dolbom.sim.device;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import kr.dolbom.contract.credential.RenewalMessage;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.contract.topic.TelemetryTopic;
import kr.dolbom.sim.home.Happening;
import kr.dolbom.sim.home.Timeline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A care robot as the broker sees it. [Start][#start()] it, tell it what [happens][#notice(Happening)]
/// in the home, let it [send][#send(Telemetry)] what it must; it keeps connected, says that it is
/// alive, obeys commands, and sends again what was not acknowledged before a connection ended: the same
/// id, the same bytes.
///
/// ```
/// off --start--> connecting --CONNACK, SUBACK--> up --connection ends--> waiting --back-off--> connecting
/// any --powerOff or close--> off
/// ```
///
/// A device that has only a claim code connects by it, sets the secret that it has made, and connects
/// again by that. It does the same with its secret when it is told to renew it. It tries the newest of
/// its secrets first.
///
/// Safe for use by many threads. What it has not sent when it is powered off it keeps, as on flash
/// memory, until it is started again.
public final class SimulatedDevice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedDevice.class);

    /// More in flight gains nothing and delays an SOS behind them.
    private static final int MOST_IN_FLIGHT = 100;

    private static final int NOT_AUTHORIZED = 0x87;

    private static final Duration FAREWELL = Duration.ofSeconds(3);

    /// Paho limits the time for the TCP connection, but waits for a CONNACK for ever.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private enum State {
        OFF,
        CONNECTING,
        UP,
        WAITING
    }

    private final DeviceConfig config;
    private final DeviceListener listener;
    private final Clock clock;
    private final DeviceThreads threads;
    private final StatusReport status;
    private final Orders orders;
    private final MqttLink.Events events = new LinkEvents();
    private volatile Temper temper = Temper.FINE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition sentAll = lock.newCondition();
    private final Outbox outbox = new Outbox();
    private final Keyring keyring;
    private State state = State.OFF;
    private @Nullable MqttLink link;
    private @Nullable Recorder recorder;
    private @Nullable Future<?> tick;
    private @Nullable Future<?> reconnect;
    private CompletableFuture<Void> firstConnection = new CompletableFuture<>();
    private int window;
    private int failures;
    private long seq;

    /// A device that is off.
    ///
    /// @param clock the device's clock; its zone gives the offset of the times that the device sends
    /// @param threads shared with other devices; not shut down by this one
    public SimulatedDevice(DeviceConfig config, DeviceListener listener, Clock clock, DeviceThreads threads) {
        this.config = config;
        this.listener = listener;
        this.clock = clock;
        this.threads = threads;
        this.keyring = new Keyring(config.secrets());
        this.status = new StatusReport(config.firmware());
        this.orders = new Orders(this, clock, threads);
    }

    /// The device's id.
    public DeviceId id() {
        return config.id();
    }

    /// Switches the device on; it connects, and reconnects from then on.
    ///
    /// @return done when it is connected for the first time; fails with [ConnectionRefusedException]
    ///     when the broker refuses it (it tries again at its longest wait all the same); a broker that
    ///     is not there is waited for
    /// @throws IllegalStateException where it is on
    public CompletableFuture<Void> start() {
        lock.lock();
        try {
            if (state != State.OFF) {
                throw new IllegalStateException("device %s is already on".formatted(config.id()));
            }
            state = State.CONNECTING;
            failures = 0;
            firstConnection = new CompletableFuture<>();
            Recorder fresh = new Recorder(config, clock.getZone(), status, clock.instant());
            if (recorder != null) {
                fresh.follow(recorder);
            }
            recorder = fresh;
            scheduleTick(fresh);
            threads.execute(this::connect);
            return firstConnection;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the device is switched on, connected or not.
    public boolean isOn() {
        lock.lock();
        try {
            return state != State.OFF;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the device is connected and subscribed.
    public boolean isConnected() {
        lock.lock();
        try {
            return state == State.UP;
        } finally {
            lock.unlock();
        }
    }

    /// Says how the resident reacts to questions and reminders from now on; at first [Temper#FINE].
    public void setTemper(Temper newTemper) {
        temper = newTemper;
    }

    /// Lets the sensors notice what happens; a device that is off notices nothing.
    ///
    /// @param happening its time is taken as it is, unless the device has already recorded a later one
    public void notice(Happening happening) {
        lock.lock();
        try {
            Recorder current = recorder;
            if (state != State.OFF && current != null) {
                current.advance(clock.instant(), this::addOrdinary);
                current.notice(happening, this::addOrdinary);
                pump();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The resident calls for help in words that the device recognises.
    ///
    /// @param phrase the words, as `살려줘`
    public CompletableFuture<Acknowledgement> sosByVoice(String phrase) {
        return send(new Emergency(Emergency.Trigger.SOS_VOICE, 0.94, Room.LOUNGE, phrase));
    }

    /// The resident presses the robot's button.
    public CompletableFuture<Acknowledgement> sosByButton() {
        return send(new Emergency(Emergency.Trigger.SOS_BUTTON, null, null, null));
    }

    /// Sends telemetry with the present time; emergencies and check-in answers overtake everything
    /// else. While there is no connection it waits for the next.
    ///
    /// @return the broker's answer; completed on the connection's thread, so that what depends on it
    ///     should be short
    /// @throws IllegalStateException where the device is off
    public CompletableFuture<Acknowledgement> send(Telemetry data) {
        boolean express = data instanceof Emergency || data instanceof CheckInAnswer;
        return send(data, new TelemetryTopic(config.id(), data.kind()).text(), null, express);
    }

    /// Sends what happened in a span of time as history that was buffered while the device was offline:
    /// old times, in order, as fast as the broker's receive maximum allows, behind emergencies and
    /// before all else. Live telemetry of the same time waits until the history is through.
    ///
    /// @param heartbeat how often a heartbeat stands in the history; it proves that the device was
    ///     alive then
    /// @param progress is told how far it is, on the connection's thread
    /// @return done when the broker has answered every message
    /// @throws IllegalStateException where the device is off, or still sends other history
    public CompletableFuture<Backfill.Outcome> backfill(
            Timeline timeline, Instant from, Instant to, Duration heartbeat, Consumer<Backfill.Progress> progress) {
        lock.lock();
        try {
            requireOn();
            Recorder past = new Recorder(config.withHeartbeat(heartbeat), clock.getZone(), status, from);
            Backfill history = new Backfill(
                    timeline.between(from, to).iterator(),
                    past,
                    from,
                    to,
                    (time, data) -> {
                        String topic = new TelemetryTopic(config.id(), data.kind()).text();
                        return new Outgoing(topic, message(time, data), null, false);
                    },
                    progress);
            outbox.sendHistory(history);
            pump();
            return history.outcome().whenComplete((_, _) -> goOnAfter(past));
        } finally {
            lock.unlock();
        }
    }

    /// Cuts the power: the TCP connection ends without good-bye, so that the broker publishes the last
    /// will; what the sensors counted and have not reported is lost. Returns at once.
    public void powerOff() {
        MqttLink cut = switchOff(new Disconnection(Disconnection.Cause.POWERED_OFF, 0, "powered off"));
        if (cut != null) {
            threads.execute(cut::cut);
        }
    }

    /// Ends cleanly: reports what is counted so far and that it goes offline, waits up to 3 s until all
    /// is acknowledged, says good-bye. Does nothing where the device is off.
    @Override
    public void close() {
        lock.lock();
        try {
            Recorder current = recorder;
            if (state == State.UP && current != null) {
                current.flush(clock.instant(), this::addOrdinary);
                addOrdinary(clock.instant(), status.of(Status.State.OFFLINE));
                pump();
                long left = FAREWELL.toNanos();
                while (state == State.UP && !outbox.isEmpty() && left > 0) {
                    left = sentAll.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        MqttLink open = switchOff(new Disconnection(Disconnection.Cause.CLOSED, 0, "closed"));
        if (open != null) {
            closeOn(open);
        }
    }

    private void closeOn(MqttLink open) {
        try {
            // Paho forbids to disconnect on its own threads, on which a listener may have called
            threads.submit(open::close).get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("connection did not close device={} reason={}", config.id(), e.toString());
        }
    }

    Temper temper() {
        return temper;
    }

    void tell(Consumer<DeviceListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed device={}", config.id(), e);
        }
    }

    void answer(CheckInAnswer answer, @Nullable String responseTopic, byte @Nullable [] correlation) {
        if (answer.by() == CheckInAnswer.By.TOUCH) {
            notice(new Happening.Touched(clock.instant(), Room.LOUNGE));
        }
        String topic = responseTopic == null ? new TelemetryTopic(config.id(), answer.kind()).text() : responseTopic;
        record(answer, topic, correlation);
        tell(l -> l.answered(answer));
    }

    void record(Telemetry data) {
        record(data, new TelemetryTopic(config.id(), data.kind()).text(), null);
    }

    private void record(Telemetry data, String topic, byte @Nullable [] correlation) {
        lock.lock();
        try {
            if (state != State.OFF) {
                var _ = send(data, topic, correlation, data instanceof CheckInAnswer);
            }
        } finally {
            lock.unlock();
        }
    }

    void configure(@Nullable Duration heartbeat, @Nullable Duration activityWindow) {
        lock.lock();
        try {
            Recorder current = recorder;
            if (state == State.OFF || current == null) {
                return;
            }
            current.configure(clock.instant(), heartbeat, activityWindow, this::addOrdinary);
            scheduleTick(current);
            pump();
            Duration newHeartbeat = current.heartbeat();
            Duration newWindow = current.activityWindow();
            threads.execute(() -> tell(l -> l.configured(newHeartbeat, newWindow)));
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<Acknowledgement> send(
            Telemetry data, String topic, byte @Nullable [] correlation, boolean express) {
        lock.lock();
        try {
            requireOn();
            Outgoing outgoing = new Outgoing(topic, message(clock.instant(), data), correlation, express);
            outbox.add(outgoing);
            pump();
            return outgoing.acknowledged();
        } finally {
            lock.unlock();
        }
    }

    private void addOrdinary(Instant time, Telemetry data) {
        String topic = new TelemetryTopic(config.id(), data.kind()).text();
        outbox.add(new Outgoing(topic, message(time, data), null, false));
    }

    private TelemetryMessage message(Instant time, Telemetry data) {
        return new TelemetryMessage(
                MessageId.at(time), time.atZone(clock.getZone()).toOffsetDateTime(), seq++, data);
    }

    private void requireOn() {
        if (state == State.OFF) {
            throw new IllegalStateException("device %s is off; start() it first".formatted(config.id()));
        }
    }

    private void goOnAfter(Recorder past) {
        lock.lock();
        try {
            if (recorder != null) {
                recorder.follow(past);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Sends as much as the broker takes. The lock keeps the order.
    private void pump() {
        MqttLink current = link;
        while (state == State.UP && current != null) {
            Optional<Outgoing> next = outbox.take(window);
            if (next.isEmpty()) {
                return;
            }
            current.publish(next.get());
        }
    }

    /// Makes a new secret, keeps it, sets it, and connects by it.
    void renewSecret() {
        lock.lock();
        try {
            MqttLink current = link;
            if (current == null || state != State.UP) {
                return;
            }
            if (current.login().by() == Keyring.By.CERTIFICATE) {
                threads.execute(() -> tell(l -> l.secretRefused("the device comes by its certificate")));
                return;
            }
            setSecret(current);
        } finally {
            lock.unlock();
        }
    }

    private void setSecret(MqttLink current) {
        Instant now = clock.instant();
        current.renew(new RenewalMessage(
                MessageId.at(now), now.atZone(clock.getZone()).toOffsetDateTime(), keyring.next()));
    }

    private void connect() {
        MqttLink fresh;
        Outgoing will;
        lock.lock();
        try {
            if (state == State.OFF || link != null) {
                return;
            }
            fresh = new MqttLink(config, keyring.login(), threads, events);
            state = State.CONNECTING;
            link = fresh;
            // a will that is never published must not look like a lost message: it shares the next message's number
            will = new Outgoing(
                    new TelemetryTopic(
                                    config.id(), status.of(Status.State.OFFLINE).kind())
                            .text(),
                    message(clock.instant(), status.of(Status.State.OFFLINE)),
                    null,
                    false);
            seq--;
        } finally {
            lock.unlock();
        }
        fresh.open(will);
        var _ = threads.schedule(() -> giveUp(fresh), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void giveUp(MqttLink tried) {
        lock.lock();
        try {
            if (tried != link || state != State.CONNECTING) {
                return;
            }
        } finally {
            lock.unlock();
        }
        String detail = "%s did not answer within %d s".formatted(config.broker(), PATIENCE.toSeconds());
        events.down(tried, new Disconnection(Disconnection.Cause.UNREACHABLE, 0, detail));
    }

    private @Nullable MqttLink switchOff(Disconnection why) {
        MqttLink last;
        lock.lock();
        try {
            if (state == State.OFF) {
                return null;
            }
            state = State.OFF;
            cancel(tick);
            cancel(reconnect);
            last = link;
            link = null;
            outbox.takeBack();
        } finally {
            lock.unlock();
        }
        tell(l -> l.disconnected(why));
        return last;
    }

    private void scheduleTick(Recorder current) {
        cancel(tick);
        long millis =
                Math.max(1, Duration.between(clock.instant(), current.nextDue()).toMillis());
        tick = threads.schedule(this::tick, millis, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        lock.lock();
        try {
            Recorder current = recorder;
            if (state != State.OFF && current != null) {
                current.advance(clock.instant(), this::addOrdinary);
                pump();
                scheduleTick(current);
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration backOff(Disconnection why) {
        if (why.cause() == Disconnection.Cause.REFUSED) {
            return config.lastReconnect();
        }
        long doubled = config.firstReconnect().toMillis() << Math.min(failures, 20);
        long most = Math.min(doubled, config.lastReconnect().toMillis());
        // devices that lost the same broker must not all come back in the same moment
        return Duration.ofMillis(Math.round(most * ThreadLocalRandom.current().nextDouble(0.5, 1.0)));
    }

    private static void cancel(@Nullable Future<?> future) {
        if (future != null) {
            future.cancel(false);
        }
    }

    private final class LinkEvents implements MqttLink.Events {
        @Override
        public void up(MqttLink from, int receiveMaximum) {
            lock.lock();
            try {
                if (from != link) {
                    return;
                }
                state = State.UP;
                keyring.accepted(from.login());
                window = Math.min(receiveMaximum, MOST_IN_FLIGHT);
                if (config.announced()) {
                    // First of all: by its time the broker knows how far this clock is off.
                    Status birth = status.of(Status.State.BIRTH);
                    outbox.addFirst(new Outgoing(
                            new TelemetryTopic(config.id(), birth.kind()).text(),
                            message(clock.instant(), birth),
                            null,
                            true));
                }
                pump();
                if (from.login().by() == Keyring.By.CURRENT && keyring.hasNext()) {
                    // It was made before, but the broker does not know it.
                    setSecret(from);
                }
            } finally {
                lock.unlock();
            }
            tell(DeviceListener::connected);
            firstConnection.complete(null);
        }

        @Override
        public void claimed(MqttLink from) {
            lock.lock();
            try {
                if (from == link) {
                    keyring.accepted(from.login());
                    setSecret(from);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void renewed(MqttLink from, int reasonCode, @Nullable String reasonString) {
            boolean accepted = reasonCode < 0x80;
            boolean enrolled = from.login().by() == Keyring.By.CLAIM;
            if (!accepted && enrolled) {
                String detail = reasonString == null ? "the claim code is worth nothing" : reasonString;
                events.down(from, new Disconnection(Disconnection.Cause.REFUSED, reasonCode, detail));
                return;
            }
            lock.lock();
            try {
                if (from != link) {
                    return;
                }
                if (accepted) {
                    // By the new secret, which is the first to be tried.
                    link = null;
                    state = State.WAITING;
                    outbox.takeBack();
                    threads.execute(() -> {
                        from.close();
                        connect();
                    });
                }
            } finally {
                lock.unlock();
            }
            if (accepted) {
                tell(l -> l.secretSet(enrolled));
            } else {
                String detail = reasonString == null ? "reason code 0x%02X".formatted(reasonCode) : reasonString;
                tell(l -> l.secretRefused(detail));
            }
        }

        @Override
        public void down(MqttLink from, Disconnection why) {
            lock.lock();
            try {
                if (from != link) {
                    return;
                }
                link = null;
                state = State.WAITING;
                outbox.takeBack();
                sentAll.signalAll();
                if (why.cause() == Disconnection.Cause.REFUSED
                        && why.reasonCode() == NOT_AUTHORIZED
                        && keyring.refused()) {
                    threads.execute(() -> {
                        from.cut();
                        connect();
                    });
                    return;
                }
                reconnect = threads.schedule(
                        SimulatedDevice.this::connect, backOff(why).toMillis(), TimeUnit.MILLISECONDS);
                failures++;
            } finally {
                lock.unlock();
            }
            threads.execute(from::cut);
            tell(l -> l.disconnected(why));
            if (why.cause() == Disconnection.Cause.REFUSED) {
                firstConnection.completeExceptionally(new ConnectionRefusedException(why));
            }
        }

        @Override
        public void acknowledged(MqttLink from, Outgoing message, int reasonCode, @Nullable String reasonString) {
            lock.lock();
            try {
                if (from != link || !outbox.acknowledge(message)) {
                    return;
                }
                failures = 0;
                pump();
                if (outbox.isEmpty()) {
                    sentAll.signalAll();
                }
            } finally {
                lock.unlock();
            }
            Acknowledgement answer = new Acknowledgement(message.message(), reasonCode, reasonString);
            message.acknowledged().complete(answer);
            tell(l -> l.acknowledged(answer));
        }

        @Override
        public void command(String topic, byte[] body, @Nullable String responseTopic, byte @Nullable [] correlation) {
            orders.obey(topic, body, responseTopic, correlation);
        }
    }
}
