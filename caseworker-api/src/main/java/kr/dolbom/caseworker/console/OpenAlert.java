package kr.dolbom.caseworker.console;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.escalation.Attempt;
import org.jspecify.annotations.Nullable;

/// An open alert with what its row in the list tells.
///
/// @param alert the alert
/// @param officeId the public id of the resident's office
/// @param risk the resident's risk score now, 0 to 100; 0 when there is none
/// @param events what happened so far, oldest first, of the types that a row tells of
/// @param lastCall the latest call for it; null for none
record OpenAlert(
        Alert alert,
        UUID officeId,
        int risk,
        List<AlertEvent> events,
        @Nullable Attempt lastCall) {
    private static final int RISK_STEP = 10;

    /// The order of the list: what nobody has taken, then the tier, then the risk (in steps of ten, as a score of 61 is
    /// no reason to let one of 58 wait), then who waits longest.
    static final Comparator<OpenAlert> ORDER = Comparator.comparing(OpenAlert::isTaken)
            .thenComparing(open -> open.alert().tier())
            .thenComparingInt(open -> -(open.risk() / RISK_STEP))
            .thenComparing(OpenAlert::raisedAt)
            .thenComparing(OpenAlert::alertId);

    UUID alertId() {
        return alert.alertId();
    }

    int officeNo() {
        return alert.office().officeNo();
    }

    boolean isTaken() {
        return alert.acknowledgedBy() != null;
    }

    private Instant raisedAt() {
        return alert.raisedAt();
    }
}
