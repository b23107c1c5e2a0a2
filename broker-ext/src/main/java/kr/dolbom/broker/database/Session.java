package kr.dolbom.broker.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// One connection that opens itself when it is needed, and again after it broke. One piece of work at a time; other
/// threads wait.
public final class Session implements AutoCloseable {
    private final Database database;
    private final String name;
    private volatile @Nullable Connection connection;
    private volatile boolean closed;

    /// Opens nothing yet.
    ///
    /// @param name what the connection is called in `pg_stat_activity`
    public Session(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    /// What the connection is called.
    public String name() {
        return name;
    }

    /// Work in one transaction. It may be done twice, where the connection broke while it committed: it must then
    /// have the same effect as once.
    ///
    /// @param <T> what it gives
    @FunctionalInterface
    public interface Work<T> {
        /// Does the work; the session commits.
        T in(Connection connection) throws SQLException;
    }

    /// Work that gives nothing.
    @FunctionalInterface
    public interface Action {
        /// Does the work; the session commits.
        void in(Connection connection) throws SQLException;
    }

    /// Does work that gives nothing, and commits.
    ///
    /// @throws SQLException where the work failed, and was rolled back, or the database cannot be reached
    public void execute(Action action) throws SQLException {
        commit(connection -> {
            action.in(connection);
            return true;
        });
    }

    /// Does work and commits. A connection that turns out to be dead from before is replaced once.
    ///
    /// @throws SQLException where the work failed, and was rolled back, or the database cannot be reached
    public synchronized <T> T commit(Work<T> work) throws SQLException {
        boolean old = connection != null;
        try {
            return once(work);
        } catch (SQLException e) {
            if (!old || connection != null) {
                throw e;
            }
        }
        return once(work);
    }

    private <T> T once(Work<T> work) throws SQLException {
        if (closed) {
            throw new SQLException("the session " + name + " is closed");
        }
        Connection open = connection;
        if (open == null) {
            open = database.open(name);
            connection = open;
        }
        try {
            T result = work.in(open);
            open.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            rollback(open, e);
            throw e;
        }
    }

    private void rollback(Connection open, Exception cause) {
        if (!isBroken(cause)) {
            try {
                open.rollback();
                return;
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
        connection = null;
        try {
            open.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /// Class 08 of SQLSTATE. To roll back would not show it: where no statement came through, the driver sees no
    /// transaction, sends nothing, and all is well until the next statement, which fails as this one did.
    private static boolean isBroken(Exception cause) {
        return cause instanceof SQLException e
                && e.getSQLState() != null
                && e.getSQLState().startsWith("08");
    }

    /// Cuts the connection, also under work that is being done; that work and all afterwards fails.
    @Override
    public void close() {
        closed = true;
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // it is gone either way
            }
        }
    }
}
