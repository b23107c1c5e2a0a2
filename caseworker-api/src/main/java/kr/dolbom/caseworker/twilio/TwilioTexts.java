package kr.dolbom.caseworker.twilio;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import jakarta.inject.Singleton;
import java.util.UUID;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.escalation.Texts;
import kr.dolbom.caseworker.words.TextCharacters;

/// Sends texts through Twilio.
@Singleton
final class TwilioTexts implements Texts {
    private final TwilioRestClient client;
    private final TwilioSettings settings;
    private final PublicAddress address;

    TwilioTexts(TwilioRestClient client, TwilioSettings settings, PublicAddress address) {
        this.client = client;
        this.settings = settings;
        this.address = address;
    }

    @Override
    public SendResult send(UUID attemptId, String to, String body) {
        String shown = TextCharacters.only(body);
        return TwilioRequest.send(() -> Message.creator(new PhoneNumber(to), new PhoneNumber(settings.from()), shown)
                .setStatusCallback(address.of("/twilio/status/" + attemptId))
                .create(client)
                .getSid());
    }
}
