package kr.dolbom.broker.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kr.dolbom.broker.database.Database;
import kr.dolbom.broker.database.Session;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.compact.CompactJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that takes what waits, commits it in one transaction, and then answers. While it commits,
/// the next group gathers: the busier the larger the groups.
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int LARGEST_GROUP = 5_000;
    private static final int MANY = 200;
    private static final int LONGER = 3;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration TO_FINISH = Duration.ofSeconds(3);
    private static final int MOST_HELD = 25_000;
    private static final long MOST_HELD_BYTES = 32L * 1024 * 1024;
    private static final String BEHIND = "a message of this connection before it was given up";
    /// Whoever sends a message again mostly sends more of them again: for so long they are expected.
    private static final Duration EXPECTING_REPEATS = Duration.ofSeconds(2);

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Waiting.Load load = new Waiting.Load();
    private final Session session;
    private final JournalTables tables;
    private final JournalTables.Way usualWay;
    private final Duration gathering;
    private final Commits commits;
    private final Runnable onStored;
    private final Thread thread;
    private volatile boolean closing;
    private volatile List<Waiting> inHand = List.of();
    private long lastLineNanos = System.nanoTime() - BETWEEN_LINES.toNanos();
    private long repeatsUntilNanos = System.nanoTime();
    private long lastCommitNanos = System.nanoTime();
    private int lastGroup;

    /// @param gathering how far apart commits are at least; what comes after a quiet time is committed
    ///     at once
    /// @param onStored  told after each commit
    Lane(
            Session session,
            JournalTables tables,
            JournalTables.Way usualWay,
            Duration gathering,
            Commits commits,
            Runnable onStored) {
        this.session = session;
        this.tables = tables;
        this.usualWay = usualWay;
        this.gathering = gathering;
        this.commits = commits;
        this.onStored = onStored;
        this.thread = new Thread(this::run, session.name());
        thread.setDaemon(true);
        thread.start();
    }

    /// What is not answered yet.
    Waiting.Load load() {
        return load;
    }

    CompletableFuture<Receipt> add(Entry entry) {
        Waiting waiting = new Waiting(entry, load);
        if (waiting.isBehindOneGivenUp()) {
            waiting.giveUp(BEHIND);
        } else if (load.entries() > MOST_HELD || load.bytes() > MOST_HELD_BYTES) {
            waiting.giveUp("too many messages wait for the database");
        }
        if (!waiting.isAnswered()) {
            queue.add(waiting);
        }
        return waiting.answer();
    }

    /// Answers what has waited for longer than this. It may still come to be stored.
    void giveUpAfter(Duration hold) {
        long deadline = System.nanoTime() - hold.toNanos();
        String why = "the database did not take it within " + hold.toSeconds() + " s";
        for (Waiting waiting : inHand) {
            if (waiting.addedNanos() - deadline < 0) {
                waiting.giveUp(why);
            }
        }
        for (Waiting waiting : queue) {
            if (waiting.addedNanos() - deadline >= 0) {
                break;
            }
            waiting.giveUp(why);
        }
    }

    private static boolean isToBeKept(Waiting waiting) {
        if (waiting.isBehindOneGivenUp()) {
            waiting.giveUp(BEHIND);
        }
        // Whoever was told Busy sends again; to keep that one as well would do no harm, but cost time.
        return !waiting.isAnswered();
    }

    /// Takes nothing more after what waits now, and waits for that for three seconds.
    void close() {
        closing = true;
        try {
            thread.join(TO_FINISH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
        thread.interrupt();
    }

    private void run() {
        try {
            while (!(closing && queue.isEmpty())) {
                Waiting first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    gather();
                    List<Waiting> group = new ArrayList<>();
                    group.add(first);
                    queue.drainTo(group, LARGEST_GROUP - 1);
                    lastGroup = group.size();
                    inHand = group;
                    keepOrLog(group);
                    inHand = List.of();
                }
            }
        } catch (InterruptedException e) {
            int lost = queue.size();
            if (lost > 0) {
                LOG.warn("Closed with entries waiting, which were not acknowledged waiting={}", lost);
            }
        }
    }

    /// Each commit costs the same, however many messages share it. Where many come, they gather for longer, so that a
    /// busy hour costs less; those who come alone never wait.
    private void gather() throws InterruptedException {
        long apart = lastGroup >= MANY ? gathering.toNanos() * LONGER : gathering.toNanos();
        long early = lastCommitNanos + apart - System.nanoTime();
        if (early > 0 && !closing) {
            TimeUnit.NANOSECONDS.sleep(early);
        }
        lastCommitNanos = System.nanoTime();
    }

    /// The thread outlives everything: without it nothing would ever be acknowledged again.
    private void keepOrLog(List<Waiting> group) throws InterruptedException {
        try {
            keep(group);
        } catch (RuntimeException | Error e) {
            LOG.error("A group was given up, its messages are not acknowledged entries={}", group.size(), e);
            group.forEach(waiting -> waiting.giveUp("the broker is at fault"));
        }
    }

    /// Keeps a group whole, or tries again until nobody waits for it any more. Where one of its entries
    /// cannot be kept at all the halves are tried apart, down to that one.
    private void keep(List<Waiting> group) throws InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        while (true) {
            List<Waiting> wanted = group.stream().filter(Lane::isToBeKept).toList();
            if (wanted.isEmpty()) {
                return;
            }
            try {
                write(wanted.stream().map(Waiting::entry).toList());
                Receipt stored = new Receipt.Stored();
                wanted.forEach(waiting -> waiting.answer(stored));
                onStored.run();
                return;
            } catch (SQLException e) {
                if (isFaultOfData(e)) {
                    keepApart(wanted, e);
                    return;
                }
                queue.removeIf(Waiting::isAnswered);
                sayThatWeWait(e, wanted.size());
            } catch (RuntimeException e) {
                keepApart(wanted, e);
                return;
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void write(List<Entry> entries) throws SQLException {
        boolean append = usualWay == JournalTables.Way.APPEND && System.nanoTime() - repeatsUntilNanos >= 0;
        if (append) {
            try {
                write(entries, JournalTables.Way.APPEND);
                return;
            } catch (SQLException e) {
                if (!isRepeat(e)) {
                    throw e;
                }
                repeatsUntilNanos = System.nanoTime() + EXPECTING_REPEATS.toNanos();
            }
        }
        write(entries, JournalTables.Way.INSERT);
    }

    private void write(List<Entry> entries, JournalTables.Way way) throws SQLException {
        long begin = System.nanoTime();
        JournalTables.Written written = session.commit(connection -> tables.write(connection, entries, way));
        tables.committed(written);
        commits.committed(written.commit(), Duration.ofNanos(System.nanoTime() - begin));
    }

    /// SQLSTATE of a violated unique key: a message that is there already.
    private static boolean isRepeat(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    private void keepApart(List<Waiting> group, Exception fault) throws InterruptedException {
        if (group.size() > 1) {
            int half = group.size() / 2;
            keep(group.subList(0, half));
            keep(group.subList(half, group.size()));
            return;
        }
        Waiting one = group.get(0);
        LOG.error("An entry cannot be stored entry={} fault=\"{}\"", name(one.entry()), fault.getMessage());
        String detail = "the database cannot store it";
        if (one.entry() instanceof Entry.Message message) {
            Fault why = new Fault(
                    Reason.SCHEMA_VIOLATION,
                    "",
                    detail + ": " + fault.getClass().getSimpleName());
            keep(List.of(new Waiting(
                    new Entry.Refusal(message.origin(), message.receivedAt(), why, CompactJson.decode(message.data())),
                    load)));
        }
        one.answer(new Receipt.Unstorable(detail));
    }

    private static String name(Entry entry) {
        return switch (entry) {
            case Entry.Message message -> message.origin().deviceId() + "/" + message.messageId();
            case Entry.Overtook(Entry.Message message) ->
                "count of " + message.origin().deviceId() + "/" + message.messageId();
            case Entry.Refusal refusal -> "refusal of " + refusal.origin().deviceId();
            case Entry.Presence presence -> "presence of device number " + presence.deviceNumber();
        };
    }

    /// Classes 22 and 23 of SQLSTATE (data exception, constraint violation) and 54 (a value beyond a
    /// limit): to try again would not help. All else is the database's trouble, and passes.
    private static boolean isFaultOfData(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }

    private void sayThatWeWait(SQLException e, int waiting) {
        long now = System.nanoTime();
        if (now - lastLineNanos >= BETWEEN_LINES.toNanos()) {
            lastLineNanos = now;
            LOG.warn(
                    "The database does not take messages, they are held waiting={} reason=\"{}\"",
                    waiting + queue.size(),
                    Database.reason(e));
        }
    }
}
