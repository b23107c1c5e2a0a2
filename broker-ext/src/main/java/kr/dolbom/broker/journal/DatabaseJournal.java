package kr.dolbom.broker.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kr.dolbom.broker.database.Database;
import kr.dolbom.broker.database.Session;
import kr.dolbom.contract.telemetry.Emergency;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal in the database. Emergencies have a lane of their own; all else goes to one of two lanes by its device, so
/// that a device's entries keep their order while one lane gathers and the other commits.
public final class DatabaseJournal implements Journal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseJournal.class);
    private static final int LANES = Integer.getInteger("lanes", 2);
    private static final int MOST_HELD = 25_000;
    private static final long MOST_HELD_BYTES = 32L * 1024 * 1024;
    private static final int MOST_PRESENCES_HELD = 100_000;
    private static final Duration GATHERING = Duration.ofMillis(Integer.getInteger("gather", 5));
    private static final Duration LOOKING = Duration.ofMillis(100);

    private final Duration hold;
    private final FeedBell bell;
    private final List<Lane> ordinary;
    private final Lane emergencies;
    private final QuarantineSweep sweep;
    private final Thread watch;
    private volatile boolean closing;

    /// Starts a thread with a connection for each lane, and one for the quarantine.
    ///
    /// @param hold    how long an entry may wait
    /// @param bounds  how much is kept of what was refused
    /// @param commits who wants to know of every commit
    public DatabaseJournal(
            Database database, Duration hold, QuarantineBounds bounds, Commits commits, InstantSource clock) {
        this.hold = hold;
        bell = new FeedBell(new Session(database, "dolbom-journal-bell"));
        QuarantineTable quarantine = new QuarantineTable(bounds);
        ordinary = IntStream.rangeClosed(1, LANES)
                .mapToObj(number -> "dolbom-journal-" + number)
                .map(name -> new Lane(
                        name,
                        new Session(database, name),
                        quarantine,
                        JournalTables.Way.APPEND,
                        GATHERING,
                        commits,
                        bell::ring))
                .toList();
        String name = "dolbom-journal-emergencies";
        emergencies = new Lane(
                name,
                new Session(database, name),
                quarantine,
                JournalTables.Way.INSERT,
                Duration.ZERO,
                commits,
                bell::ring);
        watch = new Thread(this::watch, "dolbom-journal-clock");
        watch.setDaemon(true);
        watch.start();
        sweep = new QuarantineSweep(new Session(database, "dolbom-quarantine"), quarantine, bounds, clock);
        sweep.start();
    }

    @Override
    public CompletableFuture<Receipt> append(Entry entry) {
        return switch (entry) {
            case Entry.Message message when message.message() instanceof Emergency -> append(emergencies, message);
            case Entry.Message message -> append(lane(message.origin().deviceNumber()), message);
            case Entry.Refusal refusal -> append(lane(refusal.origin().deviceNumber()), refusal);
            case Entry.Presence presence -> append(presence);
        };
    }

    private Lane lane(int deviceNumber) {
        return ordinary.get(Math.floorMod(deviceNumber, ordinary.size()));
    }

    private CompletableFuture<Receipt> append(Entry.Presence presence) {
        Lane lane = lane(presence.deviceNumber());
        if (lane.held() >= MOST_PRESENCES_HELD) {
            LOG.error("Too much waits for the database, a presence is lost device_no={}", presence.deviceNumber());
            return CompletableFuture.completedFuture(new Receipt.Unstorable("too much waits for the database"));
        }
        return lane.add(presence);
    }

    private static CompletableFuture<Receipt> append(Lane lane, Entry entry) {
        if (lane.held() >= MOST_HELD || lane.heldBytes() >= MOST_HELD_BYTES) {
            return CompletableFuture.completedFuture(new Receipt.Busy("too many messages wait for the database"));
        }
        return lane.add(entry);
    }

    /// A lane's own thread may be waiting for the database, so another keeps the time.
    private void watch() {
        try {
            while (!closing) {
                Thread.sleep(LOOKING);
                emergencies.giveUpAfter(hold);
                ordinary.forEach(lane -> lane.giveUpAfter(hold));
            }
        } catch (InterruptedException e) {
            // closing
        }
    }

    /// Lets all lanes finish what waits, for a few seconds at most, and closes them. What then still waits is never
    /// answered.
    @Override
    public void close() {
        emergencies.close();
        ordinary.forEach(Lane::close);
        closing = true;
        watch.interrupt();
        bell.close();
        sweep.close();
    }
}
