package kr.dolbom.broker.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kr.dolbom.broker.database.Database;
import kr.dolbom.broker.database.Session;
import kr.dolbom.contract.telemetry.Emergency;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal in the database, with one lane for emergencies and one for everything else.
public final class DatabaseJournal implements Journal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseJournal.class);
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_PRESENCES_WAITING = 100_000;

    private final Duration hold;
    private final Lane ordinary;
    private final Lane emergencies;
    private final QuarantineSweep sweep;

    /// Starts three threads with a connection each.
    ///
    /// @param hold    how long an entry may wait
    /// @param bounds  how much is kept of what was refused
    /// @param commits who wants to know of every commit
    public DatabaseJournal(
            Database database, Duration hold, QuarantineBounds bounds, Commits commits, InstantSource clock) {
        this.hold = hold;
        QuarantineTable quarantine = new QuarantineTable(bounds);
        ordinary = new Lane("dolbom-journal", new Session(database, "dolbom-journal"), quarantine, commits);
        emergencies = new Lane(
                "dolbom-journal-emergencies", new Session(database, "dolbom-journal-emergencies"), quarantine, commits);
        sweep = new QuarantineSweep(new Session(database, "dolbom-quarantine"), quarantine, bounds, clock);
        sweep.start();
    }

    @Override
    public CompletableFuture<Receipt> append(Entry entry) {
        return switch (entry) {
            case Entry.Message message when message.message() instanceof Emergency -> append(emergencies, message);
            case Entry.Message message -> append(ordinary, message);
            case Entry.Refusal refusal -> append(ordinary, refusal);
            case Entry.Presence presence -> append(presence);
        };
    }

    private CompletableFuture<Receipt> append(Entry.Presence presence) {
        if (ordinary.waiting() >= MOST_PRESENCES_WAITING) {
            LOG.error("Too much waits for the database, a presence is lost device_no={}", presence.deviceNumber());
            return CompletableFuture.completedFuture(new Receipt.Unstorable("too much waits for the database"));
        }
        return ordinary.add(presence);
    }

    private CompletableFuture<Receipt> append(Lane lane, Entry entry) {
        if (lane.waiting() >= MOST_WAITING) {
            return CompletableFuture.completedFuture(new Receipt.Busy("too many messages wait for the database"));
        }
        return lane.add(entry)
                .completeOnTimeout(
                        new Receipt.Busy("the database did not take it within " + hold.toSeconds() + " s"),
                        hold.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /// Lets both lanes finish what waits, for a few seconds at most, and closes them. What then still waits is
    /// never answered.
    @Override
    public void close() {
        emergencies.close();
        ordinary.close();
        sweep.close();
    }
}
