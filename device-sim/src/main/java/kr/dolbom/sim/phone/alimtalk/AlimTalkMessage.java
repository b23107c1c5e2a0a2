package kr.dolbom.sim.phone.alimtalk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An AlimTalk message as it stands at one moment.
///
/// @param id the provider's name for it, `at-…`
/// @param reference the sender's name for it; the same one again is the same message
/// @param to receiver, E.164
/// @param template the approved template that the text follows
/// @param text the words
/// @param link where the message's button leads, empty for no button
/// @param webhook where the answer is told, empty for nowhere
/// @param status how far it came
/// @param reason why it failed, empty unless it did
/// @param acceptedAt when the provider took it
/// @param answeredAt when it was delivered or failed; null before
public record AlimTalkMessage(
        String id,
        String reference,
        String to,
        String template,
        String text,
        String link,
        String webhook,
        AlimTalkStatus status,
        String reason,
        Instant acceptedAt,
        @Nullable Instant answeredAt) {

    AlimTalkMessage become(AlimTalkStatus next, String why, Instant at) {
        return new AlimTalkMessage(id, reference, to, template, text, link, webhook, next, why, acceptedAt, at);
    }
}
