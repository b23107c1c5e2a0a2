package kr.dolbom.contract.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimelinessTest {
    private static final Instant RECEIPT = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration A_MOMENT = Duration.ofNanos(1);

    @Test
    void aClockMayRunAheadByFiveMinutes() {
        assertEquals(Timeliness.ON_TIME, judge(Duration.ofMinutes(5)));
        assertEquals(Timeliness.CLOCK_WRONG, judge(Duration.ofMinutes(5).plus(A_MOMENT)));
    }

    @Test
    void aMessageMayBeBufferedForSeventyTwoHours() {
        assertEquals(Timeliness.ON_TIME, judge(Duration.ofDays(-3)));
        assertEquals(Timeliness.LATE, judge(Duration.ofDays(-3).minus(A_MOMENT)));
    }

    @Test
    void nothingIsOlderThanALeapYear() {
        assertEquals(Timeliness.LATE, judge(Duration.ofDays(-366)));
        assertEquals(Timeliness.CLOCK_WRONG, judge(Duration.ofDays(-366).minus(A_MOMENT)));
    }

    @Test
    void nowIsOnTime() {
        assertEquals(Timeliness.ON_TIME, judge(Duration.ZERO));
    }

    private static Timeliness judge(Duration fromReceipt) {
        return Timeliness.of(RECEIPT.plus(fromReceipt), RECEIPT);
    }
}
