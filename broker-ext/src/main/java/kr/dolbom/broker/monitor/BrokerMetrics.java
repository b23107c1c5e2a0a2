package kr.dolbom.broker.monitor;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import kr.dolbom.broker.journal.Commits;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.telemetry.TelemetryKind;

/// The broker's figures on HiveMQ's registry, under `kr.dolbom.broker.`, where every exporter for HiveMQ
/// finds them; docs/reference/metrics.md lists them. Counters count from the start of the broker. Safe
/// for use by many threads.
public final class BrokerMetrics implements Commits {
    /// What all names begin with.
    public static final String PREFIX = "kr.dolbom.broker.";
    /// Gauge: 1 while the extension has its database, else 0.
    public static final String READY = PREFIX + "ready";
    /// Gauge: the port of the listener without TLS, or 0 where there is none.
    public static final String PORT = PREFIX + "port";
    /// Gauge: the port of the listener with TLS, or 0 where there is none.
    public static final String TLS_PORT = PREFIX + "tls-port";

    /// The figures that come once for each of several words; the last part of such a name is the word.
    enum Family {
        /// Messages that were stored, by kind.
        ACCEPTED("accepted", "kind", "Messages stored and acknowledged"),
        /// Messages that were refused, by reason.
        REJECTED("rejected", "reason", "Messages refused for good"),
        /// Connections that were not let in, by reason.
        CONNECTIONS_REFUSED("connections.refused", "reason", "Connections answered with an error in CONNACK"),
        /// Connections that the extension closed, by reason.
        DISCONNECTED("disconnected", "reason", "Connections that the extension closed"),
        /// Commands, by what happened to them.
        COMMANDS("commands", "event", "Commands sent, settled by a PUBACK, answered, expired");

        private final String name;
        private final String label;
        private final String help;

        Family(String name, String label, String help) {
            this.name = PREFIX + name;
            this.label = label;
            this.help = help;
        }

        String dotted() {
            return name;
        }

        String label() {
            return label;
        }

        String help() {
            return help;
        }

        boolean has(String metric) {
            return metric.startsWith(name + ".");
        }

        String word(String metric) {
            return metric.substring(name.length() + 1);
        }
    }

    private final MetricRegistry registry;
    private final Histogram group;
    private final Timer commit;
    private final Timer answer;
    private final Counter busy;
    private final Counter quarantined;
    private final Counter quarantineDropped;

    /// Registers all figures that this class counts itself.
    ///
    /// @param registry HiveMQ's own
    public BrokerMetrics(MetricRegistry registry) {
        this.registry = registry;
        // So that they are there, as zero, before the first one.
        for (TelemetryKind kind : TelemetryKind.values()) {
            counter(Family.ACCEPTED, kind.wireName());
        }
        for (Reason reason : Reason.values()) {
            counter(Family.REJECTED, reason.id());
        }
        for (String event : List.of("sent", "settled", "answered", "expired")) {
            counter(Family.COMMANDS, event);
        }
        group = registry.register(
                PREFIX + "commit.entries",
                new Histogram(LockFreeExponentiallyDecayingReservoir.builder().build()));
        commit = timer("commit.seconds");
        answer = timer("answer.seconds");
        busy = registry.counter(PREFIX + "busy");
        quarantined = registry.counter(PREFIX + "quarantine.kept");
        quarantineDropped = registry.counter(PREFIX + "quarantine.dropped");
    }

    private Timer timer(String name) {
        return registry.register(
                PREFIX + name,
                new Timer(LockFreeExponentiallyDecayingReservoir.builder().build()));
    }

    private Counter counter(Family family, String word) {
        return registry.counter(family.dotted() + "." + word);
    }

    /// Adds a figure that is asked for when somebody looks.
    ///
    /// @param name after the prefix
    public void gauge(String name, IntSupplier value) {
        registry.register(PREFIX + name, (Gauge<Integer>) value::getAsInt);
    }

    /// What waits in the journal.
    void held(Held held) {
        registry.register(PREFIX + "held.entries", (Gauge<Integer>) held::entries);
        registry.register(PREFIX + "held.bytes", (Gauge<Long>) held::bytes);
        registry.register(PREFIX + "held.oldest.seconds", (Gauge<Double>)
                () -> held.oldest().toMillis() / 1_000.0);
    }

    void accepted(TelemetryKind kind) {
        counter(Family.ACCEPTED, kind.wireName()).inc();
    }

    void rejected(Reason reason) {
        counter(Family.REJECTED, reason.id()).inc();
    }

    void busy() {
        busy.inc();
    }

    void answered(Duration took) {
        answer.update(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void committed(Commit done, Duration took) {
        group.update(done.entries());
        commit.update(took.toNanos(), TimeUnit.NANOSECONDS);
        quarantined.inc(done.quarantined());
        quarantineDropped.inc(done.countedOnly());
        commands("answered", done.commandsAnswered());
    }

    /// Commands changed their state.
    ///
    /// @param event what happened to them: `sent`, `settled`, `answered`, `expired`
    public void commands(String event, int count) {
        counter(Family.COMMANDS, event).inc(count);
    }

    /// A connection was not let in.
    ///
    /// @param reason the reason's id, or the name of HiveMQ's code for it
    public void connectionRefused(String reason) {
        counter(Family.CONNECTIONS_REFUSED, reason).inc();
    }

    /// The extension closed a connection.
    ///
    /// @param reasonString what it told the device, which begins with the reason's id
    public void disconnected(String reasonString) {
        counter(Family.DISCONNECTED, Reasons.word(reasonString)).inc();
    }

    /// Takes all figures away.
    public void unregister() {
        registry.removeMatching((name, metric) -> name.startsWith(PREFIX));
    }
}
