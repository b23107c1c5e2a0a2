package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.UUID;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.LinkSigner;
import kr.dolbom.caseworker.escalation.LinkToken;
import kr.dolbom.caseworker.escalation.Pushes;
import kr.dolbom.caseworker.words.Words;

/// Words the written messages when it is their turn: the office first, nothing about anybody's health, and a
/// one-time link, which is made for it then and stands nowhere else. Safe for use by many threads.
@Singleton
final class Messages {
    private final LinkSigner links;
    private final PublicAddress address;

    Messages(LinkSigner links, PublicAddress address) {
        this.links = links;
        this.address = address;
    }

    /// The link for the next message.
    LinkToken issue() {
        return links.issue();
    }

    /// The message of an attempt.
    Outgoing.Message write(Attempt attempt, Alert alert, LinkToken link) {
        UUID id = attempt.attemptId();
        URI url = address.of("/a/" + link.text());
        Words words = Words.of(attempt.language());
        String office =
                words == Words.EN ? alert.office().nameEn() : alert.office().shortName();
        String tier = words.text("tier." + alert.tier().word());
        boolean drill = alert.drill();
        return switch (attempt.channel()) {
            // The link last. Short enough for one message (90 bytes in EUC-KR) where the public address is.
            case SMS ->
                new Outgoing.Text(
                        id,
                        link,
                        attempt.destination(),
                        words.text(drill ? "sms.drill" : "sms.alert", office, tier, url));
            // The words of the approved template. The link is behind its button.
            case ALIMTALK ->
                new Outgoing.AlimTalk(
                        id,
                        link,
                        attempt.destination(),
                        attempt.language(),
                        words.text("alimtalk.alert", office, drill ? words.text("alimtalk.drill", tier) : tier),
                        url);
            case PUSH ->
                new Outgoing.Push(
                        id,
                        link,
                        attempt.person(),
                        new Pushes.Message(
                                alert.alertId(), office, words.text(drill ? "push.drill" : "push.alert", tier), url));
            case VOICE -> throw new IllegalArgumentException("a call is not written");
        };
    }
}
