package kr.dolbom.db;

/// A database that cannot be reached, or not as this user; the message names the place and the reason.
public final class DatabaseUnavailableException extends RuntimeException {
    DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
