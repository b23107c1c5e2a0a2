package kr.dolbom.risk.silence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
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
        assertTrue(night.deadline().isAfter(at(32, 7, 30)), "deadline " + night.deadline());
        assertEquals(9, night.usuallyWithin().toHours(), "up at seven");
    }

    @Test
    void aTimeInWhichNobodyCouldBeSeenIsNoSilenceHoweverAliveTheDeviceWas() throws IOException {
        SilenceSeries series = clockwork(new Population(), 31, 11, 0);
        series.blind(at(31, 11, 30), at(31, 13, 30));
        series.alive(at(31, 11, 0), at(31, 15, 0));
        assertEquals(at(31, 17, 0), series.find(at(31, 15, 0)).orElseThrow().deadline(), "the floor and two hours");
        var bytes = new ByteArrayOutputStream();
        series.write(new DataOutputStream(bytes));
        var kept = new SilenceSeries(SEOUL, new Population(), Limits.MEASURED);
        kept.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertEquals(at(31, 17, 0), kept.find(at(31, 15, 0)).orElseThrow().deadline());

        series.notBlind(at(31, 12, 30), at(31, 13, 30));
        assertEquals(at(31, 16, 0), series.find(at(31, 15, 0)).orElseThrow().deadline());

        var anew = new SilenceSeries(SEOUL, new Population(), Limits.MEASURED);
        anew.takeOverSilence(series);
        Silence silence = anew.find(at(31, 15, 0)).orElseThrow();
        assertEquals(Duration.ofHours(3), silence.watched(), "whoever is learnt anew is as silent as before");
        assertEquals(0, silence.daysKnown());
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
    void anOverdueSilenceThatTheResidentEndsRaisesTheThresholdAtMostTwice() {
        SilenceSeries series = clockwork(new Population(), 40, 7, 0);
        double known = threshold(series, at(40, 7, 0));
        endSilence(series, at(40, 12, 10));
        double once = threshold(series, at(40, 13, 0));
        series.wasFalse();
        double twice = threshold(series, at(40, 13, 0));

        assertEquals(2.5, once - known, 1e-6);
        assertEquals(0.5, twice - once, 1e-6, "3 at most");
    }

    @Test
    void theFirstRobotOfATownAlarmsByItsFourthDayOnTheSameDayAndNotAtNight() {
        SilenceSeries morning = robotAlone(at(4, 11, 0));
        Silence silence = morning.find(at(4, 11, 0)).orElseThrow();
        assertTrue(silence.mayBeOut(), "nothing watches the exits");
        assertFalse(silence.deadline().isBefore(at(4, 16, 0)), "five hours, as a robot hears little");
        assertFalse(silence.deadline().isAfter(at(4, 20, 0)), "deadline " + silence.deadline());
        assertFalse(silence.checkInAt().isAfter(silence.deadline()));

        SilenceSeries evening = robotAlone(at(4, 22, 0));
        assertTrue(evening.find(at(4, 22, 0)).orElseThrow().deadline().isAfter(at(5, 9, 0)), "a night's sleep");
    }

    @Test
    void aFalseAlertWhereNothingWatchesTheExitsPutsTheNextOffByLess() {
        SilenceSeries robot = robotAlone(at(4, 11, 0));
        SilenceSeries warned = robotAlone(at(4, 11, 0));
        warned.wasFalse();
        SilenceSeries watched = robotAlone(at(4, 11, 0));
        watched.goesOut(at(4, 11, 0));
        Instant before = watched.find(at(4, 11, 0)).orElseThrow().deadline();
        watched.wasFalse();

        Duration little = Duration.between(deadline(robot), deadline(warned));
        Duration much = Duration.between(before, deadline(watched));
        assertTrue(little.isPositive() && much.compareTo(little) > 0, little + " against " + much);
    }

    private static Instant deadline(SilenceSeries series) {
        return series.find(at(4, 11, 0)).orElseThrow().deadline();
    }

    /// A robot in the lounge, the only one of its town, that notices its resident some thirty times a day
    /// between 07:00 and 22:00; alive and noticing until this time.
    private static SilenceSeries robotAlone(Instant last) {
        var series = new SilenceSeries(SEOUL, new Population(), Limits.MEASURED);
        var dice = new SplittableRandom(20260301);
        for (Instant now = at(1, 0, 0); now.isBefore(last); now = now.plus(Duration.ofMinutes(10))) {
            series.alive(now, now);
            int hour = now.atZone(SEOUL).getHour();
            if (hour >= 7 && hour < 22 && dice.nextInt(3) == 0) {
                series.seen(now, Room.LOUNGE);
            }
        }
        series.seen(last, Room.LOUNGE);
        return series;
    }

    private static double threshold(SilenceSeries series, Instant now) {
        return series.find(now).orElseThrow().threshold();
    }

    /// The resident is seen again, and every ten minutes for the rest of the hour, so that signs are not
    /// sparse.
    private static void endSilence(SilenceSeries series, Instant end) {
        series.alive(end.minus(Duration.ofHours(6)), end);
        assertTrue(series.find(end).orElseThrow().isOverdue());
        for (int minute = 0; minute <= 50; minute += 10) {
            series.seen(end.plus(Duration.ofMinutes(minute)), Room.LOUNGE);
        }
    }

    @Test
    void afterAnExitDoorTheResidentMayBeOutAndTheDeadlineUpToADayAway() {
        SilenceSeries series = clockwork(new Population(), 10, 11, 0);
        assertFalse(series.find(at(10, 11, 0)).orElseThrow().mayBeOut());
        series.seen(at(10, 11, 5), Room.FRONT_DOOR);
        Silence out = series.find(at(10, 11, 5)).orElseThrow();

        assertEquals(Context.FRONT_DOOR, out.context());
        assertTrue(out.mayBeOut());
        assertFalse(out.deadline().isAfter(at(11, 11, 5)));
    }

    @Test
    void whereNoExitIsWatchedAnySilenceMayBeAnOuting() {
        var series = new SilenceSeries(SEOUL, new Population(), Limits.MEASURED);
        series.seen(at(1, 11, 0), Room.LOUNGE);
        assertTrue(series.find(at(1, 11, 0)).orElseThrow().mayBeOut());

        series.seen(at(1, 12, 0), Room.FRONT_DOOR);
        series.seen(at(1, 12, 20), Room.LOUNGE);
        assertFalse(series.find(at(1, 12, 20)).orElseThrow().mayBeOut());
    }

    @Test
    void aLoneSignDoesNotEndALongSilenceButTwoRoomsDo() {
        SilenceSeries series = clockwork(new Population(), 10, 9, 0);
        series.alive(at(10, 9, 0), at(11, 3, 0));

        assertFalse(series.seen(at(11, 0, 30), Room.HALLWAY), "a stray");
        assertFalse(series.seen(at(11, 2, 0), Room.HALLWAY), "another, more than an hour later");
        assertEquals(at(10, 9, 0), series.find(at(11, 2, 0)).orElseThrow().lastSeen());

        assertTrue(series.seen(at(11, 2, 10), Room.BATHROOM));
        assertEquals(at(11, 2, 10), series.find(at(11, 2, 10)).orElseThrow().lastSeen());
    }

    @Test
    void wordsEndALongSilenceAtOnce() {
        SilenceSeries series = clockwork(new Population(), 10, 9, 0);
        series.alive(at(10, 9, 0), at(11, 3, 0));

        assertTrue(series.seen(at(11, 0, 30), null));
    }

    @Test
    void aBlindTimeMakesNoSignDoubtful() {
        SilenceSeries series = clockwork(new Population(), 10, 9, 0);

        assertTrue(series.seen(at(11, 0, 30), Room.HALLWAY), "fifteen hours, but unheard");
    }

    @Test
    void whatIsWrittenAndReadAgainGoesOnAsIfNothingHadBeen() throws IOException {
        var town = new Population();
        SilenceSeries series = clockwork(town, 20, 11, 0);
        series.alive(at(20, 12, 0), at(20, 12, 0)); // leaves a blind time
        var bytes = new ByteArrayOutputStream();
        series.write(new DataOutputStream(bytes));
        assertTrue(bytes.size() < 8192, bytes.size() + " bytes");

        var read = new SilenceSeries(SEOUL, new Population(), Limits.MEASURED);
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        var again = new ByteArrayOutputStream();
        read.write(new DataOutputStream(again));

        assertArrayEquals(bytes.toByteArray(), again.toByteArray());
        for (SilenceSeries one : new SilenceSeries[] {series, read}) {
            one.seen(at(20, 13, 0), Room.KITCHEN);
            one.alive(at(20, 13, 0), at(20, 19, 0));
        }
        assertEquals(series.find(at(20, 19, 0)), read.find(at(20, 19, 0)));
    }

    @Test
    void aSnapshotOfAnotherVersionIsRefused() {
        var read = new SilenceSeries(SEOUL, new Population(), Limits.MEASURED);
        var in = new DataInputStream(new ByteArrayInputStream(new byte[] {99}));

        String message = String.valueOf(
                assertThrows(IOException.class, () -> read.read(in)).getMessage());
        assertTrue(message.contains("version 99"), message);
    }

    @Test
    void nothingIsDueBeforeTheEarliestMoment() {
        SilenceSeries series = clockwork(new Population(), 31, 22, 0);
        Silence silence = series.find(at(31, 22, 0)).orElseThrow();

        assertEquals(at(32, 1, 0).getEpochSecond(), series.findEarliest());
        assertFalse(silence.checkInAt().getEpochSecond() < series.findEarliest());
        assertFalse(silence.checkInAt().isAfter(silence.deadline()));
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
        assertTrue(townSurprise > 1.5 * loneSurprise, townSurprise + " against " + loneSurprise);
    }

    /// In the lounge or the kitchen every 20 minutes from 07:00 to 22:00, at ten at the door, then to
    /// bed; from day 1 until the given time, inclusive.
    private static SilenceSeries clockwork(Population population, int day, int hour, int minute) {
        var series = new SilenceSeries(SEOUL, population, Limits.MEASURED);
        Instant last = at(day, hour, minute);
        for (Instant now = at(1, 0, 0); !now.isAfter(last); now = now.plus(Duration.ofMinutes(20))) {
            series.alive(now, now);
            int minuteOfDay =
                    now.atZone(SEOUL).getHour() * 60 + now.atZone(SEOUL).getMinute();
            if (minuteOfDay >= 7 * 60 && minuteOfDay <= 22 * 60) {
                series.seen(now, roomAt(minuteOfDay));
            }
        }
        return series;
    }

    private static Room roomAt(int minuteOfDay) {
        return switch (minuteOfDay) {
            case 10 * 60 -> Room.FRONT_DOOR;
            case 22 * 60 -> Room.BEDROOM;
            default -> minuteOfDay % 60 == 20 ? Room.KITCHEN : Room.LOUNGE;
        };
    }

    private static Instant at(int day, int hour, int minute) {
        return OffsetDateTime.of(2026, 3, 1, hour, 0, 0, 0, ZoneOffset.ofHours(9))
                .plusDays(day - 1L)
                .plusMinutes(minute)
                .toInstant();
    }
}
