package kr.dolbom.caseworker.response;

import java.net.URI;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.escalation.Pushes;

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

    /// An AlimTalk message.
    record AlimTalk(UUID attemptId, String to, String language, String text, URI link) implements Outgoing {
        /// Without the number and the link.
        @Override
        public String toString() {
            return "AlimTalk[" + attemptId + "]";
        }
    }

    /// A message to somebody's browsers.
    record Push(UUID attemptId, Alert.Person person, Pushes.Message message) implements Outgoing {
        /// Without the name and the link.
        @Override
        public String toString() {
            return "Push[" + attemptId + "]";
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
