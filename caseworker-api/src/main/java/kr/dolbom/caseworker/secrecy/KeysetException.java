package kr.dolbom.caseworker.secrecy;

/// The keys cannot be used; the message says which file, why, what is still safe, and what to do.
public final class KeysetException extends RuntimeException {
    /// @param message for people, in whole sentences
    public KeysetException(String message) {
        super(message);
    }
}
