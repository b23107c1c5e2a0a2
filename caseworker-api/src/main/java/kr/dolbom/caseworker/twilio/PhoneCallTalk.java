package kr.dolbom.caseworker.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.phonecall.PhoneCallTurn;
import kr.dolbom.caseworker.phonecall.PhoneCalls;
import kr.dolbom.caseworker.timer.Chore;
import kr.dolbom.caseworker.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is heard in calls that people make from the console; and asks Twilio what became of those of which nothing was
/// heard, so that none is left without an end.
@Singleton
final class PhoneCallTalk implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(PhoneCallTalk.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int NOT_FOUND = 404;

    private final TwilioSettings settings;
    private final PublicAddress address;
    private final PhoneCalls calls;
    private final TwilioInquiry inquiry;
    private final Clock clock;

    PhoneCallTalk(
            TwilioSettings settings, PublicAddress address, PhoneCalls calls, TwilioInquiry inquiry, Clock clock) {
        this.settings = settings;
        this.address = address;
        this.calls = calls;
        this.inquiry = inquiry;
        this.clock = clock;
    }

    /// Somebody, or something, has answered. Empty when it is none of these calls.
    Optional<String> begin(UUID legId) {
        return calls.answered(legId).map(turn -> say(legId, turn));
    }

    /// A key was pressed, or the other's phone is done with.
    Optional<String> goOn(UUID legId, HttpRequest<?> request, Map<String, String> form) {
        Optional<PhoneCallTurn> turn = request.getParameters().contains("after")
                ? calls.talked(legId, ended(form.getOrDefault("DialCallStatus", "")), form.get("DialCallSid"))
                : calls.pressed(legId, form.getOrDefault("Digits", ""));
        return turn.map(next -> say(legId, next));
    }

    /// A call came further.
    ///
    /// @return whether it is one of these
    boolean report(UUID legId, Map<String, String> form) {
        return TwilioStatus.read(form)
                .map(status -> calls.report(legId, status.state(), status.sid(), status.error()))
                .orElse(false);
    }

    private static AttemptState ended(String status) {
        return switch (status) {
            case "busy" -> AttemptState.BUSY;
            case "no-answer" -> AttemptState.NO_ANSWER;
            case "failed" -> AttemptState.FAILED;
            case "canceled" -> AttemptState.CANCELED;
            default -> AttemptState.COMPLETED;
        };
    }

    private String say(UUID legId, PhoneCallTurn turn) {
        return switch (turn) {
            case PhoneCallTurn.Ask(String language, String office, String caller, String kind) ->
                new CallScript(language)
                        .invite(
                                Words.of(language).text("call.phone.ask." + kind, office, caller),
                                address.of("/twilio/key/" + legId),
                                settings.keyTimeout());
            case PhoneCallTurn.Connect(UUID other, String phone) ->
                CallScript.connect(
                        phone,
                        settings.from(),
                        address.of("/twilio/status/" + other),
                        after(legId),
                        settings.ringTimeout());
            case PhoneCallTurn.Enter(String room) -> CallScript.enter(room, after(legId));
            case PhoneCallTurn.Goodbye(String language, String text) ->
                text.isEmpty() ? CallScript.hangUp() : new CallScript(language).goodbye(text);
        };
    }

    private URI after(UUID legId) {
        return address.of("/twilio/key/" + legId + "?after=dial");
    }

    @Override
    public String name() {
        return "phone-calls";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        calls.takeSilent().forEach(this::ask);
    }

    private void ask(PhoneCalls.Silent silent) {
        String sid = silent.sid();
        if (sid == null || silent.isTooOld(clock.instant())) {
            calls.report(silent.legId(), AttemptState.FAILED, null, "no-news");
            return;
        }
        try {
            inquiry.fetch(Channel.VOICE, sid)
                    .ifPresent(status -> calls.report(silent.legId(), status.state(), status.sid(), status.error()));
            calls.endAgain(silent.legId());
        } catch (ApiException e) {
            LOG.warn("Twilio does not tell of a call leg={} code={}", silent.legId(), e.getCode());
            if (e.getStatusCode() != null && e.getStatusCode() == NOT_FOUND) {
                calls.report(silent.legId(), AttemptState.FAILED, null, "no-news");
            }
        } catch (TwilioException e) {
            LOG.warn("Twilio does not answer; it is asked again later reason=\"{}\"", e.getMessage());
        }
    }
}
