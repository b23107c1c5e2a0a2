package kr.dolbom.broker.journal;

import java.nio.charset.StandardCharsets;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that takes what waits, commits it in one transaction, and then answers. While it commits, the next
/// group gathers: the busier the larger the groups.
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int LARGEST_GROUP = 5_000;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration TO_FINISH = Duration.ofSeconds(3);

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Session session;
    private final QuarantineTable quarantine;
    private final Commits commits;
    private final Thread thread;
    private volatile boolean closing;
    private long lastLineNanos = System.nanoTime() - BETWEEN_LINES.toNanos();

    private record Waiting(Entry entry, CompletableFuture<Receipt> answer) {}

    Lane(String name, Session session, QuarantineTable quarantine, Commits commits) {
        this.session = session;
        this.quarantine = quarantine;
        this.commits = commits;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /// How many entries wait, roughly.
    int waiting() {
        return queue.size();
    }

    CompletableFuture<Receipt> add(Entry entry) {
        Waiting waiting = new Waiting(entry, new CompletableFuture<>());
        queue.add(waiting);
        return waiting.answer();
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
                    List<Waiting> group = new ArrayList<>();
                    group.add(first);
                    queue.drainTo(group, LARGEST_GROUP - 1);
                    keepOrLog(group);
                }
            }
        } catch (InterruptedException e) {
            int lost = queue.size();
            if (lost > 0) {
                LOG.warn("Closed with entries waiting, which were not acknowledged waiting={}", lost);
            }
        }
    }

    /// The thread outlives everything: without it nothing would ever be acknowledged again.
    private void keepOrLog(List<Waiting> group) throws InterruptedException {
        try {
            keep(group);
        } catch (RuntimeException | Error e) {
            LOG.error("A group was given up, its messages are not acknowledged entries={}", group.size(), e);
        }
    }

    /// Keeps a group whole, or tries again until nobody waits for it any more. Where one of its entries cannot be
    /// kept at all the halves are tried apart, down to that one.
    private void keep(List<Waiting> group) throws InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        while (true) {
            // Whoever was told Busy sends again; to keep that one as well would do no harm, but cost time.
            List<Waiting> wanted =
                    group.stream().filter(waiting -> !waiting.answer().isDone()).toList();
            if (wanted.isEmpty()) {
                return;
            }
            try {
                write(wanted.stream().map(Waiting::entry).toList());
                wanted.forEach(waiting -> waiting.answer().complete(new Receipt.Stored()));
                return;
            } catch (SQLException e) {
                if (isFaultOfData(e)) {
                    keepApart(wanted, e);
                    return;
                }
                queue.removeIf(waiting -> waiting.answer().isDone());
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
        long begin = System.nanoTime();
        Commits.Commit commit = session.commit(connection -> JournalTables.write(connection, entries, quarantine));
        commits.committed(commit, Duration.ofNanos(System.nanoTime() - begin));
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
            Waiting refusal = new Waiting(
                    new Entry.Refusal(
                            message.origin(),
                            message.receivedAt(),
                            why,
                            message.data().getBytes(StandardCharsets.UTF_8)),
                    new CompletableFuture<>());
            keep(List.of(refusal));
        }
        one.answer().complete(new Receipt.Unstorable(detail));
    }

    private static String name(Entry entry) {
        return switch (entry) {
            case Entry.Message message -> message.origin().deviceId() + "/" + message.messageId();
            case Entry.Refusal refusal -> "refusal of " + refusal.origin().deviceId();
            case Entry.Presence presence -> "presence of device number " + presence.deviceNumber();
        };
    }

    /// Classes 22 and 23 of SQLSTATE (data exception, constraint violation) and 54 (a value beyond a limit): to try
    /// again would not help. All else is the database's trouble, and passes.
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
