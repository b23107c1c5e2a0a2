package kr.dolbom.risk.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Every hazard is 1/20, so S(k) = 0.051293·k.
class CourseTest {
    private static final long SEEN = Instant.parse("2026-03-01T02:03:20Z").getEpochSecond();
    private static final BlindTimes NEVER_BLIND = new BlindTimes();

    @Test
    void atHomeTheDeadlineIsTheFirstStepOverTheThreshold() {
        // 38 · 0.051293 = 1.949, 39 · 0.051293 = 2.0004
        assertEquals(390, urgent(course(atHome(2), NEVER_BLIND)));
    }

    @Test
    void theDeadlineIsNeverBeforeTheFloorNorAfterTheCap() {
        assertEquals(4 * 60, urgent(course(atHome(0.1), NEVER_BLIND)));
        assertEquals(16 * 60, urgent(course(atHome(50), NEVER_BLIND)));
        assertEquals(4 * 60, urgent(course(perhapsOut(-20), NEVER_BLIND)));
        assertEquals(24 * 60, urgent(course(perhapsOut(30), NEVER_BLIND)));
    }

    @Test
    void atHomeASurprisingSilenceStillWaitsWhileAFalseAlertWouldCostMore() {
        var cheap = new Start(SEEN, Context.LOUNGE, false, 1, 2, 0, 0, 1);
        var costly = new Start(SEEN, Context.LOUNGE, false, 1, 2, 0, 4, 1);
        int waited = urgent(course(costly, NEVER_BLIND));

        assertEquals(390, urgent(course(cheap, NEVER_BLIND)), "θ decides");
        assertTrue(waited > 390 && waited < 16 * 60, "the harm decides: " + waited + " min");
        assertEquals(16 * 60, urgent(course(new Start(SEEN, Context.LOUNGE, false, 1, 50, 0, 4, 1), NEVER_BLIND)));
    }

    @Test
    void patienceLengthensTheFloorOfWhoMayBeOutAndNeverTheCap() {
        var patient = new Start(SEEN, Context.LOUNGE, true, 1, 0, 0, -20, 1.25);
        assertEquals(5 * 60, urgent(course(patient, NEVER_BLIND)));
        assertEquals(3 * 60, minutes(course(patient, NEVER_BLIND), false), "a question may come as early as ever");
        assertEquals(4 * 60, urgent(course(atHome(0.1), NEVER_BLIND)), "at home it means nothing");

        Limits tight = Limits.MEASURED.withFloor(Duration.ofHours(16)).withLenientCap(Duration.ofHours(16));
        assertEquals(16 * 60, urgent(new Course(patient, even(), tight, NEVER_BLIND, seoul())));
    }

    @Test
    void whereTheResidentMayBeOutTheDeadlineIsLaterTheMoreAFalseAlertCosts() {
        int before = 0;
        for (double caution = 0; caution <= 12; caution++) {
            int urgent = urgent(course(perhapsOut(caution), NEVER_BLIND));
            assertTrue(urgent >= before, "caution " + caution);
            before = urgent;
        }
        assertTrue(before > 4 * 60 && urgent(course(perhapsOut(4), NEVER_BLIND)) < before);
    }

    @Test
    void theQuestionComesBeforeTheAlertButNotBeforeItsFloor() {
        assertEquals(3 * 60, minutes(course(atHome(0.1), NEVER_BLIND), false));
        // 23 · 0.051293 = 1.18, 24 · 0.051293 = 1.231: over 2 − 0.8
        assertEquals(240, minutes(course(atHome(2), NEVER_BLIND), false));
        assertEquals(16 * 60, minutes(course(atHome(50), NEVER_BLIND), false), "with the cap both come at once");
    }

    @Test
    void aMarginMovesTheThreshold() {
        Course later = new Course(atHome(2), even(), Limits.MEASURED.withMargin(1), NEVER_BLIND, seoul());
        // 58 · 0.051293 = 2.975, 59 · 0.051293 = 3.026
        assertEquals(590, urgent(later));
        assertEquals(3, later.threshold(), 1e-9);
    }

    @Test
    void blindTimePutsTheDeadlineOffByItsLength() {
        var blind = new BlindTimes();
        blind.add(at(60), at(120));
        blind.add(at(180), at(240));
        Course course = course(atHome(2), blind);

        assertEquals(390 + 120, urgent(course));
        // Of the first blind hour, 03:03:20 to 04:03:20, six bins have their middle in it, from 03:05 to 03:55.
        assertEquals(5, course.at(at(50)));
        assertEquals(5, course.at(at(110)));
        assertEquals(6, course.at(at(120)));
        assertEquals(7, course.at(at(130)));
    }

    @Test
    void whateverTheHabitsSurpriseAndRatioNeverFallAndTheDeadlineKeepsItsBounds() {
        var random = new Random(7);
        List<Context> contexts = List.of(Context.values());
        for (int round = 0; round < 300; round++) {
            var town = new Population();
            var own = new Counts();
            for (int i = 0; i < Counts.SIZE; i++) {
                own.add(i, random.nextFloat() * 50, false, town);
                own.add(i, random.nextFloat() * 5, true, town);
            }
            boolean mayBeOut = random.nextBoolean();
            Context context = contexts.get(random.nextInt(Counts.CONTEXTS));
            double threshold = 3 + random.nextDouble() * 10;
            var start = new Start(SEEN, context, mayBeOut, 0.5 + random.nextDouble(), threshold, 0, threshold, 1.25);
            var course = new Course(start, new Hazards(own, town), Limits.MEASURED, NEVER_BLIND, seoul());
            for (int k = 1; k <= Course.MOST_STEPS; k++) {
                assertTrue(course.surprise(k) > course.surprise(k - 1));
                assertTrue(course.ratio(k) >= course.ratio(k - 1));
                assertEquals(k >= course.urgent(), course.ratio(k) >= 1);
            }
            int urgent = urgent(course);
            assertTrue(urgent >= 4 * 60 && urgent <= (mayBeOut ? 24 : 16) * 60, "urgent after " + urgent + " min");
            assertTrue(course.checkIn() <= course.urgent());
        }
    }

    private static Start atHome(double threshold) {
        return new Start(SEEN, Context.LOUNGE, false, 1, threshold, 0, -20, 1.25);
    }

    private static Start perhapsOut(double caution) {
        return new Start(SEEN, Context.FRONT_DOOR, true, 1, 0, 0, caution, 1);
    }

    private static Course course(Start start, BlindTimes blind) {
        return new Course(start, even(), Limits.MEASURED, blind, seoul());
    }

    private static Hazards even() {
        return new Hazards(new Counts(), new Population(Prior.even(0.05)));
    }

    private static LocalHours seoul() {
        return new LocalHours(ZoneId.of("Asia/Seoul"));
    }

    private static int urgent(Course course) {
        return minutes(course, true);
    }

    private static int minutes(Course course, boolean isUrgent) {
        return (int) Duration.ofSeconds(course.end(isUrgent ? course.urgent() : course.checkIn()) - SEEN)
                .toMinutes();
    }

    private static long at(int minutes) {
        return SEEN + 60L * minutes;
    }
}
