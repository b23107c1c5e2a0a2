package kr.dolbom.caseworker.database;

import java.sql.SQLException;

/// A statement that failed, or a database that is away.
public final class DatabaseException extends RuntimeException {
    private static final String UNIQUE_VIOLATION = "23505";

    private final String state;

    /// @param cause what the driver says
    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        state = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /// Whether a row with the same key was there already.
    public boolean isDuplicate() {
        return state.equals(UNIQUE_VIOLATION);
    }
}
