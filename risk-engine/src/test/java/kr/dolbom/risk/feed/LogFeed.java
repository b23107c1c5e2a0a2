package kr.dolbom.risk.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kr.dolbom.db.DatabaseConnection;

/// A feed that reads from a log, as one partition of Kafka would be read: the position is an offset, which is
/// stored in the database together with the results and nowhere else. It shows that the contract does not ask for
/// telemetry in the database.
final class LogFeed implements TelemetryFeed {
    private final Log log;
    private final Connection connection;
    private final String reader;
    private final int batchRows;
    private FeedPosition position;

    /// One partition.
    static final class Log {
        private final List<TelemetryRow> rows = new ArrayList<>();
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition hasGrown = lock.newCondition();

        void append(List<TelemetryRow> more) {
            lock.lock();
            try {
                rows.addAll(more);
                hasGrown.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private List<TelemetryRow> list(long from, long to) {
            lock.lock();
            try {
                return List.copyOf(rows.subList(Math.toIntExact(from), Math.toIntExact(Math.min(to, rows.size()))));
            } finally {
                lock.unlock();
            }
        }

        private void awaitBeyond(long end, Duration atMost) throws InterruptedException {
            lock.lock();
            try {
                long left = atMost.toNanos();
                while (rows.size() <= end && left > 0) {
                    left = hasGrown.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private LogFeed(Log log, Connection connection, String reader, int batchRows, FeedPosition position) {
        this.log = log;
        this.connection = connection;
        this.reader = reader;
        this.batchRows = batchRows;
        this.position = position;
    }

    static LogFeed open(Log log, DatabaseConnection database, String reader, int batchRows) throws SQLException {
        Connection connection = DatabaseFeed.connect(database, reader);
        return new LogFeed(log, connection, reader, batchRows, FeedPositions.get(connection, reader));
    }

    @Override
    public TelemetryBatch read() {
        List<TelemetryRow> rows = log.list(position.number(), position.number() + batchRows);
        var after = new FeedPosition(position.number() + rows.size());
        return new TelemetryBatch(rows, position, after, rows.size() < batchRows);
    }

    @Override
    public void commit(TelemetryBatch batch, Results results) throws SQLException {
        connection.setAutoCommit(false);
        try {
            results.write(connection);
            FeedPositions.move(connection, reader, batch);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
        position = batch.after();
    }

    @Override
    public void awaitNews(Duration atMost) {
        try {
            log.awaitBeyond(position.number(), atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public FeedPosition position() {
        return position;
    }

    @Override
    public void replay(Instant since, Set<Integer> residents, RowConsumer reader) throws SQLException {
        List<TelemetryRow> rows = new ArrayList<>(log.list(0, position.number()));
        rows.sort(Comparator.comparing(TelemetryRow::at));
        for (TelemetryRow row : rows) {
            if (!row.at().isBefore(since) && (residents.isEmpty() || residents.contains(row.residentNo()))) {
                reader.accept(position, row);
            }
        }
    }

    @Override
    public void reread(FeedPosition after, RowConsumer reader) throws SQLException {
        long offset = after.number();
        for (TelemetryRow row : log.list(offset, position.number())) {
            reader.accept(new FeedPosition(++offset), row);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
