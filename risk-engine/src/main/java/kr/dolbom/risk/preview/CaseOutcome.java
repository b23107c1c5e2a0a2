package kr.dolbom.risk.preview;

import java.util.UUID;

/// What became of a true case in the replay.
///
/// @param alertId of the recorded alert
/// @param residentId whom it was about
/// @param raisedAt when it was raised, in seconds since the epoch
/// @param verdict what the proposed settings do to it
/// @param hoursLater how much later than with the settings that stand; less than 0 is earlier. A lost case has it too:
///     had nobody come, the alert would have been that much later. NaN where it was not replayed
record CaseOutcome(UUID alertId, UUID residentId, long raisedAt, Verdict verdict, double hoursLater) {
    /// What the proposed settings do to a case.
    enum Verdict {
        /// Found as soon as now.
        SAME("same"),
        /// Found sooner.
        EARLIER("earlier"),
        /// Found, but later.
        LATER("later"),
        /// Found now; with the proposed settings not before the next recorded sign of the resident.
        LOST("lost"),
        /// Not found by the settings that stand, but by the proposed ones.
        GAINED("gained"),
        /// Found by neither.
        MISSED("missed"),
        /// The resident or the alert's silence is not in what is stored.
        NOT_REPLAYED("not-replayed");

        private final String id;

        Verdict(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }

    /// Compares when an alert is raised by either settings.
    ///
    /// @param now when by those that stand, if the silence goes on
    /// @param proposed when by the proposed ones
    /// @param seenAgain when the resident's next sign is recorded
    static CaseOutcome of(Case real, UUID residentId, long now, long proposed, long seenAgain) {
        boolean isFound = now <= seenAgain;
        boolean isFoundThen = proposed <= seenAgain;
        Verdict verdict = isFound
                ? !isFoundThen
                        ? Verdict.LOST
                        : proposed < now ? Verdict.EARLIER : proposed > now ? Verdict.LATER : Verdict.SAME
                : isFoundThen ? Verdict.GAINED : Verdict.MISSED;
        return new CaseOutcome(real.alertId(), residentId, real.raisedAt(), verdict, (proposed - now) / 3600.0);
    }

    static CaseOutcome notReplayed(Case real, UUID residentId) {
        return new CaseOutcome(real.alertId(), residentId, real.raisedAt(), Verdict.NOT_REPLAYED, Double.NaN);
    }
}
