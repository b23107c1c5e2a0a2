package kr.dolbom.sim.phone.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One outgoing call: its state, its keys, and the callbacks that each change of state sends. Thread-safe by the
/// network's lock; every change of state is a guarded step, so that of two people who end a call one does.
final class Call {
    private final Network network;
    private final Monitor monitor;
    private final Phone phone;
    private final CallbackLane callbacks;
    final String sid;
    final CallRequest request;
    private final Instant createdAt;
    private final List<SpokenLine> spoken = new ArrayList<>();
    private final List<CallWarning> warnings = new ArrayList<>();
    private final StringBuilder keysHeard = new StringBuilder();
    private final Deque<Character> keysPending = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private CallStatus status = CallStatus.QUEUED;
    private Instant updatedAt;
    private @Nullable Instant dialledAt;
    private @Nullable Instant rangAt;
    private @Nullable Instant answeredAt;
    private @Nullable Instant endedAt;
    private boolean listening;
    private String speech = "";
    private @Nullable String wordsPending;
    private boolean awaitsKey;
    private boolean givesUp;
    private int eventsFired;

    Call(Network network, Phone phone, String sid, CallRequest request) {
        this.network = network;
        this.monitor = network.monitor();
        this.phone = phone;
        this.callbacks = network.newLane(phone);
        this.sid = sid;
        this.request = request;
        this.createdAt = network.now();
        this.updatedAt = createdAt;
    }

    CallStatus status() {
        return monitor.read(() -> status);
    }

    boolean isOver() {
        return monitor.read(() -> status.isFinal() || monitor.isClosed());
    }

    void dial() {
        monitor.update(() -> {
            if (status == CallStatus.QUEUED) {
                dialledAt = network.now();
                fire(CallEvent.INITIATED, "initiated", false);
            }
        });
    }

    boolean ring() {
        return move(EnumSet.of(CallStatus.QUEUED), CallStatus.RINGING);
    }

    boolean answer() {
        return move(EnumSet.of(CallStatus.RINGING), CallStatus.IN_PROGRESS);
    }

    boolean endUnanswered(CallStatus how) {
        return move(EnumSet.of(CallStatus.QUEUED, CallStatus.RINGING), how);
    }

    boolean hangUp() {
        return move(EnumSet.of(CallStatus.IN_PROGRESS), CallStatus.COMPLETED);
    }

    private boolean move(Set<CallStatus> from, CallStatus to) {
        return monitor.update(() -> {
            if (!from.contains(status)) {
                return false;
            }
            Instant now = network.now();
            status = to;
            updatedAt = now;
            listening = false;
            awaitsKey = false;
            switch (to) {
                case QUEUED -> throw new IllegalArgumentException("No call goes back to queued");
                case RINGING -> {
                    rangAt = now;
                    fire(CallEvent.RINGING, to.word(), false);
                }
                case IN_PROGRESS -> {
                    answeredAt = now;
                    fire(CallEvent.ANSWERED, to.word(), false);
                }
                case COMPLETED, BUSY, NO_ANSWER, FAILED, CANCELED -> {
                    endedAt = now;
                    phone.free(this);
                    fire(CallEvent.COMPLETED, to.word(), true);
                }
            }
            return true;
        });
    }

    void say(SpokenLine line) {
        monitor.update(() -> spoken.add(line));
    }

    void warn(int code, String message) {
        monitor.update(() -> warnings.add(new CallWarning(network.now(), code, message)));
    }

    /// From now on keys count.
    ///
    /// @param speechLanguage the language in which spoken words count too, empty when they do not
    void listen(String speechLanguage) {
        monitor.update(() -> {
            keysPending.clear();
            wordsPending = null;
            speech = speechLanguage;
            givesUp = false;
            listening = status == CallStatus.IN_PROGRESS;
        });
    }

    void stopListening() {
        monitor.update(() -> {
            listening = false;
            awaitsKey = false;
        });
    }

    boolean hasKey() {
        return monitor.read(() -> !keysPending.isEmpty());
    }

