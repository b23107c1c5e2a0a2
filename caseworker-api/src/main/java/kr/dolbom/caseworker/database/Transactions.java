package kr.dolbom.caseworker.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import kr.dolbom.caseworker.secrecy.Secrecy;

/// Work that is committed whole or not at all. Safe for use by many threads.
public final class Transactions {
    private final DataSource dataSource;
    private final Secrecy secrecy;

    /// Without keys: nothing of a person can be stored or looked for.
    ///
    /// @param dataSource gives the connections
    public Transactions(DataSource dataSource) {
        this(dataSource, Secrecy.none());
    }

    /// @param dataSource gives the connections
    /// @param secrecy by which what is stored of people is encrypted and read
    public Transactions(DataSource dataSource, Secrecy secrecy) {
        this.dataSource = dataSource;
        this.secrecy = secrecy;
    }

    /// Runs the work and commits; rolls back when it throws.
    ///
    /// @throws DatabaseException when the database refuses or is away
    public <T> T run(Function<Connection, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = secrecy.apply(() -> work.apply(connection));
                connection.commit();
                return result;
            } catch (RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
