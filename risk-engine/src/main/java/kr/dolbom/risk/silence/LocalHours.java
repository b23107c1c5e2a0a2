package kr.dolbom.risk.silence;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// Hours and days of a zone. Keeps the offset that was asked for last, and from when until when it
/// holds, so that the next question costs nothing. Not safe for use by several threads.
final class LocalHours {
    private final ZoneRules rules;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private int offset;

    LocalHours(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /// The hour of the day, 0 to 23, in which a bin begins.
    int hour(long bin) {
        return (int) Math.floorMod(Math.floorDiv(local(Bins.start(bin)), 3600L), 24L);
    }

    /// The day since the epoch, by the calendar of the zone.
    long day(long second) {
        return Math.floorDiv(local(second), 86_400L);
    }

    private long local(long second) {
        if (second < from || second >= to) {
            find(second);
        }
        return second + offset;
    }

    private void find(long second) {
        Instant at = Instant.ofEpochSecond(second);
        offset = rules.getOffset(at).getTotalSeconds();
        ZoneOffsetTransition before = rules.previousTransition(at.plusSeconds(1));
        ZoneOffsetTransition after = rules.nextTransition(at);
        from = before == null ? Long.MIN_VALUE : before.toEpochSecond();
        to = after == null ? Long.MAX_VALUE : after.toEpochSecond();
    }
}
