package kr.dolbom.db.server;

import org.jspecify.annotations.Nullable;

/// A database server that could not be unpacked, started or stopped; the message says which, why and what to do.
public final class DatabaseServerException extends RuntimeException {
    DatabaseServerException(String message) {
        this(message, null);
    }

    DatabaseServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
