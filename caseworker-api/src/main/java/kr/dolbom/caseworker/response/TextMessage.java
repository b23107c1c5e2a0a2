package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.escalation.LinkToken;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.words.Words;

/// The words of a text message: the office first, nothing about anybody's health, the one-time link last. Short enough
/// for one message (90 bytes in EUC-KR) where the public address is.
@Singleton
final class TextMessage {
    private final PublicAddress address;

    TextMessage(PublicAddress address) {
        this.address = address;
    }

    String of(Alert alert, Recipient recipient, LinkToken link) {
        Words words = Words.of(recipient.language());
        return words.text(
                alert.drill() ? "sms.drill" : "sms.alert",
                words == Words.EN ? alert.office().nameEn() : alert.office().shortName(),
                words.text("tier." + alert.tier().word()),
                address.of("/a/" + link.text()));
    }
}
