package kr.dolbom.caseworker.response;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.AlimTalks;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptReports;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.CallLine;
import kr.dolbom.caseworker.escalation.Calls;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.LinkToken;
import kr.dolbom.caseworker.escalation.MessageLine;
import kr.dolbom.caseworker.escalation.ProviderReport;
import kr.dolbom.caseworker.escalation.Pushes;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.escalation.Texts;
import kr.dolbom.caseworker.phone.PhoneTroubles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends messages and makes calls, each once and in its turn, by whichever instance is free, and notes
/// what the provider said. Safe for use by many threads.
@Singleton
public final class Dispatch implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    /// How long is waited, at least, before the second and the third request for something that surely
    /// was not sent.
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(250), Duration.ofMillis(750));

    private static final Duration LONG_PAUSE = Duration.ofSeconds(10);

    private static final int CALLS_AT_A_TIME = 32;
    /// In a storm calls go first: whoever is called hears what the text would tell.
    private static final int MESSAGES_AT_A_TIME = 4;
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final Messages messages;
    private final Texts texts;
    private final Calls calls;
    private final AlimTalks alimTalks;
    private final Pushes pushes;
    private final Looks looks;
    private final Clock clock;
    private final ExecutorService cancellations = Executors.newVirtualThreadPerTaskExecutor();
    private final Line callLine = new Line("calls", CALLS_AT_A_TIME, this::nextCall, this::sendAndNote);
    private final Line messageLine = new Line("messages", MESSAGES_AT_A_TIME, this::nextMessage, this::sendAndNote);

    Dispatch(
            Transactions transactions,
            Messages messages,
            Texts texts,
            Calls calls,
            AlimTalks alimTalks,
            Pushes pushes,
            Looks looks,
            Clock clock) {
        this.transactions = transactions;
        this.messages = messages;
        this.texts = texts;
        this.calls = calls;
        this.alimTalks = alimTalks;
        this.pushes = pushes;
        this.looks = looks;
        this.clock = clock;
    }

    /// Begins to send and to call.
    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        start();
    }

    void start() {
        callLine.start();
        messageLine.start();
    }

    /// Sends what was written down and is committed, without waiting for the next look.
    public void send() {
        callLine.grow();
        messageLine.grow();
    }

    private Line.Turn nextMessage() {
        return transactions.run(connection -> {
            Instant now = clock.instant();
            LinkToken link = messages.issue();
            Optional<Attempt> taken = MessageLine.take(connection, link, now);
            return taken.isEmpty()
                    ? new Line.Turn(Line.IDLE, null)
                    : new Line.Turn(
                            Duration.ZERO,
                            taken.filter(message -> !hold(connection, message, now))
                                    .flatMap(message -> AlertStore.find(connection, message.alertId(), null)
                                            .map(alert -> messages.write(message, alert, link)))
                                    .orElse(null));
        });
    }

    private static boolean hold(Connection connection, Attempt attempt, Instant now) {
        Optional<Instant> until = Need.heldUntil(connection, attempt, now);
        until.ifPresent(moment -> Attempts.hold(connection, attempt.attemptId(), moment));
        return until.isPresent();
    }

    private Line.Turn nextCall() {
        return transactions.run(connection -> {
            Instant now = clock.instant();
            Optional<Duration> wait = CallLine.findTurn(connection, calls.perSecond(), now);
            if (wait.isEmpty() || wait.get().isPositive()) {
                return new Line.Turn(wait.orElse(Line.IDLE), null);
            }
            return new Line.Turn(
                    Duration.ZERO,
                    CallLine.findNext(connection, now)
                            .filter(call -> leave(connection, call, now))
                            .map(call -> new Outgoing.Call(call.attemptId(), call.destination(), now))
                            .orElse(null));
        });
    }

    /// Takes a call out of the line, as it is made now; one that is needed no more, or held, is not.
    private boolean leave(Connection connection, Attempt call, Instant now) {
        if (!Need.isFor(connection, call)) {
            AttemptReports.report(connection, call.attemptId(), AttemptState.CANCELED, null, null, now);
            return false;
        }
        if (hold(connection, call, now)) {
            return false;
        }
        CallLine.leave(connection, call, calls.perSecond(), now);
        return true;
    }

    private void sendAndNote(Outgoing outgoing) {
        if (mayGo(outgoing)) {
            requestAndNote(outgoing);
        }
    }

    /// Whether it is to be asked for now. One that is needed no more, as somebody has its alert, is withdrawn; one that
    /// was put back, as we stood still for long, is somebody else's.
    private boolean mayGo(Outgoing outgoing) {
        UUID attemptId = outgoing.attemptId();
        if (!isWanted(attemptId)) {
            report(attemptId, AttemptState.CANCELED, null, null);
            return false;
        }
        return switch (outgoing) {
            case Outgoing.Call call ->
                transactions.run(connection -> CallLine.ask(connection, attemptId, call.takenAt(), clock.instant()));
            case Outgoing.Message message ->
                transactions.run(
                        connection -> MessageLine.leave(connection, attemptId, message.link(), clock.instant()));
        };
    }

    private void requestAndNote(Outgoing outgoing) {
        UUID attemptId = outgoing.attemptId();
        SendResult result = request(outgoing);
        for (Duration pause : PAUSES) {
            if (!(result instanceof SendResult.TooOften(int code, String _))) {
                break;
            }
            LOG.warn("The provider is asked too often; it is asked again attempt={} code={}", attemptId, code);
            rest(pause);
            if (!mayGo(outgoing)) {
                return;
            }
            result = request(outgoing);
        }
        if (result instanceof SendResult.TooOften && outgoing instanceof Outgoing.Message) {
            // It was surely not sent. A message can wait, and a step waits for calls alone.
            transactions.run(connection -> {
                Attempts.hold(connection, attemptId, clock.instant().plus(LONG_PAUSE));
                return attemptId;
            });
            return;
        }
        note(attemptId, result);
    }

    private static void rest(Duration pause) {
        // Not all at the same moment again.
        long millis = ThreadLocalRandom.current().nextLong(pause.toMillis(), 2 * pause.toMillis());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private SendResult request(Outgoing outgoing) {
        try {
            return switch (outgoing) {
                case Outgoing.Text(UUID id, LinkToken _, String to, String body) -> texts.send(id, to, body);
                case Outgoing.Call(UUID id, String to, Instant _) -> calls.place(id, to);
                case Outgoing.AlimTalk(UUID id, LinkToken _, String to, String language, String text, URI button) ->
                    alimTalks.send(id, to, language, text, button);
                case Outgoing.Push(UUID id, LinkToken _, Alert.Person person, Pushes.Message message) ->
                    pushes.send(id, person, message);
            };
        } catch (RuntimeException e) {
            LOG.error("A text or a call could not be asked for message={}", outgoing, e);
            return new SendResult.Unknown(e.getClass().getSimpleName());
        }
    }

    private boolean isWanted(UUID attemptId) {
        return transactions.run(connection -> Attempts.find(connection, attemptId)
                .filter(attempt -> Need.isFor(connection, attempt))
                .isPresent());
    }

    private void note(UUID attemptId, SendResult result) {
        if (result.state() == AttemptState.FAILED) {
            LOG.warn("The provider did not take it attempt={} result=\"{}\"", attemptId, result.word());
        }
        report(attemptId, result.state(), result.sid(), result.error());
    }

    /// Notes a report about an attempt, has the alerts looked at whose call has ended by it, and takes
    /// the call back when its alert needs it no more: it may have been on its way while somebody else
    /// acknowledged.
    ///
    /// @param sid the provider's name for the attempt; null when unknown
    /// @param error what went wrong; null for nothing
    public void report(UUID attemptId, AttemptState next, @Nullable String sid, @Nullable String error) {
        report(attemptId, next, sid, error, null);
    }

    /// The same with what the provider said in its own words.
    ///
    /// @param report null when the provider said nothing
    public void report(
            UUID attemptId,
            AttemptState next,
            @Nullable String sid,
            @Nullable String error,
            @Nullable ProviderReport report) {
        record Noted(AttemptReports.Reported reported, boolean isToBeCancelled) {}
        Noted noted = transactions.run(connection -> {
            Instant now = clock.instant();
            AttemptReports.Reported reported =
                    AttemptReports.report(connection, attemptId, next, sid, error, report, now);
            if (reported.isNews()) {
                PhoneTroubles.learn(connection, reported.attempt(), now);
            }
            return new Noted(reported, isToBeCancelled(connection, reported.attempt()));
        });
        noted.reported().ended().forEach(looks::add);
        if (noted.isToBeCancelled()) {
            cancel(noted.reported().attempt());
        }
    }

    /// Takes the calls of an alert back that nobody has answered yet and that no other alert needs.
    public void cancelCalls(UUID alertId) {
        transactions
                .run(connection -> Attempts.listPendingCalls(connection, alertId).stream()
                        .filter(call -> isToBeCancelled(connection, call))
                        .toList())
                .forEach(this::cancel);
    }

    private static boolean isToBeCancelled(Connection connection, Attempt attempt) {
        return attempt.channel() == Channel.VOICE
                && attempt.state().isPending()
                && attempt.sid() != null
                && !Need.isFor(connection, attempt);
    }

    private void cancel(Attempt attempt) {
        String sid = Objects.requireNonNull(attempt.sid());
        cancellations.execute(() -> calls.cancel(sid));
    }

    @PreDestroy
    void close() throws InterruptedException {
        callLine.stop();
        messageLine.stop();
        callLine.awaitEnd();
        messageLine.awaitEnd();
        cancellations.shutdown();
        if (!cancellations.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("Some calls were still being taken back");
        }
    }
}
