package kr.dolbom.caseworker.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Conference;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Say;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// What a call says, as TwiML.
final class CallScript {
    private static final int TOLD_AT_ONCE = 5;

    private final Words words;

    /// @param language of the caseworker, `ko` or `en`
    CallScript(String language) {
        words = Words.of(language);
    }

    /// Alerts, said twice, then a wait for a key: the office first, how urgent, who and where, why, then the keys.
    /// Of many the first five are said and the rest counted: nobody listens for an hour.
    ///
    /// @param alerts most urgent first, at least one
    /// @param keys where a pressed key goes
    /// @param keyTimeout how long is waited after everything was said
    /// @param wrongKey whether a key without meaning was pressed before
    String alerts(List<Alert> alerts, URI keys, Duration keyTimeout, boolean wrongKey) {
        Alert first = alerts.getFirst();
        if (alerts.size() == 1) {
            String what = words.text("call.alert", office(first), tier(first), who(first), where(first), why(first));
            return ask(List.of(drill(first, what)), "call.keys", keys, keyTimeout, wrongKey);
        }
        return ask(lines("call.alerts", alerts), "call.keys-several", keys, keyTimeout, wrongKey);
    }

    /// The first few of several alerts, and how many there are besides.
    private List<String> lines(String beginning, List<Alert> alerts) {
        List<String> lines = new ArrayList<>();
        lines.add(words.text(beginning, office(alerts.getFirst()), alerts.size()));
        for (int i = 0; i < Math.min(TOLD_AT_ONCE, alerts.size()); i++) {
            Alert alert = alerts.get(i);
            String line = words.text("call.alerts.one", i + 1, tier(alert), who(alert), where(alert), why(alert));
            lines.add(drill(alert, line));
        }
        if (alerts.size() > TOLD_AT_ONCE) {
            lines.add(words.text("call.alerts.more", alerts.size() - TOLD_AT_ONCE));
        }
        return lines;
    }

    /// Whether somebody still has alerts.
    ///
    /// @param alerts most urgent first, at least one
    String reminders(List<Alert> alerts, URI keys, Duration keyTimeout, boolean wrongKey) {
        if (alerts.size() > 1) {
            return ask(lines("call.reminders", alerts), "call.keys-reminders", keys, keyTimeout, wrongKey);
        }
        Alert alert = alerts.getFirst();
        String what = words.text("call.reminder", office(alert), who(alert), where(alert), why(alert));
        return ask(List.of(drill(alert, what)), "call.keys-reminder", keys, keyTimeout, wrongKey);
    }

    /// Whether somebody takes an alert over.
    ///
    /// @param owner who has it
    String handOver(Alert alert, Alert.Person owner, URI keys, Duration keyTimeout, boolean wrongKey) {
        String what = words.text("call.hand-over", office(alert), owner.name(), who(alert), where(alert), why(alert));
        return ask(List.of(drill(alert, what)), "call.keys-hand-over", keys, keyTimeout, wrongKey);
    }

    /// A question of a planned conversation, to which a key and spoken words are an answer.
    ///
    /// @param answers where the answer goes; what was neither pressed nor said is told there as well
    /// @param greeting what is said before it; null for nothing
    String question(String question, URI answers, Duration answerTimeout, @Nullable String greeting) {
        var gather = new Gather.Builder()
                .inputs(List.of(Gather.Input.DTMF, Gather.Input.SPEECH))
                .language(words == Words.EN ? Gather.Language.EN_US : Gather.Language.KO_KR)
                .numDigits(1)
                .timeout((int) Math.max(1, answerTimeout.toSeconds()))
                .speechTimeout("auto")
                .actionOnEmptyResult(true)
                .action(answers)
                .method(HttpMethod.POST);
        if (greeting != null) {
            gather.say(say(greeting));
        }
        return new VoiceResponse.Builder()
                .gather(gather.say(say(question))
                        .say(say(words.text("call.check-in.keys")))
                        .build())
                .build()
                .toXml();
    }

