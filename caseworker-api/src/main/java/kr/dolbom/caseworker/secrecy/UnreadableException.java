package kr.dolbom.caseworker.secrecy;

/// A stored value that cannot be decrypted: its key is missing, or it is no value of this kind.
public final class UnreadableException extends Exception {
    UnreadableException(String message) {
        super(message);
    }
}
