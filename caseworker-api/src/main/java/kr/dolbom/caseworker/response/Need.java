package kr.dolbom.caseworker.response;

import java.sql.Connection;
import java.time.Instant;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.Attempts;

/// Whether a text or a call is needed any more.
final class Need {
    private Need() {}

    /// Whether its own alert, or one that it tells of as well, still needs it.
    static boolean isFor(Connection connection, Attempt attempt) {
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
}
