package kr.dolbom.caseworker.roster.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.roster.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final YearMonth MONTH = YearMonth.of(2027, 2);
    private static final Set<LocalDate> HOLIDAYS =
            Set.of(LocalDate.of(2027, 2, 6), LocalDate.of(2027, 2, 8), LocalDate.of(2027, 2, 9));
    private static final Duration REST = Duration.ofHours(11);
    private static final int SEEDS = 60;

    @Test
    void withoutLeaveNightsAndDaysOffAreEqualWithinOne() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            List<Candidate> people = people(8 + random.nextInt(6), new Random(seed), 0);
            Plan plan = Planner.plan(office(people, 1 + random.nextInt(2), random), people);

            assertEquals(List.of(), plan.unfilled(), "seed " + seed);
            assertTrue(spread(plan, people, Load::nights) <= 1, "nights, seed " + seed);
            assertTrue(spread(plan, people, Load::daysOff) <= 1, "days off, seed " + seed);
        }
    }

    @Test
    void withLeaveEverybodyIsWithinOneOfTheirShareOfTheNights() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            List<Candidate> people = people(11 + random.nextInt(5), random, 0.3);
            Plan plan = Planner.plan(office(people, 1 + random.nextInt(2), random), people);

            assertEquals(List.of(), plan.unfilled(), "seed " + seed);
            int nights = sum(plan, people, Load::nights);
            double present = people.stream().mapToDouble(Candidate::share).sum();
            for (Candidate person : people) {
                double share = nights * person.share() / present;
                assertEquals(share, load(plan, person).nights(), 1.0, "seed " + seed + " " + person.name());
            }
        }
    }

    @Test
    void nobodyIsInTwoPlacesHasLessThanElevenHoursOfRestOrADutyDuringLeave() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            List<Candidate> people = people(2 + random.nextInt(8), random, 0.5);
            Plan plan = Planner.plan(office(people, 2, random), people);

            for (Candidate person : people) {
                List<Span> mine = spans(plan, person);
                mine.forEach(span -> assertTrue(person.away().stream().noneMatch(span::overlaps), "leave"));
                mine.addAll(person.busy());
                for (int i = 0; i < mine.size(); i++) {
                    for (int j = i + 1; j < mine.size(); j++) {
                        assertFalse(mine.get(i).isCloserThan(REST, mine.get(j)), "seed " + seed);
                    }
                }
            }
        }
    }

    @Test
    void whatIsSaidToBeUnfillableIsAndTheReasonIsTrue() {
        int unfilled = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            List<Candidate> people = people(2 + random.nextInt(3), random, 0.5);
            Plan plan = Planner.plan(office(people, 2, random), people);
            unfilled += plan.unfilled().size();

            for (Plan.Unfilled open : plan.unfilled()) {
                assertEquals(open.vacancy().eligible().size(), open.obstacles().size());
                for (Plan.Obstacle obstacle : open.obstacles()) {
                    Candidate person = obstacle.candidate();
                    Span span = open.vacancy().span();
                    List<Span> duties = spans(plan, person);
                    duties.addAll(person.busy());
                    assertTrue(
                            switch (obstacle.why()) {
                                case AWAY -> person.away().stream().anyMatch(span::overlaps);
                                case BUSY -> duties.stream().anyMatch(span::overlaps);
                                case REST -> duties.stream().anyMatch(duty -> duty.isCloserThan(REST, span));
                            });
                }
            }
        }
        assertTrue(unfilled > SEEDS, "two to four people cannot fill two positions day and night: " + unfilled);
    }

    @Test
    void theSameInputGivesTheSameRosterInWhateverOrderItComes() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            List<Candidate> people = new ArrayList<>(people(8, random, 0.5));
            List<Vacancy> vacancies = new ArrayList<>(office(people, 2, random));
            Plan plan = Planner.plan(vacancies, people);
            Collections.shuffle(people, random);
            Collections.shuffle(vacancies, random);

            assertEquals(plan, Planner.plan(vacancies, people));
        }
    }

    @Test
    void whoeverHadMoreNightsBeforeDoesNotGetTheOddOne() {
        List<Candidate> people = new ArrayList<>(people(3, new Random(1), 0));
        Candidate tired = people.getFirst();
        people.set(0, new Candidate(1, "1", List.of(), List.of(), 1, Load.NONE, new Load(12, 12, 4, 0, 0)));
        ShiftPattern night = pattern(1, EnumSet.allOf(DayKind.class), "22:00", "06:00", 1, 1);
        Plan plan = Planner.plan(night.vacancies(MONTH, SEOUL, Set.of(), numbers(people)), people);

        // 28 nights for three people: 10, 9 and 9.
        assertEquals(28, sum(plan, people, Load::nights));
        assertEquals(9, load(plan, tired).nights());
    }

    @Test
    void aDutyOfTheMonthBeforeLeavesTimeToRest() {
        Span before = new Span(
                LocalDate.of(2027, 1, 31).atTime(18, 0).atZone(SEOUL).toInstant(),
                LocalDate.of(2027, 2, 1).atTime(9, 0).atZone(SEOUL).toInstant());
        List<Candidate> people = List.of(new Candidate(1, "1", List.of(), List.of(before), 1, Load.NONE, Load.NONE));
        ShiftPattern night = pattern(1, EnumSet.of(DayKind.MON), "18:00", "09:00", 1, 1);
        Plan plan = Planner.plan(night.vacancies(MONTH, SEOUL, Set.of(), Set.of(1)), people);

        assertEquals(1, plan.unfilled().size());
        assertEquals(
                Plan.Why.REST, plan.unfilled().getFirst().obstacles().getFirst().why());
        assertEquals(3, plan.made().size());
    }

    @Test
    void aHolidayIsNotItsWeekday() {
        ShiftPattern desk = pattern(1, EnumSet.range(DayKind.MON, DayKind.FRI), "09:00", "18:00", 1, 1);
        ShiftPattern weekend =
                pattern(2, EnumSet.of(DayKind.SAT, DayKind.SUN, DayKind.HOLIDAY), "09:00", "18:00", 1, 1);

        // February 2027 has 20 weekdays; the 8th (Monday) and the 9th are holidays, as is a Saturday.
        assertEquals(18, desk.vacancies(MONTH, SEOUL, HOLIDAYS, Set.of()).size());
        assertEquals(10, weekend.vacancies(MONTH, SEOUL, HOLIDAYS, Set.of()).size());
        assertTrue(weekend.vacancies(MONTH, SEOUL, HOLIDAYS, Set.of()).stream().allMatch(Vacancy::dayOff));
        assertFalse(desk.clashesWith(weekend));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void patternsThatCouldNeedAPositionTwiceClash(int which) {
        ShiftPattern night = pattern(1, EnumSet.of(DayKind.SUN), "18:00", "09:00", 1, 2);
        ShiftPattern other = switch (which) {
            case 0 -> pattern(2, EnumSet.of(DayKind.MON), "08:00", "17:00", 2, 1);
            case 1 -> pattern(2, EnumSet.of(DayKind.HOLIDAY), "08:00", "17:00", 1, 1);
            default -> pattern(2, EnumSet.of(DayKind.SUN), "09:00", "18:01", 1, 1);
        };
        assertTrue(night.clashesWith(other));
        assertTrue(other.clashesWith(night));
        assertFalse(night.clashesWith(pattern(3, EnumSet.allOf(DayKind.class), "08:00", "17:00", 3, 1)));
        assertFalse(night.clashesWith(pattern(3, EnumSet.of(DayKind.TUE), "08:00", "17:00", 1, 1)));
        assertFalse(night.clashesWith(pattern(3, EnumSet.of(DayKind.MON), "09:00", "17:00", 1, 1)));
    }

    /// A day desk on weekdays, another on days off, and a night with one or two people.
    private static List<Vacancy> office(List<Candidate> people, int atNight, Random random) {
        EnumSet<DayKind> weekdays = EnumSet.range(DayKind.MON, DayKind.FRI);
        String dusk = random.nextBoolean() ? "18:00" : "20:00";
        List<Vacancy> vacancies = new ArrayList<>();
        for (ShiftPattern pattern : List.of(
                pattern(1, weekdays, "09:00", dusk, 1, 1 + random.nextInt(2)),
                pattern(2, EnumSet.complementOf(weekdays), "09:00", dusk, 1, 1),
                pattern(3, EnumSet.allOf(DayKind.class), dusk, "09:00", 1, atNight))) {
            vacancies.addAll(pattern.vacancies(MONTH, SEOUL, HOLIDAYS, numbers(people)));
        }
        return vacancies;
    }

    private static ShiftPattern pattern(
            int number, Set<DayKind> days, String from, String to, int position, int people) {
        return new ShiftPattern(
                number,
                new UUID(0, number),
                null,
                "pattern " + number,
                days,
                LocalTime.parse(from),
                LocalTime.parse(to),
                position,
                people);
    }

    private static List<Candidate> people(int count, Random random, double onLeave) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> {
                    List<Span> away = List.of();
                    double share = 1;
                    if (random.nextDouble() < onLeave) {
                        int days = 1 + random.nextInt(10);
                        LocalDate first = MONTH.atDay(1 + random.nextInt(28 - days));
                        away = List.of(new Span(
                                first.atStartOfDay(SEOUL).toInstant(),
                                first.plusDays(days).atStartOfDay(SEOUL).toInstant()));
                        share = (28.0 - days) / 28;
                    }
                    return new Candidate(number, "person " + number, away, List.of(), share, Load.NONE, Load.NONE);
                })
                .toList();
    }

    private static Set<Integer> numbers(List<Candidate> people) {
        return people.stream().map(Candidate::caseworkerNo).collect(Collectors.toSet());
    }

    private static List<Span> spans(Plan plan, Candidate person) {
        return plan.made().stream()
                .filter(made -> made.caseworkerNo() == person.caseworkerNo())
                .map(made -> made.vacancy().span())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Load load(Plan plan, Candidate person) {
        return plan.made().stream()
                .filter(made -> made.caseworkerNo() == person.caseworkerNo())
                .map(made -> Load.of(made.vacancy()))
                .reduce(Load.NONE, Load::plus);
    }

    private static int sum(Plan plan, List<Candidate> people, ToIntFunction<Load> what) {
        return people.stream()
                .mapToInt(person -> what.applyAsInt(load(plan, person)))
                .sum();
    }

    private static int spread(Plan plan, List<Candidate> people, ToIntFunction<Load> what) {
        var all = people.stream()
                .mapToInt(person -> what.applyAsInt(load(plan, person)))
                .summaryStatistics();
        return all.getMax() - all.getMin();
    }
}
