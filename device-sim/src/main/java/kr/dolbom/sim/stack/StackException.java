package kr.dolbom.sim.stack;

/// The platform could not be started; the message says which part, why, and what to do.
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
