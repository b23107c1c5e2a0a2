package kr.dolbom.caseworker.escalation;

import java.net.URI;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;

/// Sends web push messages.
public interface Pushes {
    /// What a browser shows. Nothing in it says anything about anybody's health.
    ///
    /// @param alertId a later message about the same alert takes the place of an earlier one
    /// @param title the office
    /// @param text how urgent it is
    /// @param link what a click opens
    record Message(UUID alertId, String title, String text, URI link) {
        /// Without the link's secret.
        @Override
        public String toString() {
            return "Message[" + alertId + "]";
        }
    }

    /// Sends a message to every browser in which somebody wants them, once to each. Accepted means that
    /// at least one of their push services took it.
    ///
    /// @param attemptId its name in the logs
    SendResult send(UUID attemptId, Alert.Person person, Message message);
}
