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
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.AlimTalks;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.CallLine;
import kr.dolbom.caseworker.escalation.Calls;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.ProviderReport;
import kr.dolbom.caseworker.escalation.Pushes;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.escalation.Texts;
import kr.dolbom.caseworker.phone.PhoneTroubles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends texts and calls, each once, and notes what the provider said. Calls are made in their turn, by
/// whichever instance is free. Safe for use by many threads.
@Singleton
public final class Dispatch implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    /// How long is waited, at least, before the second and the third request for something that surely
    /// was not sent.
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(250), Duration.ofMillis(750));

    /// How often is looked for calls that an instance left behind.
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final int CALLS_AT_A_TIME = 32;
    /// In a storm calls go first: whoever is called hears what the text would tell.
    private static final int TEXTS_AT_A_TIME = 4;
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final Texts texts;
    private final Calls calls;
    private final AlimTalks alimTalks;
    private final Pushes pushes;
    private final Looks looks;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService textThreads =
            Executors.newFixedThreadPool(TEXTS_AT_A_TIME, Thread.ofVirtual().factory());
    private final Semaphore requests = new Semaphore(CALLS_AT_A_TIME);
    private final Semaphore lineHasGrown = new Semaphore(0);
    private volatile boolean closed;
    private final Thread caller = Thread.ofVirtual().name("caller").unstarted(this::callForEver);

    Dispatch(
            Transactions transactions,
            Texts texts,
            Calls calls,
            AlimTalks alimTalks,
            Pushes pushes,
            Looks looks,
            Clock clock) {
        this.transactions = transactions;
        this.texts = texts;
        this.calls = calls;
        this.alimTalks = alimTalks;
        this.pushes = pushes;
        this.looks = looks;
        this.clock = clock;
    }

    /// Begins to make calls.
    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        start();
    }

    void start() {
        caller.start();
    }

    /// Sends what is committed: messages at once, unless somebody has their alert by now, and calls in
    /// their turn.
    public void send(List<Outgoing> outgoing) {
        for (Outgoing one : outgoing) {
            switch (one) {
                case Outgoing.Text _, Outgoing.AlimTalk _, Outgoing.Push _ ->
                    textThreads.execute(() -> sendAndNote(one));
                case Outgoing.Call _ -> lineHasGrown.release();
            }
        }
    }

    private void sendAndNote(Outgoing message) {
        orLog(message, () -> {
            if (isWanted(message.attemptId())) {
                requestAndNote(message);
            } else {
                report(message.attemptId(), AttemptState.CANCELED, null, null);
            }
        });
    }

    private static void orLog(Outgoing outgoing, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // The step's timer and the provider's own reports, which name the attempt, go on without us.
            LOG.error("What became of a text or a call could not be noted message={}", outgoing, e);
        }
    }

    private void callForEver() {
        try {
            while (!closed) {
                requests.acquire();
                Duration pause = IDLE;
                try {
                    pause = callNext();
                } catch (RuntimeException e) {
                    LOG.error("No calls can be made for the moment", e);
                }
                if (lineHasGrown.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    lineHasGrown.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            // The program ends.
        }
    }

    /// Makes the call whose turn it is, with the permit that was acquired for it.
    ///
    /// @return how long to wait before the next, unless the line grows
    private Duration callNext() {
        record Turn(Duration pause, @Nullable Attempt call) {}
        boolean isUsed = false;
        try {
            Turn turn = transactions.run(connection -> {
                Optional<Duration> wait = CallLine.findTurn(connection);
                if (wait.isEmpty() || wait.get().isPositive()) {
                    return new Turn(wait.orElse(IDLE), null);
                }
                return new Turn(
                        Duration.ZERO,
                        CallLine.findNext(connection)
                                .flatMap(call -> leave(connection, call))
                                .orElse(null));
            });
            Attempt call = turn.call();
            if (call != null) {
                isUsed = true;
                var outgoing = new Outgoing.Call(call.attemptId(), call.destination());
                threads.execute(() -> {
                    orLog(outgoing, () -> requestAndNote(outgoing));
                    requests.release();
                });
            }
            return turn.pause();
        } finally {
            if (!isUsed) {
                requests.release();
            }
        }
    }

    /// Takes a call out of the line, as it is made now; one that is needed no more is not.
    private Optional<Attempt> leave(Connection connection, Attempt call) {
        Instant now = clock.instant();
        if (!Need.isFor(connection, call)) {
            Attempts.report(connection, call.attemptId(), AttemptState.CANCELED, null, null, now);
            return Optional.empty();
        }
        CallLine.leave(connection, call, calls.perSecond(), now);
        return Optional.of(call);
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
            if (!isWanted(attemptId)) {
                report(attemptId, AttemptState.CANCELED, null, null);
                return;
            }
            result = request(outgoing);
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
                case Outgoing.Text(UUID id, String to, String body) -> texts.send(id, to, body);
                case Outgoing.Call(UUID id, String to) -> calls.place(id, to);
                case Outgoing.AlimTalk(UUID id, String to, String language, String text, URI link) ->
                    alimTalks.send(id, to, language, text, link);
                case Outgoing.Push(UUID id, Alert.Person person, Pushes.Message message) ->
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
        switch (result) {
            case SendResult.Accepted(String sid) -> report(attemptId, AttemptState.ACCEPTED, sid, null);
            case SendResult.Delivered(String sid) -> report(attemptId, AttemptState.DELIVERED, sid, null);
            case SendResult.Refused(int code, String message) -> {
                // Its words hold phone numbers; they stand with the attempt only.
                LOG.warn("The provider refused attempt={} code={}", attemptId, code);
                report(attemptId, AttemptState.FAILED, null, code + " " + message);
            }
            case SendResult.TooOften(int code, String message) -> {
                LOG.warn("The provider is asked too often attempt={} code={}", attemptId, code);
                report(attemptId, AttemptState.FAILED, null, code + " " + message);
            }
            case SendResult.Unknown(String reason) -> {
                LOG.warn("The provider gave no answer attempt={} reason=\"{}\"", attemptId, reason);
                report(attemptId, AttemptState.FAILED, null, reason);
            }
        }
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
        record Noted(Attempts.Reported reported, boolean isToBeCancelled) {}
        Noted noted = transactions.run(connection -> {
            Instant now = clock.instant();
            Attempts.Reported reported = Attempts.report(connection, attemptId, next, sid, error, report, now);
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
        threads.execute(() -> calls.cancel(sid));
    }

    @PreDestroy
    void close() throws InterruptedException {
        closed = true;
        lineHasGrown.release();
        // It is not torn from a call that it has just taken out of the line.
        if (caller.isAlive() && !caller.join(LAST_WORDS)) {
            caller.interrupt();
        }
        textThreads.shutdown();
        threads.shutdown();
        if (!threads.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("Some texts or calls were still on their way");
        }
    }
}
