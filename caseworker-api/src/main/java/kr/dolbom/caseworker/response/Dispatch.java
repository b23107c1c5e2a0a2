package kr.dolbom.caseworker.response;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.AlimTalks;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Attempts;
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

/// Sends texts and calls, each once and on a thread of its own, and notes what the provider said. Safe for use by many
/// threads.
@Singleton
public final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    /// How long is waited, at least, before the second and the third request for something that surely was not sent.
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(250), Duration.ofMillis(750));

    private static final long LAST_WORDS_SECONDS = 10;

    private final Transactions transactions;
    private final Texts texts;
    private final Calls calls;
    private final AlimTalks alimTalks;
    private final Pushes pushes;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Dispatch(Transactions transactions, Texts texts, Calls calls, AlimTalks alimTalks, Pushes pushes, Clock clock) {
        this.transactions = transactions;
        this.texts = texts;
        this.calls = calls;
        this.alimTalks = alimTalks;
        this.pushes = pushes;
        this.clock = clock;
    }

    /// Sends one thing whose attempt is committed, unless somebody has its alert by now, then has the alert looked at
    /// again.
    public void send(Outgoing outgoing, Consumer<UUID> afterwards) {
        threads.execute(() -> {
            try {
                afterwards.accept(sendAndNote(outgoing).alertId());
            } catch (RuntimeException e) {
                // The step's timer and the provider's own reports, which name the attempt, go on without us.
                LOG.error("What became of a text or a call could not be noted message={}", outgoing, e);
            }
        });
    }

    private Attempt sendAndNote(Outgoing outgoing) {
        UUID attemptId = outgoing.attemptId();
        for (Duration pause : PAUSES) {
            if (!isWanted(attemptId)) {
                return report(attemptId, AttemptState.CANCELED, null, null);
            }
            SendResult result = request(outgoing);
            if (!(result instanceof SendResult.TooOften(int code, String _))) {
                return note(attemptId, result);
            }
            LOG.warn("The provider is asked too often; it is asked again attempt={} code={}", attemptId, code);
            rest(pause);
        }
        return isWanted(attemptId)
                ? note(attemptId, request(outgoing))
                : report(attemptId, AttemptState.CANCELED, null, null);
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
                .filter(attempt -> isWanted(connection, attempt))
                .isPresent());
    }

    /// Whether its own alert, or one that it tells of as well, still needs it.
    private static boolean isWanted(Connection connection, Attempt attempt) {
        return needs(connection, attempt)
                || Attempts.listBundle(connection, attempt.attemptId()).stream()
                        .anyMatch(bundled -> needs(connection, bundled));
    }

    private static boolean needs(Connection connection, Attempt attempt) {
        return AlertStore.find(connection, attempt.alertId(), null)
                .filter(Alert::isOpen)
                .filter(alert -> {
                    boolean isOwn = attempt.person().equals(alert.acknowledgedBy());
                    return switch (attempt.purpose()) {
                        case ALERT -> alert.acknowledgedBy() == null;
                        case REMINDER -> isOwn && !isSaidSince(alert, attempt.startedAt());
                        case NOTICE -> isOwn;
                        case HAND_OVER -> alert.acknowledgedBy() != null && !isOwn;
                    };
                })
                .isPresent();
    }

    private static boolean isSaidSince(Alert alert, Instant moment) {
        Instant confirmedAt = alert.confirmedAt();
        return confirmedAt != null && !confirmedAt.isBefore(moment);
    }

    private Attempt note(UUID attemptId, SendResult result) {
        return switch (result) {
            case SendResult.Accepted(String sid) -> report(attemptId, AttemptState.ACCEPTED, sid, null);
            case SendResult.Delivered(String sid) -> report(attemptId, AttemptState.DELIVERED, sid, null);
            case SendResult.Refused(int code, String message) -> {
                // Its words hold phone numbers; they stand with the attempt only.
                LOG.warn("The provider refused attempt={} code={}", attemptId, code);
                yield report(attemptId, AttemptState.FAILED, null, code + " " + message);
            }
            case SendResult.TooOften(int code, String message) -> {
                LOG.warn("The provider is asked too often attempt={} code={}", attemptId, code);
                yield report(attemptId, AttemptState.FAILED, null, code + " " + message);
            }
            case SendResult.Unknown(String reason) -> {
                LOG.warn("The provider gave no answer attempt={} reason=\"{}\"", attemptId, reason);
                yield report(attemptId, AttemptState.FAILED, null, reason);
            }
        };
    }

    /// Notes a report about an attempt, and takes the call back when its alert needs it no more: it may have been on
    /// its
    /// way while somebody else acknowledged.
    ///
    /// @param sid the provider's name for the attempt; null when unknown
    /// @param error what went wrong; null for nothing
    /// @return the attempt as it stands afterwards
    public Attempt report(UUID attemptId, AttemptState next, @Nullable String sid, @Nullable String error) {
        return report(attemptId, next, sid, error, null);
    }

    /// The same with what the provider said in its own words.
    ///
    /// @param report null when the provider said nothing
    public Attempt report(
            UUID attemptId,
            AttemptState next,
            @Nullable String sid,
            @Nullable String error,
            @Nullable ProviderReport report) {
        record Reported(Attempt attempt, boolean isWanted) {}
        Reported reported = transactions.run(connection -> {
            Instant now = clock.instant();
            Attempt attempt = Attempts.report(connection, attemptId, next, sid, error, report, now);
            if (attempt.state() == next) {
                PhoneTroubles.learn(connection, attempt, now);
            }
            return new Reported(attempt, isWanted(connection, attempt));
        });
        if (!reported.isWanted()) {
            cancel(reported.attempt());
        }
        return reported.attempt();
    }

    /// Takes the calls of an alert back that nobody has answered yet and that no other alert needs.
    public void cancelCalls(UUID alertId) {
        transactions
                .run(connection -> Attempts.list(connection, alertId).stream()
                        .map(attempt -> {
                            UUID lead = attempt.bundleOf();
                            return lead == null
                                    ? attempt
                                    : Attempts.find(connection, lead).orElseThrow();
                        })
                        .filter(attempt -> !isWanted(connection, attempt))
                        .toList())
                .forEach(this::cancel);
    }

    private void cancel(Attempt attempt) {
        String sid = attempt.sid();
        if (attempt.channel() == Channel.VOICE && attempt.state().isPending() && sid != null) {
            threads.execute(() -> calls.cancel(sid));
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("Some texts or calls were still on their way");
        }
    }
}
