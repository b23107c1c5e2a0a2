package kr.dolbom.risk.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import kr.dolbom.contract.telemetry.Room;
import org.junit.jupiter.api.Test;

class SilenceSeriesTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @Test
    void aLifeLikeClockworkHasAShortDeadlineInTheMorningAndALongOneAtNight() {
        SilenceSeries series = clockwork(new Population(), 31, 11, 0);
        Silence morning = series.find(at(31, 11, 0)).orElseThrow();
        assertEquals(at(31, 15, 0), morning.deadline(), "the floor");
        assertEquals(Duration.ofMinutes(20), morning.usuallyWithin());

        Silence night =
                clockwork(new Population(), 31, 22, 0).find(at(31, 22, 0)).orElseThrow();
        assertTrue(night.deadline().isAfter(at(32, 8, 0)), "deadline " + night.deadline());
        assertEquals(9, night.usuallyWithin().toHours(), "up at seven");
    }

    @Test
    void theSameSignsGiveTheSameAnswer() {
        assertEquals(
                clockwork(new Population(), 20, 15, 40).find(at(20, 19, 0)),
                clockwork(new Population(), 20, 15, 40).find(at(20, 19, 0)));
    }

    @Test
    void aSignOlderThanTheLastChangesNothing() {
        SilenceSeries series = clockwork(new Population(), 10, 11, 0);
        var before = series.find(at(10, 12, 0));

        assertFalse(series.seen(at(10, 9, 7), Room.KITCHEN));
        assertEquals(before, series.find(at(10, 12, 0)));
    }

    @Test
    void aSignThatComesLateIsTheLastFromThenOn() {
        SilenceSeries series = clockwork(new Population(), 10, 11, 0);
        series.alive(at(10, 11, 0), at(10, 14, 0));

        assertTrue(series.seen(at(10, 12, 30), Room.KITCHEN));
        Silence silence = series.find(at(10, 14, 0)).orElseThrow();
        assertEquals(at(10, 12, 30), silence.lastSeen());
        assertEquals(Duration.ofMinutes(90), silence.watched());
    }

    @Test
    void blindTimeStandsStillAndIsTakenBackByALateProof() {
        SilenceSeries series = clockwork(new Population(), 10, 11, 0);
        Silence blind = series.find(at(10, 18, 0)).orElseThrow();
        assertEquals(Duration.ofMinutes(30), blind.watched(), "the last message proves half an hour");
        assertFalse(blind.isOverdue());

        series.alive(at(10, 18, 0), at(10, 18, 0));
        assertEquals(
                Duration.ofMinutes(30), series.find(at(10, 18, 0)).orElseThrow().watched());

        series.alive(at(10, 11, 30), at(10, 17, 30));
        Silence proven = series.find(at(10, 18, 0)).orElseThrow();
        assertEquals(Duration.ofHours(7), proven.watched());
        assertTrue(proven.isOverdue());
    }

    @Test
    void historyThatEndsLongBeforeTheFirstMessageLeavesABlindTime() {
        var series = new SilenceSeries(SEOUL, new Population(), Limits.MEASURED);
        Instant birth = at(10, 18, 0);
        series.alive(birth, birth);

        series.seen(at(10, 8, 0), Room.LOUNGE);
        series.alive(at(10, 8, 20), at(10, 8, 20));

        Silence silence = series.find(birth).orElseThrow();
        assertEquals(Duration.ofMinutes(50), silence.watched(), "from 08:00 until half an hour after 08:20");
        assertFalse(silence.isOverdue());
    }

    @Test
    void anOverdueSilenceThatTheResidentEndsRaisesTheThresholdByOneAtMostTwice() {
        SilenceSeries series = clockwork(new Population(), 40, 7, 0);
        double known = threshold(series, at(40, 7, 0));
        endSilence(series, at(40, 11, 10));
        double once = threshold(series, at(40, 12, 0));
        endSilence(series, at(40, 16, 10));
        double twice = threshold(series, at(40, 17, 0));
        endSilence(series, at(40, 21, 10));
        double thrice = threshold(series, at(40, 22, 0));

        assertEquals(1, once - known, 1e-9);
        assertEquals(1, twice - once, 1e-9);
        assertEquals(twice, thrice, 1e-9);
    }

    private static double threshold(SilenceSeries series, Instant now) {
        return series.find(now).orElseThrow().threshold();
    }

    /// The resident is seen again, and every ten minutes for the rest of the hour, so that signs are not sparse.
    private static void endSilence(SilenceSeries series, Instant end) {
        series.alive(end.minus(Duration.ofHours(5)), end);
        assertTrue(series.find(end).orElseThrow().isOverdue());
        for (int minute = 0; minute <= 50; minute += 10) {
            series.seen(end.plus(Duration.ofMinutes(minute)), Room.LOUNGE);
        }
    }

    @Test
    void afterAnExitDoorTheDeadlineMayBeADayAway() {
        SilenceSeries series = clockwork(new Population(), 10, 11, 0);
        double atHome = series.find(at(10, 11, 0)).orElseThrow().threshold();
        series.seen(at(10, 11, 5), Room.FRONT_DOOR);
        Silence out = series.find(at(10, 11, 5)).orElseThrow();

        assertEquals(Context.FRONT_DOOR, out.context());
        assertEquals(1, out.threshold() - atHome, 1e-9);
    }

    @Test
    void whoSaysToGoOutIsTreatedLikeSomebodyAtTheDoor() {
        SilenceSeries series = clockwork(new Population(), 10, 11, 0);
        series.goesOut(at(10, 11, 5));

        assertEquals(
                Context.FRONT_DOOR, series.find(at(10, 11, 5)).orElseThrow().context());
    }

    @Test
    void theFirstSignInALongTimeByDayIsSparse() {
        SilenceSeries series = clockwork(new Population(), 10, 11, 0);
        series.alive(at(10, 11, 0), at(10, 19, 0));
        series.seen(at(10, 19, 0), Room.KITCHEN);

        assertEquals(Context.SPARSE, series.find(at(10, 19, 0)).orElseThrow().context());
    }

    @Test
    void aNewResidentIsJudgedByTheOthers() {
        SilenceSeries alone = new SilenceSeries(SEOUL, new Population(), Limits.MEASURED);
        var town = new Population();
        for (int i = 0; i < 5; i++) {
            clockwork(town, 20, 11, 0);
        }
        SilenceSeries among = new SilenceSeries(SEOUL, town, Limits.MEASURED);
        for (SilenceSeries series : new SilenceSeries[] {alone, among}) {
            for (int minute = 0; minute <= 60; minute += 10) {
                series.seen(at(20, 11, minute), Room.LOUNGE);
            }
            series.alive(at(20, 12, 0), at(20, 13, 0));
        }

        double loneSurprise = alone.find(at(20, 13, 0)).orElseThrow().surprise();
        double townSurprise = among.find(at(20, 13, 0)).orElseThrow().surprise();
        assertEquals(6 * -Math.log(0.95), loneSurprise, 1e-6);
        assertTrue(townSurprise > 2 * loneSurprise, townSurprise + " against " + loneSurprise);
    }

    /// In the lounge every 20 minutes from 07:00 to 22:00, then to bed; from day 1 until the given time, inclusive.
    private static SilenceSeries clockwork(Population population, int day, int hour, int minute) {
        var series = new SilenceSeries(SEOUL, population, Limits.MEASURED);
        Instant last = at(day, hour, minute);
        for (Instant now = at(1, 0, 0); !now.isAfter(last); now = now.plus(Duration.ofMinutes(20))) {
            series.alive(now, now);
            int minuteOfDay =
                    now.atZone(SEOUL).getHour() * 60 + now.atZone(SEOUL).getMinute();
            if (minuteOfDay >= 7 * 60 && minuteOfDay <= 22 * 60) {
                series.seen(now, minuteOfDay == 22 * 60 ? Room.BEDROOM : Room.LOUNGE);
            }
        }
        return series;
    }

    private static Instant at(int day, int hour, int minute) {
        return OffsetDateTime.of(2026, 3, 1, hour, 0, 0, 0, ZoneOffset.ofHours(9))
                .plusDays(day - 1L)
                .plusMinutes(minute)
                .toInstant();
    }
}
