package kr.dolbom.contract;

import org.jspecify.annotations.Nullable;

/// The first fault found in a message.
///
/// @param reason why it is refused
/// @param pointer the JSON pointer (RFC 6901) of the fault; empty: the whole message
/// @param detail one sentence that names what was found and what was expected
/// @param requirement the id of the requirement that is broken; null: none in particular
public record Fault(
        Reason reason,
        String pointer,
        String detail,
        @Nullable String requirement) {
    /// A fault that breaks the requirement which [goes with its reason][Reason#requirement()].
    public Fault(Reason reason, String pointer, String detail) {
        this(reason, pointer, detail, reason.requirement());
    }

    /// The MQTT 5 reason string: `schema-violation DC-ACT-005 /data/counts/0/count: 12000 is not within 1 to 10000`.
    /// The reason's id is its first word.
    public String reasonString() {
        return reason.id()
                + (requirement == null ? "" : " " + requirement)
                + (pointer.isEmpty() ? "" : " " + pointer)
                + ": "
                + detail;
    }
}
