package kr.dolbom.risk.sight;

import org.jspecify.annotations.Nullable;

/// The homes of each bucket of a [FleetPulse] in order of when they were heard, linked through the homes
/// themselves.
final class PulseQueues {
    private final @Nullable PulseHome[] first = new PulseHome[Hearing.BUCKETS];
    private final @Nullable PulseHome[] last = new PulseHome[Hearing.BUCKETS];

    /// Who of a bucket was heard longest ago; null where nobody is in it.
    @Nullable PulseHome first(int bucket) {
        return first[bucket];
    }

    /// Puts a home, whose bucket is set, behind all others of that bucket.
    void add(PulseHome home) {
        PulseHome before = last[home.bucket];
        home.before = before;
        home.after = null;
        if (before == null) {
            first[home.bucket] = home;
        } else {
            before.after = home;
        }
        last[home.bucket] = home;
    }

    void remove(PulseHome home) {
        PulseHome before = home.before;
        PulseHome after = home.after;
        if (before == null) {
            first[home.bucket] = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last[home.bucket] = before;
        } else {
            after.before = before;
        }
    }
}
