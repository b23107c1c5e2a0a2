package kr.dolbom.caseworker.escalation;

import java.util.UUID;

/// Sends text messages.
public interface Texts {
    /// Sends one text, once: it is never repeated by itself.
    ///
    /// @param attemptId by which the provider's reports name it
    /// @param to the number, E.164
    /// @param body the words
    SendResult send(UUID attemptId, String to, String body);
}
