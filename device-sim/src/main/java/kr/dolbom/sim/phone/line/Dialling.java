package kr.dolbom.sim.phone.line;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kr.dolbom.sim.phone.twiml.Verb;
import org.jspecify.annotations.Nullable;

/// Plays `<Dial>` to one answered call: it is connected with another phone, or waits in a conference, until either side
/// hangs up. Runs on the call's own thread.
final class Dialling {
    private static final int INVALID_NUMBER = 13224;

    private final Network network;
    private final Call call;

    Dialling(Network network, Call call) {
        this.network = network;
        this.call = call;
    }

    /// Rings a phone and connects it.
    ///
    /// @param statusCallback who is told how far it comes; null for nobody
    /// @return what the action is told
    Map<String, String> number(Verb.Dial dial, Verb.Phone party, @Nullable URI statusCallback) {
        String number = party.number();
        if (!PhoneNumbers.isValid(number) || network.strikes(Fault.INVALID_NUMBER, Optional.of(number))) {
            call.warn(INVALID_NUMBER, "Dial: %s is no number that can be called".formatted(number));
            return Map.of("DialCallStatus", CallStatus.FAILED.word());
        }
        Call other = network.dial(new CallRequest(
                dial.callerId(),
                number,
                null,
                null,
                null,
                statusCallback == null ? null : new Callback(statusCallback, party.statusCallbackMethod()),
                events(party.events()),
                dial.timeout(),
                call.sid));
        network.monitor().await(() -> other.isOver() || call.isOver(), CallRun.LONGEST_CALL);
        if (!other.hangUp()) {
            other.endUnanswered(CallStatus.CANCELED);
        }
        PhoneCall ended = other.snapshot();
        Map<String, String> result = new LinkedHashMap<>();
        result.put("DialCallStatus", ended.status().word());
        result.put("DialCallSid", ended.sid());
        if (ended.answeredAt() != null && ended.endedAt() != null) {
            long seconds = Duration.between(ended.answeredAt(), ended.endedAt()).toSeconds();
            result.put("DialCallDuration", Long.toString(seconds));
        }
        return result;
    }

    /// Waits in a conference.
    ///
    /// @return what the action is told
    Map<String, String> conference(Verb.Conference party) {
        Conferences conferences = network.conferences();
        conferences.enter(party.name(), call);
        network.monitor().await(() -> call.isOver() || !conferences.isIn(party.name(), call), CallRun.LONGEST_CALL);
        conferences.leave(party.name(), call, party.endOnExit());
        return Map.of("DialCallStatus", CallStatus.COMPLETED.word());
    }

    private static Set<CallEvent> events(List<String> words) {
        return words.stream()
                .map(word -> CallEvent.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }
}
