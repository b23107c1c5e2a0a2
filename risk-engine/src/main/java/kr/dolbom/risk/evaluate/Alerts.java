package kr.dolbom.risk.evaluate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Finding;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Tier;

/// The alerts of one resident, by the rules of the alert book: one open alert of a family, raised again
/// only to a higher tier, and an episode never twice. A caseworker is taken to close an alert within a
/// day.
final class Alerts {
    private static final long CLOSED_AFTER = 86_400;

    private final List<Alert> raised = new ArrayList<>();
    private final Map<Family, Alert> open = new EnumMap<>(Family.class);
    private final Set<String> episodes = new HashSet<>();

    /// That an alert was raised, or reached this tier.
    ///
    /// @param at when, by the home's clock
    record Alert(long at, Family family, Tier tier) {
        /// Whether it is about the person, and not about the device.
        boolean isAboutPerson() {
            return family != Family.DEVICE && family != Family.DEVICE_HEALTH;
        }
    }

    /// Takes what came of a look.
    void take(long now, List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Raise raise -> raise(now, raise.finding());
                case Outcome.Retract retract -> open.remove(retract.family());
                case Outcome.Keep _,
                        Outcome.Score _,
                        Outcome.IncidentBegan _,
                        Outcome.IncidentEnded _,
                        Outcome.Gap _,
                        Outcome.GapWithdrawn _ -> {}
            }
        }
    }

    private void raise(long now, Finding finding) {
        Alert before = open.get(finding.family());
        boolean isRaisedAlready = before != null
                && now < before.at() + CLOSED_AFTER
                && before.tier().compareTo(finding.tier()) <= 0;
        if (episodes.add(finding.episode()) && !isRaisedAlready) {
            var alert = new Alert(now, finding.family(), finding.tier());
            open.put(finding.family(), alert);
            raised.add(alert);
        }
    }

    /// All that were raised, in order of time.
    List<Alert> list() {
        return List.copyOf(raised);
    }

    /// Whether a family had one since a moment.
    boolean hasAnySince(Family family, long moment) {
        return raised.stream().anyMatch(alert -> alert.family() == family && alert.at() >= moment);
    }
}
