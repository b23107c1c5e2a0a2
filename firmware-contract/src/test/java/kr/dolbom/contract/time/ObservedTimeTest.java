package kr.dolbom.contract.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservedTimeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration RIGHT = Duration.ofSeconds(2);
    private static final Duration SLOW = Duration.ofHours(2);
    private static final Duration FAST = Duration.ofHours(-9);

    @Test
    void aRightClockIsBelieved() {
        assertEquals(asSaid(ago(Duration.ofSeconds(3))), observed(ago(Duration.ofSeconds(3)), RIGHT));
        assertEquals(asSaid(ago(Duration.ofHours(80))), observed(ago(Duration.ofHours(80)), RIGHT));
    }

    @Test
    void fiveMinutesOfOffsetAreLeftAsTheyAre() {
        Instant time = ago(Duration.ofMinutes(5));

        assertEquals(asSaid(time), observed(time, Duration.ofMinutes(5)));
        assertEquals(
                corrected(NOW.plusNanos(1)),
                observed(time, Duration.ofMinutes(5).plusNanos(1)));
    }

    @Test
    void aLiveSosOfASlowClockIsLive() {
        assertEquals(corrected(NOW), sos(ago(Duration.ofHours(2)), SLOW));
    }

    @Test
    void anSosThatARightClockWroteTwoHoursAgoIsOfThen() {
        assertEquals(asSaid(ago(Duration.ofHours(2))), sos(ago(Duration.ofHours(2)), RIGHT));
    }

    @Test
    void aLiveSosOfAWrongYearIsLive() {
        assertEquals(corrected(NOW), sos(YEAR_2000, Duration.between(YEAR_2000, NOW)));
    }

    @Test
    void anSosThatAWrongYearBufferedForTwoHoursIsOfThen() {
        Instant pressed = YEAR_2000.minus(Duration.ofHours(2));

        assertEquals(corrected(ago(Duration.ofHours(2))), sos(pressed, Duration.between(YEAR_2000, NOW)));
    }

    @Test
    void aLiveSosOfAFastClockIsLive() {
        assertEquals(corrected(NOW), sos(NOW.plus(Duration.ofHours(9)), FAST));
    }

    @Test
    void aBirthThatWasAheadByMistakeDoesNotMakeALiveSosLate() {
        assertEquals(asSaid(NOW), sos(NOW, FAST));
    }

    @Test
    void anSosThatLooksLateOfADeviceThatHasNotToldItsTimeIsTakenForLive() {
        assertEquals(corrected(NOW), sos(ago(Duration.ofHours(2)), null));
        assertEquals(asSaid(ago(Duration.ofMinutes(5))), sos(ago(Duration.ofMinutes(5)), null));
    }

    @Test
    void otherMessagesOfADeviceThatHasNotToldItsTimeAreBelievedWhereTheyArePossible() {
        assertEquals(asSaid(ago(Duration.ofHours(2))), observed(ago(Duration.ofHours(2)), null));
        assertEquals(corrected(NOW), observed(YEAR_2000, null));
        assertEquals(corrected(NOW), observed(NOW.plus(Duration.ofHours(9)), null));
    }

    @Test
    void historyThatTheRightClockWroteBeforeTheDeviceLostItsTimeIsBelieved() {
        Instant time = ago(Duration.ofHours(30));

        assertEquals(asSaid(time), observed(time, Duration.between(YEAR_2000, NOW)));
    }

    @Test
    void noTimeIsTooStrange() {
        assertEquals(corrected(NOW), sos(Instant.MIN, Duration.ofSeconds(Long.MAX_VALUE)));
        assertEquals(corrected(NOW), sos(Instant.MAX, Duration.ofSeconds(Long.MAX_VALUE)));
    }

    private static Instant ago(Duration time) {
        return NOW.minus(time);
    }

    private static ObservedTime observed(Instant time, @Nullable Duration offset) {
        return ObservedTime.of(time, NOW, offset, false);
    }

    private static ObservedTime sos(Instant time, @Nullable Duration offset) {
        return ObservedTime.of(time, NOW, offset, true);
    }

    private static ObservedTime asSaid(Instant at) {
        return new ObservedTime(at, false);
    }

    private static ObservedTime corrected(Instant at) {
        return new ObservedTime(at, true);
    }
}
