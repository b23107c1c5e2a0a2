package kr.dolbom.risk.snapshot;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import kr.dolbom.risk.feed.FeedPosition;
import kr.dolbom.risk.watch.Fleet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the states of a fleet's residents as they change: some with each commit of the feed, in the same
/// transaction.
///
/// Each state names the position that it stands for. That of the commit is the same for all that go with it, but
/// a resident who does not change is not written again, so that states of many positions stand beside each other.
/// All that lies at or before the *floor* is in some state; who starts reads on from the floor and passes over
/// what a resident's own state has already. The floor is where the feed stood before the first change that is not
/// yet written; residents are written in the order of their changes, so it moves on with them.
///
/// ```
///   floor                              position of the feed
///     │  A ──────── written here           │
///     ├─────────●──────────────────────────┤   who starts: A from ● on, B and C from the floor on
///     │  B changed   C changed             │
/// ```
///
/// What is known of all residents together goes with them, but not with each commit, as it is larger than a
/// resident's. It has a position of its own: what is read again teaches all together only from there on. What a
/// resident's state has beyond it never does; that is some minutes of it.
///
/// One thread uses it.
public final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    /// Of one commit, some 50 ms of its time.
    static final int MOST_PER_COMMIT = 500;

    private final StateTable table;
    private final Fleet fleet;
    private final Duration every;
    private final Deque<Step> steps = new ArrayDeque<>();
    private long noted;
    private Instant commonWrittenAt = Instant.MIN;

    /// The changes that came with one step of following the feed.
    ///
    /// @param before where the feed stood before them
    /// @param until how many changes there had been after it
    private record Step(FeedPosition before, long until, Instant at) {}

    /// @param reader whose position in the feed the states go with
    /// @param every how long a change may wait to be written
    public Snapshots(String reader, Fleet fleet, Duration every) {
        this.table = new StateTable(reader);
        this.fleet = fleet;
        this.every = every;
    }

    /// Puts all states that can be read into the fleet.
    ///
    /// @param connection of a transaction
    /// @param position of the feed; states beyond it are of another feed, as after a restore, and are deleted
    public Loaded load(Connection connection, FeedPosition position) throws SQLException {
        FeedPosition floor = table.findFloor(connection);
        if (floor != null && floor.number() > position.number()) {
            LOG.warn(
                    "Deleted all residents' states, as they lie beyond the position of the feed floor={} position={}",
                    floor.number(),
                    position.number());
            table.deleteAll(connection);
            floor = null;
        }
        return Loaded.read(connection, table, fleet, floor);
    }

    /// Notes that what has changed by now changed after this position.
    public void note(FeedPosition before, Instant now) {
        if (fleet.countChanged() > noted) {
            noted = fleet.countChanged();
            steps.add(new Step(before, noted, now));
        }
    }

    /// Whether anybody's state should be written now.
    public boolean isDue(Instant now) {
        Step first = steps.peek();
        return first != null && !first.at().plus(every).isAfter(now);
    }

    /// Writes what has waited long enough, not too much at once, and moves the floor.
    ///
    /// @param connection of the transaction that moves the position of the feed
    /// @param after that position: what is in memory stands for it
    public void write(Connection connection, FeedPosition after, Instant now) throws SQLException {
        var due = new StateBatch();
        while (isDue(now) && due.size() < MOST_PER_COMMIT) {
            take(due);
        }
        if (due.size() > 0) {
            table.write(connection, due, after);
            Step first = steps.peek();
            table.writeFloor(connection, first == null ? after : first.before());
            if (!commonWrittenAt.isAfter(now.minus(every))) {
                writeCommon(connection, after);
                commonWrittenAt = now;
            }
        }
    }

    private void take(StateBatch due) {
        Step first = steps.getFirst();
        while (fleet.countTaken() < first.until() && due.size() < MOST_PER_COMMIT) {
            fleet.takeChanged(due::add);
        }
        if (fleet.countTaken() == first.until()) {
            steps.removeFirst();
        }
    }

    private void writeCommon(Connection connection, FeedPosition position) throws SQLException {
        table.writeCommon(connection, new StateTable.Common(position, fleet.writeCommon()));
    }

    /// Writes some of what was learnt from the history, before the feed is followed, so that it need not be read
    /// again. Until the last of it is written the floor is not, and so it counts for nothing.
    ///
    /// @param connection of a transaction
    /// @param position what is in memory stands for it
    /// @return whether there is more
    public boolean writeLearnt(Connection connection, Loaded loaded, FeedPosition position) throws SQLException {
        var some = new StateBatch();
        while (fleet.countTaken() < fleet.countChanged() && some.size() < MOST_PER_COMMIT) {
            fleet.takeChanged(some::add);
        }
        table.write(connection, some, position);
        noted = fleet.countChanged();
        if (fleet.countTaken() < noted) {
            return true;
        }
        writeCommon(connection, position);
        if (loaded.isNone()) {
            table.writeFloor(connection, position);
        }
        return false;
    }

    /// Deletes what could not be read.
    ///
    /// @param connection of a transaction
    public void forget(Connection connection, Loaded loaded) throws SQLException {
        table.delete(connection, loaded.unreadable());
    }
}
