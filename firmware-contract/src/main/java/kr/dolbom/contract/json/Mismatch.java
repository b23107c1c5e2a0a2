package kr.dolbom.contract.json;

/// A value is not of the declared type. Cheap to throw (no stack trace); the pointer grows on the way out.
public final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;

    private final StringBuilder pointer = new StringBuilder();

    Mismatch(String message) {
        super(message, null, false, false);
    }

    /// Puts a reference token in front: the member or index in which the fault was found.
    Mismatch under(String token) {
        pointer.insert(0, token.replace("~", "~0").replace("/", "~1")).insert(0, '/');
        return this;
    }

    String pointer() {
        return pointer.toString();
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
