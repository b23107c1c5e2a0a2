package kr.dolbom.risk.feed;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import kr.dolbom.db.DatabaseConnection;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the table `telemetry` by transaction.
///
/// A lower transaction id can commit later than a higher one, so the feed reads only what lies below the oldest
/// transaction that still runs, `pg_snapshot_xmin`: below it nothing can appear any more. A transaction is read whole
/// or not at all, as the position cannot stand within one. Writers notify the channel `dolbom_telemetry`; who is not
/// notified finds the rows when the wait is over.
public final class DatabaseFeed implements TelemetryFeed {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFeed.class);
    private static final int HISTORY_FETCH_ROWS = 5_000;
    private static final Duration LONGEST_SILENCE_OF_HISTORY = Duration.ofMinutes(10);

    /// How long the server may be silent within a statement; after that the network to it counts as gone.
    public static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    /// How long a program may stand still within a transaction.
    public static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Connection connection;
    private final String reader;
    private final int atLeastRows;
    private FeedPosition position;

    private DatabaseFeed(Connection connection, String reader, int atLeastRows, FeedPosition position) {
        this.connection = connection;
        this.reader = reader;
        this.atLeastRows = atLeastRows;
        this.position = position;
    }

    /// Opens the feed where the reader's last commit left it, at the start of all telemetry where there was none.
    ///
    /// @param reader names the position
    /// @param batchRows how many rows a batch has; a batch ends with a whole transaction, so it may be longer
    public static DatabaseFeed open(DatabaseConnection database, String reader, int batchRows) throws SQLException {
        Connection connection = connect(database, reader);
        try {
            try (Statement listen = connection.createStatement()) {
                listen.execute("listen dolbom_telemetry");
            }
            return new DatabaseFeed(connection, reader, batchRows, FeedPositions.get(connection, reader));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// A connection of one's own, for one who listens. It fails when the server is silent within a statement for
    /// [#LONGEST_SILENCE], or for the `socketTimeout` that the URL sets.
    public static Connection connect(DatabaseConnection database, String name) throws SQLException {
        var properties = new Properties();
        PGProperty.USER.set(properties, database.user());
        PGProperty.PASSWORD.set(properties, database.password());
        PGProperty.APPLICATION_NAME.set(properties, name);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(properties, 5);
        PGProperty.SOCKET_TIMEOUT.set(properties, Math.toIntExact(LONGEST_SILENCE.toSeconds()));
        Connection connection = DriverManager.getConnection(database.url(), properties);
        try {
            limitPauses(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Has the server end the session when its program stands still within a transaction for [#LONGEST_PAUSE]:
    /// one that was stopped, or whose host died, would hold back the feed of whoever takes its place.
    public static void limitPauses(Connection connection) throws SQLException {
        try (Statement set = connection.createStatement()) {
            set.execute("set idle_in_transaction_session_timeout = " + LONGEST_PAUSE.toMillis());
        }
    }

    @Override
    public TelemetryBatch read() throws SQLException {
        return inTransaction(Connection.TRANSACTION_REPEATABLE_READ, () -> {
            String limit;
            boolean isHeldBack;
            // Rows beyond the limit are read next time; where they have waited for long, somebody's transaction is
            // stuck, and whoever is in those rows must not be called silent.
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery("""
                            select pg_snapshot_xmin(pg_current_snapshot())::text,
                                   exists (select from telemetry
                                           where txid >= pg_snapshot_xmin(pg_current_snapshot())
                                             and received_at < now() - interval '5 seconds')""")) {
                row.next();
                limit = row.getString(1);
                isHeldBack = row.getBoolean(2);
            }
            List<TelemetryRow> rows = new ArrayList<>();
            FeedPosition after = position;
            int count = 0;
            try (PreparedStatement select = connection.prepareStatement("select " + RowReader.COLUMNS + """
                    from (
                        select * from telemetry where txid > ?::xid8 and txid < ?::xid8
                        order by txid fetch first ? rows with ties
                    ) t order by t.txid, t.at""")) {
                select.setString(1, Long.toUnsignedString(position.number()));
                select.setString(2, limit);
                select.setInt(3, atLeastRows);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        RowReader.find(row).ifPresent(rows::add);
                        after = new FeedPosition(RowReader.txid(row));
                        count++;
                    }
                }
            }
            if (isHeldBack && count == 0) {
                LOG.warn(
                        "Telemetry is held back by a transaction that does not end, see pg_stat_activity reader={} txid={}",
                        reader,
                        limit);
            }
            return new TelemetryBatch(rows, position, after, count < atLeastRows && !isHeldBack);
        });
    }

    @Override
    public void commit(TelemetryBatch batch, Results results) throws SQLException {
        inTransaction(Connection.TRANSACTION_READ_COMMITTED, () -> {
            results.write(connection);
            FeedPositions.move(connection, reader, batch);
            return true;
        });
        position = batch.after();
    }

    @Override
    public void awaitNews(Duration atMost) throws SQLException {
        // 0 would wait for ever.
        connection.unwrap(PGConnection.class).getNotifications(Math.max(1, Math.toIntExact(atMost.toMillis())));
    }

    @Override
    public FeedPosition position() {
        return position;
    }

    @Override
    public void replay(Instant since, Set<Integer> residents, RowConsumer reader) throws SQLException {
        stream("""
                from telemetry t
                where t.at >= ? and t.txid <= ?::xid8 and (cardinality(?::integer[]) = 0 or t.resident_no = any (?))
                order by t.at, t.device_no, t.seq""", reader, select -> {
            select.setObject(1, since.atOffset(ZoneOffset.UTC));
            select.setString(2, Long.toUnsignedString(position.number()));
            Array numbers = connection.createArrayOf("integer", residents.toArray());
            select.setArray(3, numbers);
            select.setArray(4, numbers);
        });
    }

    @Override
    public void reread(FeedPosition after, RowConsumer reader) throws SQLException {
        stream("""
                from telemetry t where t.txid > ?::xid8 and t.txid <= ?::xid8 order by t.txid, t.at""", reader, select -> {
            select.setString(1, Long.toUnsignedString(after.number()));
            select.setString(2, Long.toUnsignedString(position.number()));
        });
    }

    private void stream(String from, RowConsumer reader, Parameters parameters) throws SQLException {
        int usualMillis = connection.getNetworkTimeout();
        // The server may have to sort all of it before it sends the first row.
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST_SILENCE_OF_HISTORY.toMillis()));
        inTransaction(Connection.TRANSACTION_READ_COMMITTED, () -> {
            try (PreparedStatement select = connection.prepareStatement("select " + RowReader.COLUMNS + from)) {
                select.setFetchSize(HISTORY_FETCH_ROWS);
                parameters.set(select);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Optional<TelemetryRow> found = RowReader.find(row);
                        if (found.isPresent()) {
                            reader.accept(new FeedPosition(RowReader.txid(row)), found.get());
                        }
                    }
                }
            }
            return true;
        });
        connection.setNetworkTimeout(Runnable::run, usualMillis);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The feed's connection was gone already reason={}", e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    private <T> T inTransaction(int isolation, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(isolation);
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException rollback) {
                e.addSuppressed(rollback);
            }
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }
}