    /// Whether somebody comes into a call that a person makes.
    ///
    /// @param what who calls, whom, and which key to press
    String invite(String what, URI keys, Duration keyTimeout) {
        return new VoiceResponse.Builder()
                .gather(new Gather.Builder()
                        .numDigits(1)
                        .timeout((int) Math.max(1, keyTimeout.toSeconds()))
                        .action(keys)
                        .method(HttpMethod.POST)
                        .say(say(what))
                        .pause(new Pause.Builder().length(1).build())
                        .say(say(what))
                        .build())
                .say(say(words.text("call.phone.no-key")))
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
    }

    /// Leads a call on to another phone.
    ///
    /// @param number what is rung, E.164
    /// @param from who seems to call, E.164
    /// @param status where reports of the other phone go
    /// @param after where it goes on
    static String connect(String number, String from, URI status, URI after, Duration ringTimeout) {
        return new VoiceResponse.Builder()
                .dial(new Dial.Builder()
                        .callerId(from)
                        .timeout((int) ringTimeout.toSeconds())
                        .answerOnBridge(true)
                        .action(after)
                        .method(HttpMethod.POST)
                        .number(new com.twilio.twiml.voice.Number.Builder(number)
                                .statusCallback(status)
                                .statusCallbackMethod(HttpMethod.POST)
                                .statusCallbackEvents(List.of(
                                        com.twilio.twiml.voice.Number.Event.INITIATED,
                                        com.twilio.twiml.voice.Number.Event.RINGING,
                                        com.twilio.twiml.voice.Number.Event.ANSWERED,
                                        com.twilio.twiml.voice.Number.Event.COMPLETED))
                                .build())
                        .build())
                .build()
                .toXml();
    }

    /// Leads a call into a room.
    ///
    /// @param after where it goes on when the room is closed
    static String enter(String room, URI after) {
        return new VoiceResponse.Builder()
                .dial(new Dial.Builder()
                        .action(after)
                        .method(HttpMethod.POST)
                        .conference(new Conference.Builder(room)
                                .beep(Conference.Beep.TRUE)
                                .startConferenceOnEnter(true)
                                .endConferenceOnExit(false)
                                .build())
                        .build())
                .build()
                .toXml();
    }

    /// Nothing more is said.
    static String hangUp() {
        return new VoiceResponse.Builder()
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
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

    private String ask(List<String> what, String keysText, URI keys, Duration keyTimeout, boolean wrongKey) {
        var response = new VoiceResponse.Builder();
        if (wrongKey) {
            response.say(say(words.text("call.wrong-key")));
        }
        String choice = words.text(keysText);
        var gather = new Gather.Builder()
                .numDigits(1)
                .timeout((int) Math.max(1, keyTimeout.toSeconds()))
                .action(keys)
                .method(HttpMethod.POST);
        what.forEach(line -> gather.say(say(line)));
        gather.say(say(choice)).pause(new Pause.Builder().length(1).build());
        what.forEach(line -> gather.say(say(line)));
        gather.say(say(choice));
        return response.gather(gather.build())
                .say(say(words.text("call.no-key")))
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
    }

    private String drill(Alert alert, String what) {
        return alert.drill() ? words.text("call.drill", what) : what;
    }

    private String office(Alert alert) {
        return words == Words.EN ? alert.office().nameEn() : alert.office().nameKo();
    }

    private String tier(Alert alert) {
        return words.text("tier." + alert.tier().word());
    }

    private static String who(Alert alert) {
        return alert.resident().name();
    }

    private static String where(Alert alert) {
        return alert.resident().neighbourhood();
    }

    private String why(Alert alert) {
        return alert.reason(words.language());
    }

    private Say say(String text) {
        boolean english = words == Words.EN;
        return new Say.Builder(text)
                .language(english ? Say.Language.EN_US : Say.Language.KO_KR)
                .voice(english ? Say.Voice.POLLY_JOANNA : Say.Voice.POLLY_SEOYEON)
                .build();
    }
}
