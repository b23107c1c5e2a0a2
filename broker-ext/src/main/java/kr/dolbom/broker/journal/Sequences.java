package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kr.dolbom.contract.telemetry.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices holes in the devices' counts of their messages, in the transactions that store them; so what
/// is in memory, and is written down once a minute, can be found again after a crash. One device's
/// messages come in one thread.
///
/// Emergencies overtake: they are counted after they were stored, in their place among the device's
/// other messages.
final class Sequences {
    private static final Logger LOG = LoggerFactory.getLogger(Sequences.class);
    /// A device buffers for three days; what did not come in a week is lost.
    private static final Duration LONGEST_OPEN = Duration.ofDays(7);
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(1);

    private final Map<Integer, Counted> counted = new ConcurrentHashMap<>();
    private volatile boolean loaded;
    private long nextCheckpointNanos = System.nanoTime();
    private @Nullable String lastOldest;

    /// What is true once the transaction has committed.
    record Progress(Map<Integer, Counted> counted) {}

    /// Looks at messages before they are stored.
    Progress note(Connection connection, List<Entry.Message> messages) throws SQLException {
        if (messages.isEmpty()) {
            return new Progress(Map.of());
        }
        load(connection);
        checkpoint(connection, messages.get(0).receivedAt());
        Group group = new Group(connection);
        for (Entry.Message message : messages) {
            group.take(message);
        }
        group.settle();
        return new Progress(group.after);
    }

    /// The transaction has committed.
    void apply(Progress progress) {
        counted.putAll(progress.counted());
    }

    private synchronized void load(Connection connection) throws SQLException {
        if (!loaded) {
            counted.putAll(SequenceTables.load(connection));
            loaded = true;
        }
    }

    /// What is in memory now was surely there a minute ago for every transaction that had ended by then.
    private synchronized void checkpoint(Connection connection, Instant now) throws SQLException {
        if (System.nanoTime() - nextCheckpointNanos < 0) {
            return;
        }
        for (SequenceTables.Closed hole : SequenceTables.giveUpOlderThan(connection, now.minus(LONGEST_OPEN), now)) {
            counted.computeIfPresent(hole.device(), (device, known) -> known.without(hole.from()));
        }
        String oldest = SequenceTables.oldestTransaction(connection);
        if (lastOldest != null) {
            SequenceTables.save(connection, Map.copyOf(counted), lastOldest);
        }
        lastOldest = oldest;
        nextCheckpointNanos = System.nanoTime() + BETWEEN_CHECKPOINTS.toNanos();
    }

    /// The messages of one transaction.
    private final class Group {
        private final Connection connection;
        private final Map<Integer, Counted> after = new HashMap<>();
        private final List<Integer> lateDevices = new ArrayList<>();
        private final List<Long> lateNumbers = new ArrayList<>();
        private Instant now = Instant.EPOCH;

        Group(Connection connection) {
            this.connection = connection;
        }

        void take(Entry.Message message) throws SQLException {
            int device = message.origin().deviceNumber();
            long number = message.sequence();
            now = message.receivedAt();
            Counted before = after.containsKey(device) ? after.get(device) : counted.get(device);
            if (before == null) {
                after.put(device, Counted.from(number));
                return;
            }
            switch (before.next(number)) {
                case Counted.Step.Usual(Counted next) -> after.put(device, next);
                case Counted.Step.Jump(Counted next, long from, long to) -> {
                    LOG.info(
                            "Messages of a device are missing device={} from={} to={}",
                            message.origin().deviceId(),
                            from,
                            to);
                    SequenceTables.open(connection, device, from, to, now);
                    after.put(device, next);
                }
                case Counted.Step.Late late -> {
                    after.putIfAbsent(device, before);
                    lateDevices.add(device);
                    lateNumbers.add(number);
                }
                case Counted.Step.Back back -> {
                    if (isNewBirth(message)) {
                        settle();
                        SequenceTables.countAnew(connection, device, number, now);
                        after.put(device, Counted.from(number));
                    }
                }
            }
        }

        private boolean isNewBirth(Entry.Message message) throws SQLException {
            return message.message() instanceof Status status
                    && status.state() == Status.State.BIRTH
                    && !SequenceTables.isStored(
                            connection,
                            message.origin().deviceNumber(),
                            message.messageId(),
                            message.deviceTime() == null ? message.at() : message.deviceTime());
        }

        void settle() throws SQLException {
            if (lateDevices.isEmpty()) {
                return;
            }
            for (SequenceTables.Closed closed : SequenceTables.arrive(connection, lateDevices, lateNumbers, now)) {
                after.computeIfPresent(closed.device(), (device, open) -> open.without(closed.from()));
            }
            lateDevices.clear();
            lateNumbers.clear();
        }
    }
}
