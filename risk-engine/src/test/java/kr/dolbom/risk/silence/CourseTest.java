package kr.dolbom.risk.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// With no counts every hazard is 1/20, so S(k) = 0.051293·k.
class CourseTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Instant SEEN = Instant.parse("2026-03-01T02:03:20Z");
    private static final Hazards EVEN = Hazards.of(new Counts(), new double[Counts.SIZE], new double[Counts.SIZE]);

    @Test
    void theDeadlineIsTheFirstStepOverTheThreshold() {
        // 38 · 0.051293 = 1.949, 39 · 0.051293 = 2.0004
        assertEquals(SEEN.plus(Duration.ofMinutes(390)), deadline(EVEN, Context.LOUNGE, 2, List.of()));
    }

    @Test
    void theDeadlineIsNeverBeforeTheFloorNorAfterTheCap() {
        assertEquals(SEEN.plus(Duration.ofHours(4)), deadline(EVEN, Context.LOUNGE, 0.1, List.of()));
        assertEquals(SEEN.plus(Duration.ofHours(16)), deadline(EVEN, Context.LOUNGE, 50, List.of()));
        assertEquals(SEEN.plus(Duration.ofHours(24)), deadline(EVEN, Context.FRONT_DOOR, 50, List.of()));
        assertEquals(SEEN.plus(Duration.ofHours(24)), deadline(EVEN, Context.SPARSE, 50, List.of()));
    }

    @Test
    void blindTimePutsTheDeadlineOffByItsLength() {
        var blind = List.of(new BlindTimes.Span(at(60), at(120)), new BlindTimes.Span(at(180), at(240)));
        assertEquals(SEEN.plus(Duration.ofMinutes(390 + 120)), deadline(EVEN, Context.LOUNGE, 2, blind));
        Course course = course(EVEN, Context.LOUNGE, 2, blind);
        // Of the first blind hour, 03:03:20 to 04:03:20, six bins have their middle in it, from 03:05 to 03:55.
        assertEquals(5, course.at(at(50)).k());
        assertEquals(5, course.at(at(110)).k());
        assertEquals(6, course.at(at(120)).k());
        assertEquals(7, course.at(at(130)).k());
    }

    @Test
    void whateverTheHabitsSurpriseAndRatioNeverFallAndTheDeadlineKeepsItsBounds() {
        var random = new Random(7);
        var contexts = List.of(Context.values());
        for (int round = 0; round < 300; round++) {
            var own = new Counts();
            for (int i = 0; i < Counts.SIZE; i++) {
                own.trials[i] = random.nextFloat() * 50;
                own.seen[i] = own.trials[i] * random.nextFloat() * random.nextFloat();
            }
            Hazards hazards = Hazards.of(own, new double[Counts.SIZE], new double[Counts.SIZE]);
            Context context = contexts.get(random.nextInt(contexts.size()));
            Course course = course(hazards, context, 3 + random.nextDouble() * 10, List.of());
            Course.Step before = course.at(SEEN);
            for (int k = 1; k <= 200; k++) {
                Course.Step step = course.at(at(k * 10));
                assertEquals(k, step.k());
                assertTrue(step.surprise() > before.surprise());
                assertTrue(step.ratio() >= before.ratio());
                before = step;
            }
            Duration until = Duration.between(SEEN, course.deadline().end());
            assertTrue(until.toHours() >= 4 && until.compareTo(Duration.ofHours(context.isLenient() ? 24 : 16)) <= 0);
        }
    }

    private static Instant at(int minutes) {
        return SEEN.plus(Duration.ofMinutes(minutes));
    }

    private static Instant deadline(Hazards hazards, Context context, double threshold, List<BlindTimes.Span> blind) {
        return course(hazards, context, threshold, blind).deadline().end();
    }

    private static Course course(Hazards hazards, Context context, double threshold, List<BlindTimes.Span> blind) {
        return new Course(hazards, SEEN, context, threshold, Limits.MEASURED, blind, SEOUL);
    }
}
