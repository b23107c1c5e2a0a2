package kr.dolbom.caseworker.twilio;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.checkin.CheckInCalls;
import kr.dolbom.caseworker.checkin.CheckInCalls.Turn;
import kr.dolbom.caseworker.checkin.CheckInQuestion;
import kr.dolbom.caseworker.words.Words;

/// What is said in a planned conversation by phone. Which question was asked stands in the address to
/// which its answer goes, so that a webhook that comes twice or late answers no other question.
@Singleton
final class CheckInTalk {
    private final TwilioSettings settings;
    private final PublicAddress address;
    private final CheckInCalls calls;

    CheckInTalk(TwilioSettings settings, PublicAddress address, CheckInCalls calls) {
        this.settings = settings;
        this.address = address;
        this.calls = calls;
    }

    /// Somebody has answered.
    String begin(UUID callId) {
        Turn turn = calls.begin(callId);
        return say(callId, turn, true);
    }

    /// Somebody pressed or said something, or nothing.
    ///
    /// @param question what had been asked
    /// @param isAgain whether for the second time
    /// @param form what came with it
    String answer(UUID callId, CheckInQuestion question, boolean isAgain, Map<String, String> form) {
        Turn turn = calls.answer(
                callId, question, isAgain, form.getOrDefault("Digits", ""), form.getOrDefault("SpeechResult", ""));
        return say(callId, turn, false);
    }

    private String say(UUID callId, Turn turn, boolean isFirst) {
        var script = new CallScript(turn.language());
        Words words = Words.of(turn.language());
        CheckInQuestion question = turn.question();
        if (question == null) {
            return script.goodbye(turn.isHelp() ? "call.check-in.help" : "call.check-in.thanks");
        }
        URI answers =
                address.of("/twilio/key/%s?question=%s&again=%s".formatted(callId, question.word(), turn.isAgain()));
        String before = isFirst
                ? words.text("call.check-in.hello", turn.office(), turn.resident())
                : turn.isAgain() ? words.text("call.check-in.again") : null;
        return script.question(words.text("check-in.ask." + question.word()), answers, settings.keyTimeout(), before);
    }
}
