package kr.dolbom.caseworker.response;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Purpose;

/// Whether a text or a call is needed any more.
final class Need {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private Need() {}

    /// Whether its own alert, or one that it tells of as well, still needs it.
    static boolean isFor(Connection connection, Attempt attempt) {
        return needs(connection, attempt)
                || Attempts.listBundle(connection, attempt.attemptId()).stream()
                        .anyMatch(bundled -> needs(connection, bundled));
    }

    /// Until when one is held that is needed but has waited into the quiet hours, as after an outage, or into
    /// maintenance; empty for none. A call that tells of anything that is not held as well is not.
    static Optional<Instant> heldUntil(Connection connection, Attempt attempt, Instant now) {
        return Attempts.listBundle(connection, attempt.attemptId()).stream()
                        .allMatch(bundled ->
                                ownHeldUntil(connection, bundled, now).isPresent())
                ? ownHeldUntil(connection, attempt, now)
                : Optional.empty();
    }

    private static Optional<Instant> ownHeldUntil(Connection connection, Attempt attempt, Instant now) {
        if (attempt.purpose() == Purpose.HAND_OVER) {
            return Optional.empty();
        }
        return AlertStore.find(connection, attempt.alertId(), null)
                .flatMap(alert -> quietUntil(connection, attempt, alert, now)
                        .or(() -> Situations.maintainedUntil(connection, alert, now)
                                // It may end before its time.
                                .map(end -> earlier(end, now.plus(LOOK_AGAIN)))));
    }

    private static Optional<Instant> quietUntil(Connection connection, Attempt attempt, Alert alert, Instant now) {
        return attempt.purpose() == Purpose.ALERT ? Situations.quietUntil(connection, alert, now) : Optional.empty();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
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
                        case HAND_OVER -> attempt.isOfferOf(alert);
                    };
                })
                .isPresent();
    }

    private static boolean isSaidSince(Alert alert, Instant moment) {
        Instant confirmedAt = alert.confirmedAt();
        return confirmedAt != null && !confirmedAt.isBefore(moment);
    }
}
