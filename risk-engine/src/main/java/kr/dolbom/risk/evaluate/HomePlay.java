package kr.dolbom.risk.evaluate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.resident.HomeGroups;
import kr.dolbom.risk.sight.Sight;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.watch.Rehearsal;

/// One home before the whole engine, all families together, on a simulated clock: each message is applied
/// when it is sent, and the resident is looked at whenever the engine says so.
final class HomePlay {
    private static final long NEVER = Long.MAX_VALUE;

    private final Rehearsal engine;
    private final Messages messages;
    private final Alerts alerts = new Alerts();
    private final List<Outcome> outcomes = new ArrayList<>();
    private long nextLook = NEVER;

    HomePlay(Rehearsal engine, Messages messages) {
        this.engine = engine;
        this.messages = messages;
    }

    /// A home that stands alone, with nobody's silence to share.
    static HomePlay alone(int residentNo, Population others, Messages messages) {
        return new HomePlay(new Rehearsal(residentNo, others, Sight.of(List.of(groups(residentNo)))), messages);
    }

    /// A district of its own: nobody knows where the recorded homes lie.
    static HomeGroups groups(int residentNo) {
        return new HomeGroups(residentNo, 1, Integer.toString(residentNo), null, 1);
    }

    /// Another future of the same resident.
    HomePlay branch(int residentNo, Population others, Messages future) {
        HomePlay other = alone(residentNo, others, future);
        other.engine.read(engine.write());
        other.nextLook = nextLook;
        return other;
    }

    /// Lives up to a moment, excluded.
    void playUntil(long end) {
        while (Math.min(messages.nextAt(), nextLook) < end) {
            if (nextLook <= messages.nextAt()) {
                look(nextLook);
            } else {
                long at = messages.nextAt();
                TelemetryRow row = messages.next();
                boolean isDue = engine.apply(row, outcomes);
                alerts.take(at, outcomes);
                outcomes.clear();
                if (isDue || nextLook == NEVER) {
                    look(at);
                }
            }
        }
    }

    /// Looks at the resident.
    void look(long now) {
        nextLook = engine.review(Instant.ofEpochSecond(now), outcomes)
                .map(next -> Math.max(now + 1, next.getNano() == 0 ? next.getEpochSecond() : next.getEpochSecond() + 1))
                .orElse(NEVER);
        alerts.take(now, outcomes);
        outcomes.clear();
    }

    Alerts alerts() {
        return alerts;
    }
}
