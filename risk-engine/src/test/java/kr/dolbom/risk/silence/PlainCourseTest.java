package kr.dolbom.risk.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The course as it is worked out against its formulas worked out plainly.
class PlainCourseTest {
    private static final double RELATIVE = 1e-9;
    private static final List<Context> CONTEXTS = List.of(Context.values());
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @Test
    void whateverTheHomeTheCourseIsThatOfItsFormulas() {
        var random = new Random(11);
        for (int round = 0; round < 400; round++) {
            Home home = home(random);
            for (int k = 0; k <= Course.MOST_STEPS; k += 1 + random.nextInt(20)) {
                // A new one for each question: what was asked before must not matter.
                assertEquals(
                        home.plain.surprise[k], home.course().surprise(k), RELATIVE * (1 + home.plain.surprise[k]));
                assertEquals(home.plain.ratio(k), home.course().ratio(k), RELATIVE * (1 + home.plain.ratio(k)));
                assertEquals(home.plain.end(k), home.course().end(k));
                assertEquals(k >= home.plain.checkIn, home.course().isCheckInBy(k), "check-in by " + k);
                assertEquals(k >= home.plain.urgent, home.course().isUrgentBy(k), "urgent by " + k);
            }
            Course course = home.course();
            assertEquals(home.plain.urgent, course.urgent());
            assertEquals(home.plain.checkIn, course.checkIn());
        }
    }

    @Test
    void whoWaitsForEachNextChangeMissesNone() {
        var random = new Random(12);
        for (int round = 0; round < 200; round++) {
            Home home = home(random);
            double wanted = random.nextInt(5, 101) / 75.0;
            int first = 0;
            while (first < Course.MOST_STEPS && !isReached(home.plain, first, wanted)) {
                first++;
            }
            int k = 0;
            while (k < first) {
                int next = home.course().nextChange(k, wanted);
                assertEquals(true, next > k && next <= first, "from %d to %d, past %d".formatted(k, next, first));
                k = next;
            }
        }
    }

    private static boolean isReached(PlainCourse plain, int k, double ratio) {
        return plain.ratio(k) >= ratio || k >= plain.checkIn || k >= plain.urgent;
    }

    /// A home with habits in a town, and a silence in it.
    private static final class Home {
        private final Counts own;
        private final Population town;
        private final Start start;
        private final Limits limits;
        private final BlindTimes blind;
        private final PlainCourse plain;

        Home(Counts own, Population town, Start start, Limits limits, BlindTimes blind) {
            this.own = own;
            this.town = town;
            this.start = start;
            this.limits = limits;
            this.blind = blind;
            this.plain = new PlainCourse(start, own, town, limits, blind, new LocalHours(SEOUL));
        }

        Course course() {
            return new Course(start, new Hazards(own, town), limits, blind, new LocalHours(SEOUL));
        }
    }

    private static Home home(Random random) {
        var town = new Population();
        var own = new Counts();
        var others = new Counts();
        float share = random.nextFloat() * 0.4f;
        for (int i = 0; i < Counts.SIZE; i++) {
            if (random.nextInt(4) > 0) {
                own.add(i, random.nextFloat() * 50, false, town);
                own.add(i, random.nextFloat() * 50 * share, true, town);
            }
            others.add(i, random.nextFloat() * 300, false, town);
            others.add(i, random.nextFloat() * 300 * share, true, town);
        }
        long seen = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond() + random.nextInt(86_400);
        var blind = new BlindTimes();
        for (long at = seen; random.nextInt(3) > 0; ) {
            long from = at + random.nextInt(30_000);
            at = from + random.nextInt(10_000);
            blind.add(from, at);
        }
        Duration floor = Duration.ofMinutes(random.nextLong(180, 400));
        Limits limits = Limits.MEASURED
                .withLenientCap(Duration.ofHours(random.nextLong(16, 25)))
                .withFloor(floor)
                .withMargin(random.nextDouble() * 4 - 1.5);
        var start = new Start(
                seen,
                CONTEXTS.get(random.nextInt(Counts.CONTEXTS)),
                random.nextBoolean(),
                0.5 + random.nextDouble(),
                3 + random.nextDouble() * 10,
                random.nextDouble() * 4 - 2,
                random.nextDouble() * 9,
                1 + random.nextDouble() / 2);
        return new Home(own, town, start, limits, blind);
    }
}