    /// What was said since the call began to listen.
    Optional<String> takeWords() {
        return monitor.update(() -> {
            Optional<String> words = Optional.ofNullable(wordsPending);
            wordsPending = null;
            return words;
        });
    }

    /// Says words; they are lost, as in life, when the call does not listen for words, or not for that language.
    boolean speak(String words) {
        boolean korean = words.codePoints().anyMatch(Conversation::isHangul);
        return monitor.update(() -> {
            if (!listening || speech.isEmpty() || korean != speech.startsWith("ko")) {
                return false;
            }
            wordsPending = words;
            said.add(words);
            return true;
        });
    }

    /// Waits for the next key; empty when none came in time, words came instead, the person will press none, or the
    /// call is over.
    Optional<Character> takeKey(Duration limit) {
        monitor.update(() -> awaitsKey = listening);
        monitor.await(() -> !keysPending.isEmpty() || wordsPending != null || givesUp || status.isFinal(), limit);
        return monitor.update(() -> {
            awaitsKey = false;
            Character key = keysPending.pollFirst();
            return status.isFinal() ? Optional.empty() : Optional.ofNullable(key);
        });
    }

    /// Presses one key; it is lost, as in life, when the call does not listen.
    boolean press(char key) {
        return monitor.update(() -> {
            if (!listening) {
                return false;
            }
            keysPending.addLast(key);
            keysHeard.append(key);
            return true;
        });
    }

    /// Whether everything was said and no key is on its way.
    boolean awaitsKey() {
        return monitor.read(() -> awaitsKey && keysPending.isEmpty() && wordsPending == null);
    }

    boolean staySilent() {
        return monitor.update(() -> {
            awaitsKey = false;
            givesUp = true;
            return true;
        });
    }

    PhoneCall snapshot() {
        return monitor.read(() -> new PhoneCall(
                sid,
                request.parentSid(),
                request.from(),
                request.to(),
                status,
                createdAt,
                updatedAt,
                dialledAt,
                rangAt,
                answeredAt,
                endedAt,
                spoken,
                keysHeard.toString(),
                said,
                awaitsKey,
                warnings));
    }

    /// What every webhook of this call carries.
    Map<String, String> parameters(String callStatus) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("CallSid", sid);
        parameters.put("AccountSid", network.account().sid());
        parameters.put("From", request.from());
        parameters.put("To", request.to());
        parameters.put("Caller", request.from());
        parameters.put("Called", request.to());
        parameters.put("CallStatus", callStatus);
        parameters.put("Direction", request.parentSid() == null ? "outbound-api" : "outbound-dial");
        parameters.put("ApiVersion", "2010-04-01");
        if (request.parentSid() != null) {
            parameters.put("ParentCallSid", request.parentSid());
        }
        return parameters;
    }

    private void fire(CallEvent event, String callStatus, boolean last) {
        int sequence = eventsFired++;
        Callback target = request.statusCallback();
        Set<CallEvent> wanted = request.events().isEmpty() ? Set.of(CallEvent.COMPLETED) : request.events();
        if (target == null || !wanted.contains(event)) {
            return;
        }
        Map<String, String> parameters = parameters(callStatus);
        parameters.put("CallbackSource", "call-progress-events");
        parameters.put("SequenceNumber", Integer.toString(sequence));
        parameters.put("Timestamp", TwilioTime.format(updatedAt));
        if (last) {
            long seconds = answeredAt == null || endedAt == null
                    ? 0
                    : Duration.between(answeredAt, endedAt).toSeconds();
            parameters.put("CallDuration", Long.toString(seconds));
            parameters.put("Duration", Long.toString((seconds + 59) / 60));
            parameters.put("SipResponseCode", Integer.toString(sipCode()));
        }
        callbacks.add(target, parameters, callStatus, last);
    }

    private int sipCode() {
        return switch (status) {
            case QUEUED, RINGING, IN_PROGRESS, COMPLETED -> 200;
            case BUSY -> 486;
            case NO_ANSWER, CANCELED -> 487;
            case FAILED -> 480;
        };
    }
}
