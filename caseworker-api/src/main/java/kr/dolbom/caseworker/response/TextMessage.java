package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.net.URI;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.escalation.LinkToken;
import kr.dolbom.caseworker.escalation.Pushes;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.words.Words;

/// The words of written messages: the office first, nothing about anybody's health, and the one-time link.
@Singleton
final class TextMessage {
    private final PublicAddress address;

    TextMessage(PublicAddress address) {
        this.address = address;
    }

    /// A text, the link last. Short enough for one message (90 bytes in EUC-KR) where the public address is.
    String of(Alert alert, Recipient recipient, LinkToken link) {
        Words words = Words.of(recipient.language());
        return words.text(
                alert.drill() ? "sms.drill" : "sms.alert", office(words, alert), tier(words, alert), link(link));
    }

    /// An AlimTalk message: the words of the approved template. The link is behind its button.
    String alimTalk(Alert alert, Recipient recipient) {
        Words words = Words.of(recipient.language());
        String tier = tier(words, alert);
        return words.text(
                "alimtalk.alert", office(words, alert), alert.drill() ? words.text("alimtalk.drill", tier) : tier);
    }

    /// A message for browsers.
    Pushes.Message push(Alert alert, Recipient recipient, LinkToken link) {
        Words words = Words.of(recipient.language());
        return new Pushes.Message(
                alert.alertId(),
                office(words, alert),
                words.text(alert.drill() ? "push.drill" : "push.alert", tier(words, alert)),
                link(link));
    }

    /// Where a one-time link leads.
    URI link(LinkToken link) {
        return address.of("/a/" + link.text());
    }

    private static String office(Words words, Alert alert) {
        return words == Words.EN ? alert.office().nameEn() : alert.office().shortName();
    }

    private static String tier(Words words, Alert alert) {
        return words.text("tier." + alert.tier().word());
    }
}
