package kr.dolbom.risk.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.evaluate.HomeFigures.FalseAlert;
import kr.dolbom.risk.silence.Limits;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final long SEED = 1;
    private static final Progress QUIET = new Progress(System.err, false);

    @Test
    void aSilenceThatOutlastsTheTimerIsOneFalseAlertHoweverLong() {
        RecordedHome home = signs(at(1, 8), at(3, 9), at(3, 18), at(5, 18), at(5, 19));

        HomeFigures figures = Replay.play(home, new FixedTimer(Duration.ofHours(12)), Outages.NONE, SEED);

        assertEquals(
                List.of(new FalseAlert(at(4, 6), at(3, 18), at(5, 18))),
                figures.urgent,
                "nine hours are too short, and the first two days do not count");
        assertEquals(1, figures.coldUrgent);
        assertEquals(3, figures.days);
    }

    @Test
    void theDelayOfAnInjectedSilenceCountsFromItsOnset() {
        long[] quarterHours = new long[4 * 24 * 10];
        Arrays.setAll(quarterHours, i -> at(1, 0) + 900L * i + 60);

        HomeFigures figures = Replay.play(signs(quarterHours), new FixedTimer(Duration.ofHours(8)), Outages.NONE, SEED);

        assertEquals(12 * (figures.delays.size() / 12), figures.delays.size(), "whole days, twelve onsets each");
        assertTrue(figures.delays.size() >= 12);
        for (HomeFigures.Delay delay : figures.delays) {
            // the last sign before a full hour is 14 minutes old
            assertEquals(Duration.ofHours(8).minusMinutes(14).toSeconds(), delay.seconds());
            assertEquals(0, Math.floorMod(delay.onset(), 7200L));
        }
    }

    @Test
    void anOutageAlarmsAboutNobodyAndIsNoExposure() {
        RecordedHome home = signs(at(1, 8), at(3, 9), at(3, 12), at(6, 12), at(6, 13));
        var outage = new Outages(List.of(new Outages.Span(at(3, 12), at(3, 12) + 1200, at(6, 12))));

        HomeFigures figures = Replay.play(home, new FixedTimer(Duration.ofHours(12)), outage, SEED);

        assertEquals(List.of(), figures.urgent);
        assertEquals(0, figures.outageAlerts);
        assertEquals(1, figures.days);
    }

    @Test
    void theEngineFindsInjectedSilencesSoonerThanATimerOfTwelveHoursAtNoMoreFalseAlerts() {
        List<RecordedHome> town = Homes.town(8, 25);
        try (var evaluation = new Evaluation(town, Outages.NONE, SEED, QUIET)) {
            evaluation.learn(Limits.MEASURED);
            Summary engine = Summary.of(evaluation.engine("engine", Limits.MEASURED), SEED);
            Summary timer = Summary.of(
                    evaluation.baseline(new Method("fixed", _ -> new FixedTimer(Duration.ofHours(12)))), SEED);

            assertTrue(engine.daytimeMedian() < 6, "median " + engine.daytimeMedian());
            assertTrue(engine.median() < timer.median() - 3);
            assertEquals(0, engine.urgent());
            assertTrue(engine.checkIn() <= 2, "check-ins " + engine.checkIn());
        }
    }

    @Test
    void theSameSeedGivesTheSameFigures() {
        List<RecordedHome> town = Homes.town(3, 20);
        assertEquals(delays(town), delays(town));
    }

    private static List<List<HomeFigures.Delay>> delays(List<RecordedHome> town) {
        try (var evaluation = new Evaluation(town, Outages.NONE, SEED, QUIET)) {
            evaluation.learn(Limits.MEASURED);
            return evaluation.engine("engine", Limits.MEASURED).stream()
                    .map(home -> home.delays)
                    .toList();
        }
    }

    private static RecordedHome signs(long... at) {
        Room[] rooms = new Room[at.length];
        Arrays.fill(rooms, Room.LOUNGE);
        return new RecordedHome("one", at, rooms);
    }

    private static long at(int day, int hour) {
        return Homes.second(day, hour, 0);
    }
}
