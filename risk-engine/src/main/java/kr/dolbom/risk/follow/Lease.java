package kr.dolbom.risk.follow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.risk.feed.DatabaseFeed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which engine follows the feed: the one whose name stands in the table `engine_lease` and was renewed there not
/// long ago by the database's clock. An engine that is killed, stopped or cut off renews it no more, wherever it
/// ran, and another takes its place.
///
/// An engine that goes on after it was held up may still believe that it is the one. [#check], in each of its
/// transactions, tells it otherwise: every holder has a *term*, and the row stays locked against a change of
/// holder until the transaction ends.
final class Lease implements Fence, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final int RENEWALS = 5;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final DatabaseConnection database;
    private final String reader;
    private final UUID holder;
    private final Duration time;
    private final Thread renewing;
    private volatile long term;
    private volatile boolean isLost;

    /// @param holder names this engine, anew with each start of the program
    /// @param time how long a holder that is not heard of keeps its place
    Lease(DatabaseConnection database, String reader, UUID holder, Duration time) {
        this.database = database;
        this.reader = reader;
        this.holder = holder;
        this.time = time;
        this.renewing = Thread.ofPlatform().name("risk-lease").unstarted(this::renew);
    }

    /// Waits until no other engine holds it.
    ///
    /// @param standsBy is run whenever another one does
    void acquire(Runnable standsBy) throws SQLException, InterruptedException {
        try (Connection connection = connect()) {
            insert(connection);
            while (!tryAcquire(connection)) {
                standsBy.run();
                Thread.sleep(time.dividedBy(RENEWALS));
            }
        }
        LOG.info("Follows the feed from now on reader={} holder={} term={}", reader, holder, term);
        renewing.start();
    }

    private void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into engine_lease (reader, holder, term, renewed_at) values (?, ?, 0, '-infinity')
                on conflict (reader) do nothing""")) {
            insert.setString(1, reader);
            insert.setObject(2, holder);
            insert.executeUpdate();
        }
    }

    private boolean tryAcquire(Connection connection) throws SQLException {
        // "For update" waits for a transaction that has checked the term, which the update alone would not.
        try (PreparedStatement update = connection.prepareStatement("""
                with free as (
                    select reader from engine_lease
                    where reader = ? and (holder = ? or renewed_at < clock_timestamp() - ? * interval '1 millisecond')
                    for update
                )
                update engine_lease l set holder = ?, term = l.term + 1, renewed_at = clock_timestamp()
                from free where l.reader = free.reader
                returning l.term""")) {
            update.setString(1, reader);
            update.setObject(2, holder);
            update.setLong(3, time.toMillis());
            update.setObject(4, holder);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                term = row.getLong(1);
                return true;
            }
        }
    }

    private void renew() {
        while (!Thread.currentThread().isInterrupted() && !isLost) {
            try (Connection connection = connect()) {
                while (!isLost) {
                    Thread.sleep(time.dividedBy(RENEWALS));
                    isLost = !set(connection, "clock_timestamp()");
                }
            } catch (SQLException e) {
                LOG.warn("Could not renew the lease, trying again reader={} reason=\"{}\"", reader, e.getMessage());
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(time.dividedBy(RENEWALS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean set(Connection connection, String renewedAt) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update engine_lease set renewed_at = " + renewedAt
                + " where reader = ? and holder = ? and term = ?")) {
            update.setString(1, reader);
            update.setObject(2, holder);
            update.setLong(3, term);
            return update.executeUpdate() == 1;
        }
    }

    /// @throws SQLException where another engine has taken this one's place, as far as this one has heard
    void checkHeld() throws SQLException {
        if (isLost) {
            throw lost();
        }
    }

    @Override
    public void check(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select from engine_lease where reader = ? and holder = ? and term = ? for key share""")) {
            select.setString(1, reader);
            select.setObject(2, holder);
            select.setLong(3, term);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw lost();
                }
            }
        }
    }

    private SQLException lost() {
        return new SQLException(
                "Another engine follows the feed in place of this one, which was not heard of for longer than %s (reader '%s', term %d). It stands by."
                        .formatted(time, reader, term));
    }

    private Connection connect() throws SQLException {
        Connection connection = DatabaseFeed.connect(database, reader + "-lease");
        // Who cannot be heard loses the lease: no use in waiting for longer.
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(time.multipliedBy(2).toMillis()));
        return connection;
    }

    /// Gives it up, so that another engine need not wait.
    @Override
    public void close() {
        renewing.interrupt();
        try {
            renewing.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (term > 0 && !isLost) {
            try (Connection connection = connect()) {
                set(connection, "'-infinity'");
            } catch (SQLException e) {
                LOG.debug("The lease was not given up and runs out reason={}", e.getMessage());
            }
        }
    }
}
