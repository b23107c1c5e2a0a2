package kr.dolbom.contract;

/// The first fault found in a message.
///
/// @param reason why it is refused
/// @param pointer the JSON pointer (RFC 6901) of the fault; empty: the whole message
/// @param detail one sentence that names what was found and what was expected
public record Fault(Reason reason, String pointer, String detail) {
    /// The MQTT 5 reason string: `schema-violation /data/counts/0/count: 12000 is above the maximum 10000`.
    public String reasonString() {
        return pointer.isEmpty() ? reason.id() + ": " + detail : reason.id() + " " + pointer + ": " + detail;
    }
}
