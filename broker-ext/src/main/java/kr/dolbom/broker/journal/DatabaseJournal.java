package kr.dolbom.broker.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import kr.dolbom.broker.database.Database;
import kr.dolbom.broker.database.Session;
import kr.dolbom.contract.telemetry.Emergency;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal in the database, with one lane for emergencies and one for everything else.
public final class DatabaseJournal implements Journal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseJournal.class);
    private static final int MOST_PRESENCES_HELD = 100_000;
    private static final Duration GATHERING = Duration.ofMillis(5);
    private static final Duration LOOKING = Duration.ofMillis(100);

    private final Duration hold;
    private final FeedBell bell;
    private final Lane ordinary;
    private final Lane emergencies;
    private final QuarantineSweep sweep;
    private final Thread watch;
    private volatile boolean closing;

    /// Starts its threads; those that need the database have a connection each, which they open when it
    /// is there.
    ///
    /// @param hold    how long an entry may wait
    /// @param bounds  how much is kept of what was refused
    /// @param commits who wants to know of every commit
    public DatabaseJournal(
            Database database, Duration hold, QuarantineBounds bounds, Commits commits, InstantSource clock) {
        this.hold = hold;
        bell = new FeedBell(new Session(database, "dolbom-journal-bell"));
        QuarantineTable quarantine = new QuarantineTable(bounds);
        JournalTables tables = new JournalTables(quarantine);
        ordinary = new Lane(
                new Session(database, "dolbom-journal"),
                tables,
                JournalTables.Way.APPEND,
                GATHERING,
                commits,
                bell::ring);
        emergencies = new Lane(
                new Session(database, "dolbom-journal-emergencies"),
                tables,
                JournalTables.Way.INSERT,
                Duration.ZERO,
                commits,
                bell::ring);
        watch = new Thread(this::watch, "dolbom-journal-watch");
        watch.setDaemon(true);
        watch.start();
        sweep = new QuarantineSweep(new Session(database, "dolbom-quarantine"), quarantine, bounds, clock);
        sweep.start();
    }

    @Override
    public CompletableFuture<Receipt> append(Entry entry) {
        return switch (entry) {
            case Entry.Message message when message.message() instanceof Emergency -> appendEmergency(message);
            case Entry.Message message -> ordinary.add(message);
            case Entry.Overtook overtook -> ordinary.add(overtook);
            case Entry.Refusal refusal -> ordinary.add(refusal);
            case Entry.Presence presence -> append(presence);
        };
    }

    private CompletableFuture<Receipt> appendEmergency(Entry.Message message) {
        CompletableFuture<Receipt> receipt = emergencies.add(message);
        CompletableFuture<Void> unused = receipt.thenAccept(answer -> {
            if (answer instanceof Receipt.Stored) {
                // Nobody waits for it.
                CompletableFuture<Receipt> unusedReceipt = ordinary.add(new Entry.Overtook(message));
            }
        });
        return receipt;
    }

    private CompletableFuture<Receipt> append(Entry.Presence presence) {
        if (ordinary.load().entries() >= MOST_PRESENCES_HELD) {
            LOG.error("Too much waits for the database, a presence is lost device_no={}", presence.deviceNumber());
            return CompletableFuture.completedFuture(new Receipt.Unstorable("too much waits for the database"));
        }
        return ordinary.add(presence);
    }

    /// A lane's own thread may be waiting for the database, so another keeps the time.
    private void watch() {
        try {
            while (!closing) {
                Thread.sleep(LOOKING);
                emergencies.giveUpAfter(hold);
                ordinary.giveUpAfter(hold);
            }
        } catch (InterruptedException e) {
            // closing
        }
    }

    /// Lets both lanes finish what waits, for a few seconds at most, and closes them. What then still
    /// waits is never answered.
    @Override
    public void close() {
        emergencies.close();
        ordinary.close();
        closing = true;
        watch.interrupt();
        bell.close();
        sweep.close();
    }
}
