package kr.dolbom.caseworker.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ForwardClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Machine machine = new Machine();
    private final ForwardClock clock = new ForwardClock(machine);

    private static final class Machine extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static void assertNear(Instant expected, Instant is) {
        Duration difference = Duration.between(expected, is).abs();
        assertTrue(difference.compareTo(Duration.ofSeconds(30)) < 0, is + " is not near " + expected);
    }

    @Test
    void itFollowsAClockThatIsSetForward() {
        machine.now = NOON.plus(HOUR);

        assertEquals(NOON.plus(HOUR), clock.instant());
    }

    @Test
    void itGoesOnWhereAClockIsSetBackAndReturnsToItWhenThatIsMended() {
        machine.now = NOON.minus(HOUR);
        assertNear(NOON, clock.instant());
        machine.now = NOON;

        assertNear(NOON, clock.instant());
        machine.now = NOON.plus(HOUR);
        assertNear(NOON.plus(HOUR), clock.instant());
    }

    @Test
    void itNeverGoesBackByAHair() {
        Instant before = clock.instant();
        machine.now = NOON.minusMillis(300);

        assertEquals(before, clock.instant());
    }

    @Test
    void itGoesOnFromWhatHasHappenedAlready() {
        clock.passed(NOON.plus(HOUR));

        assertNear(NOON.plus(HOUR), clock.instant());
    }

    @Test
    void aRowThatIsDaysAheadIsNotBelieved() {
        clock.passed(NOON.plus(Duration.ofDays(400)));

        assertNear(NOON, clock.instant());
    }
}
