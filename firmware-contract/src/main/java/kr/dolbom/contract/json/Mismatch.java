package kr.dolbom.contract.json;

import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import org.jspecify.annotations.Nullable;

/// A value is not of the declared type. Cheap to throw (no stack trace); the pointer grows on the way out.
public final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final StringBuilder pointer = new StringBuilder();
    private @Nullable String rule;

    Mismatch(String message) {
        this(Reason.SCHEMA_VIOLATION, message);
    }

    Mismatch(Reason reason, String message) {
        this(reason, reason.requirement(), message);
    }

    /// @param rule the id of the requirement that is broken
    Mismatch(Reason reason, @Nullable String rule, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.rule = rule;
    }

    /// The value broke this requirement, unless one further inside is known.
    Mismatch breaking(@Nullable String id) {
        if (rule == null) {
            rule = id;
        }
        return this;
    }

    /// Puts a reference token in front: the member or index in which the fault was found.
    Mismatch under(String token) {
        pointer.insert(0, token.replace("~", "~0").replace("/", "~1")).insert(0, '/');
        return this;
    }

    /// The fault. Where the text is no JSON it has no pointer: line and column say more.
    Fault fault() {
        return new Fault(reason, reason == Reason.MALFORMED_JSON ? "" : pointer.toString(), detail(), rule);
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
