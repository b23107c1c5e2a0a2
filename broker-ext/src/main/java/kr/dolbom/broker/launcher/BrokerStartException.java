package kr.dolbom.broker.launcher;

import org.jspecify.annotations.Nullable;

/// The broker cannot start; the message names the way out.
public final class BrokerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
