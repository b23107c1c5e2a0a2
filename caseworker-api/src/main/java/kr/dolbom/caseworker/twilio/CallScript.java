package kr.dolbom.caseworker.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Say;
import java.net.URI;
import java.time.Duration;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.words.Words;

/// What a call says, as TwiML.
final class CallScript {
    private final Words words;

    /// @param language of the caseworker, `ko` or `en`
    CallScript(String language) {
        words = Words.of(language);
    }

    /// The alert, said twice, then a wait for a key: the office first, how urgent, who and where, why, then the keys.
    ///
    /// @param keys where a pressed key goes
    /// @param keyTimeout how long is waited after everything was said
    String alert(Alert alert, URI keys, Duration keyTimeout) {
        return ask(alert, keys, keyTimeout, new VoiceResponse.Builder());
    }

    /// The same after a key that means nothing.
    String wrongKey(Alert alert, URI keys, Duration keyTimeout) {
        return ask(alert, keys, keyTimeout, new VoiceResponse.Builder().say(say(words.text("call.wrong-key"))));
    }

    /// A last sentence.
    ///
    /// @param key the text, one of `call.…`
    /// @param values fill the text's places
    String goodbye(String key, Object... values) {
        return new VoiceResponse.Builder()
                .say(say(words.text(key, values)))
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
    }

    private String ask(Alert alert, URI keys, Duration keyTimeout, VoiceResponse.Builder response) {
        String what = words.text(
                "call.alert",
                words == Words.EN ? alert.office().nameEn() : alert.office().nameKo(),
                words.text("tier." + alert.tier().word()),
                alert.resident().name(),
                alert.resident().neighbourhood(),
                alert.reason(words.language()));
        String choice = words.text("call.keys");
        var gather = new Gather.Builder()
                .numDigits(1)
                .timeout((int) Math.max(1, keyTimeout.toSeconds()))
                .action(keys)
                .method(HttpMethod.POST)
                .say(say(what))
                .say(say(choice))
                .pause(new Pause.Builder().length(1).build())
                .say(say(what))
                .say(say(choice))
                .build();
        return response.gather(gather)
                .say(say(words.text("call.no-key")))
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
    }

    private Say say(String text) {
        boolean english = words == Words.EN;
        return new Say.Builder(text)
                .language(english ? Say.Language.EN_US : Say.Language.KO_KR)
                .voice(english ? Say.Voice.POLLY_JOANNA : Say.Voice.POLLY_SEOYEON)
                .build();
    }
}
