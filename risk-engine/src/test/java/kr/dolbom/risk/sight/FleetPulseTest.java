package kr.dolbom.risk.sight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Simulated fleets whose homes are heard unevenly; every silence in them is known.
class FleetPulseTest {
    private static final long HOUR = 3600;
    private static final Group NORTH = Group.district(1, "북동");
    private static final Group SOUTH = Group.district(1, "남동");

    /// The bound allows one a year for each fleet; 10 fleets of 120 days are 3.3 years.
    @Test
    void hardlyAnIncidentIsClaimedInMonthsInWhichNothingHappens() {
        long claimed = IntStream.range(0, 10)
                .mapToLong(seed -> new Suburb(seed, 1)
                        .homes(30, 0).runUntil(Suburb.START + 120 * Suburb.DAY).stream()
                                .filter(PulseChange.Stopped.class::isInstance)
                                .count())
                .sum();

        assertTrue(claimed <= 7, claimed + " claimed, of 3.3 that the bound allows on average");
    }

    @ParameterizedTest
    @CsvSource({
        // homes, hour, found within minutes
        "30, 10, 20",
        "30, 16, 20",
        "30, 3, 60",
        "100, 10, 10",
        "100, 3, 20",
        "1000, 10, 5",
        "1000, 3, 5"
    })
    void theStopOfAFleetIsFoundTheSoonerTheLargerItIsAndOnce(int homes, int hour, int withinMinutes) {
        var suburb = new Suburb(7, 1).homes(homes, 0);
        int days = homes >= 1000 ? 8 : 20;
        long stop = Suburb.START + days * Suburb.DAY + hour * HOUR;
        suburb.runUntil(stop);
        suburb.cutOff(_ -> true);
        List<PulseChange> noticed = suburb.runUntil(stop + 30 * HOUR);
        suburb.cutOff(_ -> false);
        List<PulseChange> back = suburb.runUntil(stop + 34 * HOUR);

        assertEquals(1, noticed.size(), noticed::toString);
        var stopped = assertInstanceOf(PulseChange.Stopped.class, noticed.getFirst());
        assertEquals(Group.ALL, stopped.group());
        assertTrue(
                stopped.noticedAt() <= stop + withinMinutes * 60L,
                () -> "found after " + (stopped.noticedAt() - stop) / 60 + " min");
        assertTrue(stopped.beganAt() <= stop && stopped.beganAt() > stop - 20 * 60, stopped::toString);
        assertTrue(
                stopped.homes().size() >= 0.75 * homes,
                () -> "homes missed: " + stopped.homes().size());
        assertEquals(1, back.size(), back::toString);
        var returned = assertInstanceOf(PulseChange.Returned.class, back.getFirst());
        assertTrue(returned.endedAt() >= stop + 30 * HOUR && returned.endedAt() <= stop + 31 * HOUR, back::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 20})
    void aDistrictThatStopsIsThatDistrictsSilenceAlone(int hour) {
        var suburb = new Suburb(3, 1).homes(60, 600, NORTH).homes(140, 600, SOUTH);
        long stop = Suburb.START + 6 * Suburb.DAY + hour * HOUR;
        suburb.runUntil(stop);
        suburb.cutOff(home -> home < 60);
        List<PulseChange> noticed = suburb.runUntil(stop + 3 * HOUR);
        suburb.cutOff(_ -> false);
        List<PulseChange> back = suburb.runUntil(stop + 4 * HOUR);

        var stopped = assertInstanceOf(PulseChange.Stopped.class, noticed.getFirst());
        assertEquals(NORTH, stopped.group());
        assertEquals(1, noticed.size(), noticed::toString);
        assertTrue(stopped.homes().stream().allMatch(home -> home < 60), stopped::toString);
        assertTrue(stopped.homes().size() >= 45, stopped::toString);
        assertTrue(stopped.noticedAt() <= stop + 20 * 60, () -> "found after " + (stopped.noticedAt() - stop) / 60);
        assertEquals(
                NORTH,
                assertInstanceOf(PulseChange.Returned.class, back.getFirst()).group());
        assertEquals(1, back.size());
    }

    @Test
    void aVendorWhoseHomesAreSpreadOverDistrictsIsOneIncident() {
        Group ours = Group.vendor("하나로봇");
        Group theirs = Group.vendor("두리로봇");
        var suburb = new Suburb(5, 1);
        for (int district = 0; district < 6; district++) {
            Group here = Group.district(1, district + "동");
            suburb.homes(9, 600, here, ours).homes(21, 600, here, theirs);
        }
        long stop = Suburb.START + 6 * Suburb.DAY + 10 * HOUR;
        suburb.runUntil(stop);
        suburb.cutOff(home -> home % 30 < 9);
        List<PulseChange> noticed = suburb.runUntil(stop + 3 * HOUR);

        assertEquals(1, noticed.size(), noticed::toString);
        assertEquals(ours, noticed.getFirst().group());
    }

