package kr.dolbom.risk.silence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;

/// The course of one silence, step by step: the k-th step ends k · 10 min of watched time after the resident was last
/// seen. Blind bins are left out: the sum stands still in them and goes on after them. Time after now is taken as
/// watched.
///
/// ```
/// S(k)     = Σ −ln(1 − hazard) over the k watched bins since last seen
/// ratio(k) = min(k / floor, max(S(k) / θ, k / cap))
/// ```
///
/// The ratio never falls, and reaches 1 exactly at the deadline: S over the threshold θ, but not before the floor and
/// not after the cap.
///
/// @param hazards the resident's
/// @param lastSeen when
/// @param context where
/// @param threshold θ
/// @param limits floor and caps
/// @param blind in order of time
/// @param zone of the resident's hours
record Course(
        Hazards hazards,
        Instant lastSeen,
        Context context,
        double threshold,
        Limits limits,
        List<BlindTimes.Span> blind,
        ZoneId zone) {

    /// Beyond 40 h every ratio is known to be at its end.
    private static final int MOST_STEPS = 40 * Bins.PER_HOUR;

    /// One step.
    ///
    /// @param k which, from 0
    /// @param surprise S(k)
    /// @param ratio of the way to the deadline
    /// @param end when it ends
    record Step(int k, double surprise, double ratio, Instant end) {
        Duration watched() {
            return Bins.LENGTH.multipliedBy(k);
        }
    }

    /// The first step that fulfils a condition; the last of 40 h where none does.
    Step first(Predicate<Step> condition) {
        var steps = new Steps();
        while (steps.now.k() < MOST_STEPS && !condition.test(steps.now)) {
            steps.now = steps.next();
        }
        return steps.now;
    }

    /// Where the ratio reaches 1.
    Step deadline() {
        return first(step -> step.ratio() >= 1);
    }

    /// The last step that ended by then.
    Step at(Instant now) {
        var steps = new Steps();
        while (steps.now.k() < MOST_STEPS) {
            Step next = steps.next();
            if (next.end().isAfter(now)) {
                break;
            }
            steps.now = next;
        }
        return steps.now;
    }

    private final class Steps {
        private final int floor = Bins.count(limits.floor());
        private final int cap = Bins.count(limits.capOf(context));
        private final Duration offset = Duration.between(Bins.start(Bins.of(lastSeen)), lastSeen);
        private final WatchedBins bins = new WatchedBins(Bins.of(lastSeen), blind);
        private Step now = new Step(0, 0, 0, lastSeen);

        private Step next() {
            long bin = bins.next();
            int k = now.k() + 1;
            double surprise = now.surprise() + hazards.surprise(Bins.hour(bin, zone), context, k);
            double ratio = Math.min((double) k / floor, Math.max(surprise / threshold, (double) k / cap));
            return new Step(k, surprise, ratio, Bins.start(bin).plus(offset));
        }
    }
}
