package kr.dolbom.caseworker.escalation;

import java.net.URI;
import java.util.UUID;

/// Sends AlimTalk messages. Only words of the approved template go out, nothing about anybody's health.
public interface AlimTalks {
    /// Sends one message, once: it is never repeated by itself.
    ///
    /// @param attemptId by which the provider's reports name it
    /// @param to the number that the receiver's KakaoTalk belongs to, E.164
    /// @param language whose template, `ko` or `en`
    /// @param text the template's words, filled in
    /// @param link where the message's button leads
    SendResult send(UUID attemptId, String to, String language, String text, URI link);
}
