package kr.dolbom.sim.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.Room;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimelineTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
    private static final int DAYS = 60;
    private static final Instant FROM = FIRST.atStartOfDay(SEOUL).toInstant();
    private static final Instant TO = FIRST.plusDays(DAYS).atStartOfDay(SEOUL).toInstant();

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameLifeFromWhereverItIsRead(Profile profile) {
        List<Happening> whole = life(profile, 7).between(FROM, TO).toList();

        assertEquals(whole, life(profile, 7).between(FROM, TO).toList());
        Instant middle = FROM.plus(Duration.ofHours(500));
        assertEquals(
                whole.stream().filter(h -> !h.at().isBefore(middle)).toList(),
                life(profile, 7).between(middle, TO).toList());
    }

    @Test
    void anotherSeedGivesAnotherLife() {
        assertNotEquals(
                life(Profile.ORDINARY, 1).between(FROM, TO).toList(),
                life(Profile.ORDINARY, 2).between(FROM, TO).toList());
    }

    @ParameterizedTest
    @EnumSource
    void timeNeverStandsOrRunsBackwards(Profile profile) {
        List<Happening> all = life(profile, 11).between(FROM, TO).toList();

        for (int i = 1; i < all.size(); i++) {
            assertTrue(all.get(i).at().isAfter(all.get(i - 1).at()), all.get(i - 1) + " then " + all.get(i));
        }
    }

    /// 100 to 600 a day is what homes with a handful of sensors record.
    @ParameterizedTest
    @EnumSource
    void aDayHasAsManyEventsAsARecordedHome(Profile profile) {
        double mean = meanOfDays(
                profile,
                day -> day.stream()
                        .filter(h -> h instanceof Happening.Moved || h instanceof Happening.DoorUsed)
                        .count());

        assertTrue(mean > 100 && mean < 500, () -> profile + " has " + mean + " events a day");
    }

    @Test
    void aFrailResidentMovesLessThanHalfAsMuchAsAnOrdinaryOne() {
        double frail = meanOfDays(Profile.FRAIL, List::size);
        double ordinary = meanOfDays(Profile.ORDINARY, List::size);

        assertTrue(frail < 0.55 * ordinary, () -> frail + " against " + ordinary);
    }

    @ParameterizedTest
    @EnumSource
    void wakingAndBedtimeLieAroundTheirMeans(Profile profile) {
        Rhythm rhythm = profile.rhythm();

        for (int day = 0; day < DAYS; day++) {
            LocalDate date = FIRST.plusDays(day);
            List<Happening> happenings = Day.of(rhythm, 5, SEOUL, date);
            Instant woke = happenings.getFirst().at();
            Instant toBed = one(happenings, Happening.WentToBed.class).at();

            LocalDate evening = rhythm.bedtimeIsAfterMidnight() ? date.plusDays(1) : date;
            assertWithin(rhythm.wakeJitter().multipliedBy(2), at(date, rhythm.wakes()), woke);
            // the last thing of the evening may take some minutes longer than meant
            assertWithin(rhythm.bedtimeJitter().multipliedBy(2).plusMinutes(10), at(evening, rhythm.bedtime()), toBed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNightIsQuietButForTheBathroom(Profile profile) {
        List<Long> events = new ArrayList<>();
        List<Long> visits = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            List<Happening> night = Day.of(profile.rhythm(), 5, SEOUL, FIRST.plusDays(day)).stream()
                    .dropWhile(h -> !(h instanceof Happening.WentToBed))
                    .skip(1)
                    .toList();
            assertTrue(night.stream().allMatch(Happening.Moved.class::isInstance), () -> "in the night: " + night);
            events.add((long) night.size());
            visits.add(night.stream()
                            .filter(h -> h instanceof Happening.Moved(Instant _, Room room) && room == Room.BATHROOM)
                            .count()
                    / 2);
        }
        double meanVisits = visits.stream().mapToLong(v -> v).average().orElseThrow();
        double meanEvents = events.stream().mapToLong(e -> e).average().orElseThrow();

        // a mean of 60 Poisson numbers with mean m lies within 4 standard errors, 4·√(m/60)
        double usual = profile.rhythm().nightVisits();
        assertEquals(usual, meanVisits, 4 * Math.sqrt(usual / DAYS));
        assertTrue(meanEvents < 25, () -> meanEvents + " events in a night");
    }

    @ParameterizedTest
    @EnumSource
    void nothingHappensInAnEmptyHome(Profile profile) {
        Happening before = null;
        int outings = 0;
        for (Happening happening : life(profile, 3).between(FROM, TO).toList()) {
            if (before instanceof Happening.WentOut out) {
                outings++;
                assertTrue(happening instanceof Happening.CameHome, () -> "while out: " + happening);
                assertTrue(Duration.between(out.at(), happening.at()).toMinutes() > 15);
            }
            before = happening;
        }
        assertTrue(outings > 0);
    }

    @Test
    void whoeverGoesOutALotIsOutMoreDaysThanNot() {
        double outings = meanOfDays(
                Profile.OUTGOING,
                day -> day.stream().filter(Happening.WentOut.class::isInstance).count());

        // senior centre on six days of seven with 0.85, a walk on 0.55, church once a week with 0.6: 1.4 a day at most
        assertTrue(outings > 0.9 && outings < 1.5, () -> outings + " outings a day");
    }

    @ParameterizedTest
    @EnumSource
    void aResidentWhoIsAtHomeEatsThreeTimesADay(Profile profile) {
        double appliances = meanOfDays(
                profile,
                day -> day.stream()
                        .filter(h -> h instanceof Happening.ApplianceUsed(Instant _, Room room) && room == Room.KITCHEN)
                        .count());

        // a meal uses one; the senior centre gives lunch; in between, tea and the like
        assertTrue(appliances > 2 && appliances < 8, () -> appliances + " in the kitchen a day");
    }

    @Test
    void medicationIsTakenAboutAsOftenAsTheRhythmSays() {
        List<Happening.Medicated> slots = Stream.of(1, 2, 3, 4)
                .flatMap(seed -> life(Profile.FRAIL, seed).between(FROM, TO))
                .filter(Happening.Medicated.class::isInstance)
                .map(Happening.Medicated.class::cast)
                .filter(m -> m.slot() == Medication.Slot.NOON)
                .toList();
        double taken = slots.stream()
                        .filter(m -> m.outcome() == Medication.Outcome.TAKEN)
                        .count()
                / (double) slots.size();

        assertEquals(4 * DAYS, slots.size());
        // binomial with 0.88 and n = 240: standard error 0.021
        assertEquals(0.88, taken, 4 * 0.021);
    }

    @Test
    void aTalkativeResidentTalksAndAQuietOneHardly() {
        ToDoubleFunction<List<Happening>> talks =
                day -> day.stream().filter(Happening.Talked.class::isInstance).count();

        assertEquals(9, meanOfDays(Profile.TALKATIVE, talks), 1.6);
        assertTrue(meanOfDays(Profile.QUIET, talks) < 1.1);
    }

    @Test
    void fromTheMomentOfSilenceNothingHappens() {
        Instant fall = FROM.plus(Duration.ofHours(35));
        Timeline silent = life(Profile.ORDINARY, 7).silentFrom(fall);

        List<Happening> rest = silent.from(FROM).toList();

        assertEquals(life(Profile.ORDINARY, 7).between(FROM, fall).toList(), rest);
        assertFalse(rest.isEmpty());
        assertEquals(rest, silent.silentFrom(TO).from(FROM).toList(), "a later silence changes nothing");
        assertEquals(silent.whereabouts(fall), silent.whereabouts(TO));
    }

    @Test
    void whereaboutsFollowWhatHappens() {
        Timeline life = life(Profile.OUTGOING, 3);
        Happening.WentOut out = life.from(FROM)
                .filter(Happening.WentOut.class::isInstance)
                .map(Happening.WentOut.class::cast)
                .findFirst()
                .orElseThrow();
        Instant back = life.from(out.at())
                .filter(Happening.CameHome.class::isInstance)
                .findFirst()
                .orElseThrow()
                .at();

        assertEquals(Whereabouts.AWAKE, life.whereabouts(out.at().minusSeconds(1)));
        assertEquals(Whereabouts.OUT, life.whereabouts(out.at()));
        assertEquals(Whereabouts.OUT, life.whereabouts(back.minusSeconds(1)));
        assertEquals(Whereabouts.AWAKE, life.whereabouts(back));
        assertEquals(Whereabouts.IN_BED, life.whereabouts(at(FIRST, LocalTime.of(3, 0))));
    }

    @Test
    void theTownHasResidentsThatDiffer() {
        List<Resident> residents = Town.listResidents(12);

        assertEquals(residents, Town.listResidents(12));
        assertEquals(12, residents.stream().map(Resident::name).distinct().count());
        assertEquals(
                Profile.values().length,
                residents.stream().map(Resident::profile).distinct().count());
        assertTrue(residents.stream().allMatch(r -> r.birthYear() >= 1934 && r.birthYear() < 1956));
        assertEquals(
                221,
                Town.listResidents(221).stream().map(Resident::name).distinct().count());
    }

    private static Timeline life(Profile profile, long seed) {
        return Timeline.of(profile.rhythm(), seed, SEOUL);
    }

    private static double meanOfDays(Profile profile, ToDoubleFunction<List<Happening>> figure) {
        return IntStream.range(0, DAYS)
                .mapToObj(day -> Day.of(profile.rhythm(), 5, SEOUL, FIRST.plusDays(day)))
                .mapToDouble(figure)
                .average()
                .orElseThrow();
    }

    private static <T extends Happening> T one(List<Happening> happenings, Class<T> type) {
        List<T> found =
                happenings.stream().filter(type::isInstance).map(type::cast).toList();
        assertEquals(1, found.size(), () -> type.getSimpleName() + " in " + happenings);
        return found.getFirst();
    }

    private static Instant at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(SEOUL).toInstant();
    }

    private static void assertWithin(Duration tolerance, Instant expected, Instant actual) {
        Duration off = Duration.between(expected, actual).abs();
        assertTrue(off.compareTo(tolerance) <= 0, () -> actual + " is " + off + " from " + expected);
    }
}
