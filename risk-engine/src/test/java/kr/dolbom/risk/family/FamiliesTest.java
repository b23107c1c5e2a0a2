package kr.dolbom.risk.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Voice;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.family.SimulatedHome.Change;
import kr.dolbom.risk.family.SimulatedHome.Said;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Verdict;
import org.junit.jupiter.api.Test;

class FamiliesTest {
    private static final ZoneId SEOUL = SimulatedHome.SEOUL;
    private static final int MOST_BYTES = 1024;
    private static final List<Medication.Slot> SLOTS = List.of(Medication.Slot.values());
    private static final List<Medication.Outcome> OUTCOMES = List.of(Medication.Outcome.values());

    @Test
    void aRestartChangesNothing() throws IOException {
        List<Fact> facts = manyFacts(60);
        var whole = new Families(SEOUL);
        var restarted = new Families(SEOUL);
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            if (i % 1000 == 999) {
                byte[] state = write(restarted);
                assertTrue(state.length <= MOST_BYTES, () -> state.length + " bytes");
                restarted = new Families(SEOUL);
                restarted.read(new DataInputStream(new ByteArrayInputStream(state)));
            }
            say(whole, facts.get(i), expected);
            say(restarted, facts.get(i), actual);
        }

        assertFalse(expected.isEmpty());
        assertEquals(expected, actual);
    }

    @Test
    void theStateOfAnotherVersionIsRefused() throws IOException {
        byte[] state = write(new Families(SEOUL));
        state[0] = 77;

        var e = assertThrows(
                IOException.class,
                () -> new Families(SEOUL).read(new DataInputStream(new ByteArrayInputStream(state))));
        assertTrue(String.valueOf(e.getMessage()).contains("version 77"));
    }

    @Test
    void theNextMomentLiesAheadOnceItIsJudged() {
        var home = new SimulatedHome(11);
        for (Fact fact : manyFacts(20)) {
            home.families().observe(fact);
            Instant now = Instant.ofEpochSecond(fact.at());
            home.families().judge(now);
            assertTrue(home.families().nextMoment() > fact.at(), () -> "after " + fact);
        }
    }

    @Test
    void weeksInHospitalAreNeitherADeclineNorRestlessNights() {
        var home = new SimulatedHome(12);
        home.live(21, _ -> {});
        home.tell(new Fact.Hospital(home.at(0, 5)), _ -> {});
        List<Said> said = new ArrayList<>();
        for (int day = 0; day < 14; day++) {
            home.skipDay();
        }
        home.live(1, said::add);

        assertEquals(
                List.of(),
                said.stream()
                        .flatMap(s -> s.risk().reasons().stream())
                        .filter(r -> r.tier() != null)
                        .toList());
    }

    @Test
    void afterAMoveTheNewHomeIsLearntAnewOnRequest() {
        assertTrue(flaggedAfterAMove(false) >= 18);
        int flagged = flaggedAfterAMove(true);
        assertTrue(flagged <= 4, () -> flagged + " of 20 flagged");
    }

    /// How many of twenty residents are flagged for decline within ten days in a home with fewer sensors.
    private static int flaggedAfterAMove(boolean isRelearning) {
        int flagged = 0;
        for (int resident = 0; resident < 20; resident++) {
            var home = new SimulatedHome(5000 + resident);
            home.live(30, _ -> {});
            if (isRelearning) {
                home.tell(new Fact.Relearn(home.at(0, 1)), _ -> {});
            }
            List<Said> said = new ArrayList<>();
            for (int day = 0; day < 10; day++) {
                home.live(new Change(0.4, 0, 1), said::add);
            }
            flagged += said.stream().anyMatch(s -> s.isNews(Family.DECLINE)) ? 1 : 0;
        }
        return flagged;
    }

    @Test
    void whatComesAfterItsDayHasEndedChangesNothing() throws IOException {
        var home = new SimulatedHome(14);
        home.live(10, _ -> {});
        byte[] before = write(home.families());

        home.families().observe(new Fact.Seen(home.at(0, 0) - 5 * 86_400, Room.LOUNGE, 50));

        assertEquals(List.of(), differences(before, write(home.families())), "a sign of five days ago");
    }

    @Test
    void summerTimeBeginsAndEndsWithoutHarm() {
        var families = new Families(ZoneId.of("America/Los_Angeles"));
        // 2026-03-08 and 2026-11-01
        Instant at = Instant.parse("2026-03-07T08:00:00Z");
        for (int i = 0; i < 12_000; i++) {
            families.observe(new Fact.Seen(at.getEpochSecond(), Room.LOUNGE, 1));
            families.judge(at);
            assertTrue(families.nextMoment() > at.getEpochSecond());
            at = at.plusSeconds(1800);
        }
    }

    private static List<Integer> differences(byte[] one, byte[] other) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i]) {
                places.add(i);
            }
        }
        return places;
    }

    private static void say(Families families, Fact fact, List<String> said) {
        boolean isNews = families.observe(fact);
        long now = fact.at();
        if (isNews || families.nextMoment() <= now) {
            for (Verdict verdict : families.judge(Instant.ofEpochSecond(now))) {
                said.add("%d %s %s %s %s"
                        .formatted(
                                now,
                                verdict.episode(),
                                verdict.tail(),
                                verdict.reason(),
                                verdict.evidence().toJson()));
            }
        }
    }

    private static byte[] write(Families families) throws IOException {
        var out = new ByteArrayOutputStream();
        families.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    /// Of every kind of fact some, at random.
    private static List<Fact> manyFacts(int days) {
        var random = new Random(9);
        List<Fact> facts = new ArrayList<>();
        long at = SimulatedHome.FIRST_DAY.atStartOfDay(SEOUL).toEpochSecond();
        long end = at + days * 86_400L;
        Room[] rooms = Room.values();
        while (at < end) {
            at += 1 + random.nextInt(600);
            facts.add(
                    switch (random.nextInt(200)) {
                        case 0, 1, 2 -> new Fact.Talked(at, voice(random));
                        case 3 ->
                            new Fact.Dose(
                                    at,
                                    SLOTS.get(random.nextInt(SLOTS.size())),
                                    OUTCOMES.get(random.nextInt(OUTCOMES.size())));
                        case 4 ->
                            new Fact.DeviceReport(
                                    at,
                                    random.nextInt(2),
                                    new Status(
                                            Status.State.HEARTBEAT,
                                            "1",
                                            "1.0",
                                            (long) random.nextInt(101),
                                            random.nextBoolean(),
                                            null,
                                            List.of(),
                                            null),
                                    0);
                        case 5 -> new Fact.WentOut(at, 0);
                        case 6 -> new Fact.Returned(at);
                        case 7 -> new Fact.Blind(at - 300, at);
                        default -> new Fact.Seen(at, rooms[random.nextInt(rooms.length)], 1 + random.nextInt(3));
                    });
        }
        return facts;
    }

    private static Voice voice(Random random) {
        var intents = Voice.Intent.values();
        return new Voice(
                List.of(new Voice.Code(intents[random.nextInt(intents.length)], random.nextDouble())),
                random.nextInt(20),
                60,
                List.of(new Voice.Emotion(Voice.Feeling.SADNESS, random.nextDouble())),
                null);
    }
}