    @Test
    void whereNeighboursAreOfOneVendorTheLargerGroupExplainsTheSmaller() {
        Group ours = Group.vendor("하나로봇");
        var suburb = new Suburb(6, 1)
                .homes(20, 600, NORTH, ours)
                .homes(30, 600, SOUTH, ours)
                .homes(50, 600, Group.district(1, "서동"), Group.vendor("두리로봇"));
        long stop = Suburb.START + 6 * Suburb.DAY + 10 * HOUR;
        suburb.runUntil(stop);
        suburb.cutOff(home -> home < 50);

        List<PulseChange> noticed = suburb.runUntil(stop + 3 * HOUR);
        assertEquals(1, noticed.size(), noticed::toString);
        assertEquals(ours, noticed.getFirst().group());
    }

    @Test
    void whenDistrictsStopOneAfterTheOtherUntilAllAreSilentTheFirstBecomeAPartOfAll() {
        var suburb = new Suburb(8, 1).homes(40, 600, NORTH).homes(160, 600, SOUTH);
        long stop = Suburb.START + 6 * Suburb.DAY + 10 * HOUR;
        suburb.runUntil(stop);
        suburb.cutOff(home -> home < 40);
        assertEquals(NORTH, suburb.runUntil(stop + HOUR).getFirst().group());
        suburb.cutOff(_ -> true);

        List<PulseChange> noticed = suburb.runUntil(stop + 2 * HOUR);
        var parts = noticed.stream()
                .map(PulseChange.Stopped.class::cast)
                .filter(stopped ->
                        stopped.group().equals(Group.ALL) || stopped.group().equals(SOUTH))
                .toList();
        assertEquals(1, parts.size(), noticed::toString);
    }

    @Test
    void whenAllAreBackOneByOneNoPartOfThemIsClaimed() {
        var suburb = new Suburb(4, 1).homes(100, 0, NORTH);
        long stop = Suburb.START + 15 * Suburb.DAY + 3 * HOUR;
        suburb.runUntil(stop);
        suburb.cutOff(_ -> true);
        assertEquals(1, suburb.runUntil(stop + 3 * HOUR).size());
        suburb.cutOff(_ -> false);

        List<PulseChange> back = suburb.runUntil(stop + 6 * HOUR);
        assertEquals(1, back.size(), back::toString);
        assertInstanceOf(PulseChange.Returned.class, back.getFirst());
    }

    @Test
    void ofFewHomesNothingIsClaimed() {
        var suburb = new Suburb(9, 1).homes(7, 300, NORTH);
        suburb.runUntil(Suburb.START + 6 * Suburb.DAY);
        suburb.cutOff(_ -> true);

        assertEquals(List.of(), suburb.runUntil(Suburb.START + 8 * Suburb.DAY));
    }

    @Test
    void eightHomesWithHeartbeatsAreEnough() {
        var suburb = new Suburb(9, 1).homes(8, 300, NORTH).homes(40, 300, SOUTH);
        suburb.runUntil(Suburb.START + 6 * Suburb.DAY);
        suburb.cutOff(home -> home < 8);

        List<PulseChange> noticed = suburb.runUntil(Suburb.START + 6 * Suburb.DAY + HOUR);
        assertEquals(List.of(NORTH), noticed.stream().map(PulseChange::group).toList());
    }

    @Test
    void homesThatAreSwitchedOffOneByOneAreNoIncident() {
        var suburb = new Suburb(11, 1).homes(30, 600, NORTH);
        suburb.runUntil(Suburb.START + 6 * Suburb.DAY);
        for (int off = 1; off <= 28; off++) {
            int last = off;
            suburb.cutOff(home -> home < last);
            assertEquals(
                    List.of(), suburb.runUntil(Suburb.START + 6 * Suburb.DAY + off * (6 * HOUR)), "homes off: " + off);
        }
    }

    @Test
    void aSilenceThatIsTakenUpIsNotNoticedAgainAndEnds() {
        var suburb = new Suburb(12, 1).homes(50, 600, NORTH).homes(50, 600, SOUTH);
        long stop = Suburb.START + 6 * Suburb.DAY;
        suburb.runUntil(stop);
        suburb.pulse().resume(NORTH, stop);
        suburb.cutOff(home -> home < 50);
        assertEquals(List.of(), suburb.runUntil(stop + 2 * HOUR));
        suburb.cutOff(_ -> false);

        List<PulseChange> back = suburb.runUntil(stop + 3 * HOUR);
        assertEquals(List.of(NORTH), back.stream().map(PulseChange::group).toList());
        assertEquals(
                stop,
                assertInstanceOf(PulseChange.Returned.class, back.getFirst()).beganAt());
    }

    @Test
    void aClockThatJumpsBackChangesNothingAndOneThatJumpsAheadIsASilence() {
        var suburb = new Suburb(13, 1).homes(30, 600);
        long now = Suburb.START + 6 * Suburb.DAY;
        suburb.runUntil(now);

        assertEquals(List.of(), suburb.pulse().review(now - 3 * HOUR));
        List<PulseChange> ahead = suburb.pulse().review(now + 40 * 60);
        assertEquals(List.of(Group.ALL), ahead.stream().map(PulseChange::group).toList());
    }

    @Test
    void countsThatVaryByChanceHaveADispersionOfAboutOne() {
        var suburb = new Suburb(14, 1).homes(100, 0, NORTH);
        suburb.runUntil(Suburb.START + 40 * Suburb.DAY);

        assertEquals(1, suburb.pulse().dispersion(NORTH), 0.25);
    }
}
