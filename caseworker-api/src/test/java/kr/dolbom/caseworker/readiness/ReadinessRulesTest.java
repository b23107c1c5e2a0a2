package kr.dolbom.caseworker.readiness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.roster.Duty;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.Span;
import org.junit.jupiter.api.Test;

class ReadinessRulesTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Instant NOW = Instant.parse("2026-12-10T00:00:00Z");
    private static final String MINJI = "00000000-0000-0001-0000-00000000000a";

    private Instant now = NOW;
    private Set<String> unusable = Set.of();
    private Set<Integer> unheard = Set.of();

    @Test
    void twoPeopleWithNumbersThatWorkUntilTheEndOfTheMonthAreReady() {
        assertEquals(List.of(), check(duty(1, 10, 0, 999), duty(2, 20, 0, 999)));
    }

    @Test
    void aGapWithinADayIsToldWithItsTimesAndStaysTheSameWhileItComesNearer() {
        Duty[] duties = {
            duty(1, 10, 0, 12), duty(2, 20, 0, 12), duty(1, 10, 15, 999), duty(2, 20, 15, 999),
        };

        assertEquals(
                List.of("shift-gap 2026-12-10T12:00:00Z/2026-12-10T15:00:00Z [2026-12-10 21:00, 2026-12-11 00:00]"),
                check(duties));
        now = NOW.plus(Duration.ofHours(5));
        assertEquals(
                List.of("shift-gap 2026-12-10T12:00:00Z/2026-12-10T15:00:00Z [2026-12-10 21:00, 2026-12-11 00:00]"),
                check(duties));
        now = NOW.plus(Duration.ofHours(13));
        assertEquals(List.of("shift-gap /2026-12-10T15:00:00Z [2026-12-10 22:00, 2026-12-11 00:00]"), check(duties));
        now = NOW.plus(Duration.ofHours(15));
        assertEquals(List.of(), check(duties));
    }

    @Test
    void laterGapsOfAMonthAreOneTrouble() {
        assertEquals(
                List.of("roster-gap 2026-12 [2026-12, 2, 2026-12-12 12:00, 2026-12-12 13:00]"),
                check(
                        duty(1, 10, 0, 51),
                        duty(2, 20, 0, 51),
                        duty(1, 10, 52, 60),
                        duty(2, 20, 52, 60),
                        duty(1, 10, 61, 999),
                        duty(2, 20, 61, 999)));
    }

    @Test
    void onePersonAloneIsASinglePointOfFailure() {
        assertEquals(
                List.of("shift-single " + MINJI
                        + "/2026-12-10T12:00:00Z [2026-12-10 12:00, 2026-12-10 21:00, person 10]"),
                check(duty(1, 10, 0, 999), duty(2, 20, 0, 3), duty(2, 20, 12, 999)));
    }

    @Test
    void aBackupWhoseNumberCannotBeUsedIsNoBackup() {
        unusable = Set.of("+821000000020");

        assertEquals(
                List.of(
                        "shift-single " + MINJI + "/ [2026-12-10 09:00, 2027-01-01 00:00, person 10]",
                        "shift-number-unusable 00000000-0000-0001-0000-000000000014 [person 20, 2026-12-10 09:00]"),
                check(duty(1, 10, 0, 999), duty(2, 20, 0, 999)));
    }

    @Test
    void whenNoNumberCanBeUsedItIsAGap() {
        unusable = Set.of("+821000000010", "+821000000020");

        assertEquals(List.of("shift-gap /", "shift-number-unusable " + MINJI), kinds(duty(1, 10, 0, 999)));
    }

    @Test
    void aMissedTestRingIsToldOfThoseWhoAreSoonOnCall() {
        unheard = Set.of(20, 30);

        assertEquals(
                List.of("shift-test-ring-failed 00000000-0000-0001-0000-000000000014 [person 20, 2026-12-10 17:00]"),
                check(duty(1, 10, 0, 999), duty(2, 30, 30, 999), duty(3, 20, 8, 30), duty(2, 40, 0, 8)));
    }

    @Test
    void theNextMonthIsLookedAtInTheLastWeekOfAMonth() {
        assertEquals(
                Instant.parse("2026-12-31T15:00:00Z"),
                ReadinessRules.window(NOW, SEOUL).end());
        assertEquals(
                Instant.parse("2027-01-31T15:00:00Z"),
                ReadinessRules.window(Instant.parse("2026-12-24T15:00:00Z"), SEOUL)
                        .end());
    }

    @Test
    void whereNobodyIsNeededNothingIsMissing() {
        Span window = ReadinessRules.window(NOW, SEOUL);
        Span evening = new Span(hour(12), hour(13));
        var roster = new Roster(1, window, List.of(), Map.of(), List.of(), Map.of());

        assertEquals(
                List.of("shift-gap 2026-12-10T12:00:00Z/2026-12-10T13:00:00Z"),
                new ReadinessRules(roster, SEOUL, List.of(evening), Set.of(), Set.of())
                        .troubles().stream().map(ReadinessRulesTest::kind).toList());
    }

    private List<String> check(Duty... duties) {
        return troubles(duties).stream()
                .map(trouble -> kind(trouble) + " " + trouble.values())
                .toList();
    }

    private List<String> kinds(Duty... duties) {
        return troubles(duties).stream().map(ReadinessRulesTest::kind).toList();
    }

    private List<Trouble> troubles(Duty... duties) {
        Span window = ReadinessRules.window(now, SEOUL);
        var roster = new Roster(
                1,
                window,
                List.of(duties),
                Map.of(),
                List.of(),
                Map.of(10, person(10), 20, person(20), 30, person(30), 40, person(40)));
        return new ReadinessRules(roster, SEOUL, List.of(window), unusable, unheard).troubles();
    }

    private static String kind(Trouble trouble) {
        return trouble.kind().word() + " " + trouble.about();
    }

    private static Duty duty(int position, int caseworker, int fromHour, int toHour) {
        return new Duty(new UUID(0, position), false, 1, position, caseworker, new Span(hour(fromHour), hour(toHour)));
    }

    private static Instant hour(int hours) {
        return NOW.plus(Duration.ofHours(hours));
    }

    private static Recipient person(int number) {
        return new Recipient(
                Alert.Person.caseworker(number, new UUID(1, number), "person " + number), "+8210000000" + number, "ko");
    }
}
