package kr.dolbom.caseworker.response;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.escalation.LinkToken;
import kr.dolbom.caseworker.escalation.Pushes;

/// Something that goes out once the transaction which took it out of its line is committed.
sealed interface Outgoing {
    /// The attempt that it is.
    UUID attemptId();

    /// A call.
    ///
    /// @param takenAt when it was taken out of the line
    record Call(UUID attemptId, String to, Instant takenAt) implements Outgoing {
        /// Without the number.
        @Override
        public String toString() {
            return "Call[" + attemptId + "]";
        }
    }

    /// A written message.
    sealed interface Message extends Outgoing {
        /// The one-time link in it.
        LinkToken link();
    }

    /// A text.
    record Text(UUID attemptId, LinkToken link, String to, String body) implements Message {
        /// Without the link in it.
        @Override
        public String toString() {
            return "Text[" + attemptId + "]";
        }
    }

    /// An AlimTalk message.
    record AlimTalk(UUID attemptId, LinkToken link, String to, String language, String text, URI button)
            implements Message {
        /// Without the number and the link.
        @Override
        public String toString() {
            return "AlimTalk[" + attemptId + "]";
        }
    }

    /// A message to somebody's browsers.
    record Push(UUID attemptId, LinkToken link, Alert.Person person, Pushes.Message message) implements Message {
        /// Without the name and the link.
        @Override
        public String toString() {
            return "Push[" + attemptId + "]";
        }
    }
}
