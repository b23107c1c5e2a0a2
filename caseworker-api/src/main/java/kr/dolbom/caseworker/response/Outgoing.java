package kr.dolbom.caseworker.response;

import java.util.UUID;

/// Something that goes out once the transaction which recorded it is committed.
public sealed interface Outgoing {
    /// The attempt that it is.
    UUID attemptId();

    /// A text.
    record Text(UUID attemptId, String to, String body) implements Outgoing {
        /// Without the link in it.
        @Override
        public String toString() {
            return "Text[" + attemptId + "]";
        }
    }

    /// A call.
    record Call(UUID attemptId, String to) implements Outgoing {
        /// Without the number.
        @Override
        public String toString() {
            return "Call[" + attemptId + "]";
        }
    }
}
