package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kr.dolbom.risk.feed.FeedPosition;
import kr.dolbom.risk.feed.TelemetryBatch;
import kr.dolbom.risk.feed.TelemetryFeed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// An engine that dies at any step, and the one that follows it: nothing is lost, nothing is there twice.
@Timeout(180)
class CrashTest {
    private static final int DAY = 31;

    /// Where the first engine dies.
    enum Step {
        BEFORE_READING,
        AFTER_READING,
        BEFORE_WRITING,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /// Each step, with states that are kept at once and with such as are kept minutes later.
    static List<Arguments> steps() {
        return Arrays.stream(Step.values())
                .flatMap(
                        step -> Stream.of(Duration.ZERO, Duration.ofMinutes(5)).map(every -> Arguments.of(step, every)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void messagesThatTheDeadEngineWasAtAreJudgedOnce(Step step, Duration snapshotEvery) throws SQLException {
        Instant now = seoul(DAY, 15, 0);
        try (var town = new Town(now)) {
            town.follow = Town.followKeepingStatesWithin(snapshotEvery);
            int silent = town.addResident();
            int caller = town.addResident();
            int unheard = town.addResident();
            town.clockwork(silent, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.clockwork(unheard, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.clock.set(seoul(DAY, 11, 5));
            town.engine().catchUp();
            town.heartbeats(silent, seoul(DAY, 11, 10), now);
            town.sos(caller, now, now);

            dieAt(step, town, now);
            town.runAt(now.plusSeconds(1));
            town.stopEngine();
            town.runAt(now.plusSeconds(2));

            assertWhatMustBe(town, silent, caller, unheard);
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aDeadlineThatTheDeadEngineWasAtIsMetOnce(Step step, Duration snapshotEvery) throws SQLException {
        Instant now = seoul(DAY, 15, 0);
        try (var town = new Town(now)) {
            town.follow = Town.followKeepingStatesWithin(snapshotEvery);
            int silent = town.addResident();
            int caller = town.addResident();
            int unheard = town.addResident();
            town.clockwork(silent, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.clockwork(unheard, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.heartbeats(silent, seoul(DAY, 11, 10), now);
            town.sos(caller, seoul(DAY, 14, 45), seoul(DAY, 14, 45));
            town.clock.set(seoul(DAY, 13, 50));
            town.engine().catchUp();

            dieAt(step, town, now); // no message comes any more, only the clock goes on
            town.runAt(now.plusSeconds(1));
            town.stopEngine();
            town.runAt(now.plusSeconds(2));

            assertWhatMustBe(town, silent, caller, unheard);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOutageThatTheDeadEngineWasAtIsOneIncident(Step step) throws SQLException {
        try (var town = new Town(OutageTest.STOP)) {
            OutageTest.settle(town, 9);
            OutageTest.runThrough(town, OutageTest.STOP, OutageTest.STOP.plusSeconds(300));

            dieAt(step, town, OutageTest.STOP.plusSeconds(1500));
            town.runAt(OutageTest.STOP.plusSeconds(1560));
            town.stopEngine();
            town.runAt(OutageTest.STOP.plusSeconds(2400));
            town.stopEngine();
            town.runAt(OutageTest.STOP.plusSeconds(3600));

            assertEquals(
                    1,
                    town.number(
                            "select count(*) from incident where ended_at is null and began_at = ?", OutageTest.STOP));
            assertEquals(1, town.number("select count(*) from incident"));
            assertEquals(9, town.number("select count(*) from monitoring_gap where to_at is null"));
            assertEquals(9, town.number("select count(*) from monitoring_gap"));
            assertEquals(List.of(), town.alerts());
        }
    }

    @Test
    void dyingBeforeAnyStatementOfACommitLosesAndRepeatsNothing() throws SQLException {
        Instant now = seoul(DAY, 15, 0);
        int statement = 0;
        boolean died = true;
        while (died) {
            statement++;
            try (var town = new Town(now)) {
                town.follow = Town.followKeepingStatesWithin(Duration.ZERO);
                int silent = town.addResident();
                int caller = town.addResident();
                int unheard = town.addResident();
                town.clockwork(silent, seoul(DAY - 4, 0, 0), seoul(DAY, 11, 5), null);
                town.clockwork(unheard, seoul(DAY - 4, 0, 0), seoul(DAY, 11, 5), null);
                town.clock.set(seoul(DAY, 11, 5));
                town.engine().catchUp();
                town.heartbeats(silent, seoul(DAY, 11, 10), now);
                town.sos(caller, now, now);

                town.start(new MortalFeed(town.openFeed(), statement));
                town.clock.set(now);
                died = dies(town);
                town.stopEngine();
                town.runAt(now.plusSeconds(1));
                town.stopEngine();
                town.runAt(now.plusSeconds(2));

                assertWhatMustBe(town, silent, caller, unheard);
            }
        }
        assertTrue(statement > 15, "three alerts, their scores, the states and their floor: " + statement);
    }

    private static boolean dies(Town town) throws SQLException {
        try {
            town.engine().catchUp();
            return false;
        } catch (Death e) {
            return true;
        }
    }

    private static void dieAt(Step step, Town town, Instant now) throws SQLException {
        town.start(new MortalFeed(town.openFeed(), step));
        town.clock.set(now);
        assertThrows(Death.class, () -> town.engine().catchUp());
        town.stopEngine();
    }

    private static void assertWhatMustBe(Town town, int silent, int caller, int unheard) throws SQLException {
        assertEquals(
                List.of("device " + unheard, "emergency " + caller, "silence " + silent),
                town.alerts().stream()
                        .map(alert -> alert.family() + " " + alert.residentNo())
                        .sorted()
                        .toList());
        assertEquals(3, town.number("select count(*) from finding where alert_id is not null"));
        assertEquals(3, town.number("select count(*) from finding"));
        assertEquals(3, town.number("select count(*) from alert_event"));
        assertEquals(0, town.number("""
                select count(*) from telemetry where txid > (select txid from feed_position where reader = ?)""", Town.READER));
        assertEquals(0, town.number("""
                        select count(*) from (
                            select score = lag(score) over w and visibility = lag(visibility) over w as same
                            from risk_score window w as (partition by resident_no order by at)) s
                        where same"""), "no score is written twice");
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// A feed on the real database whose engine dies at one step.
    private static final class MortalFeed implements TelemetryFeed {
        private final TelemetryFeed feed;
        private final @Nullable Step step;
        private int statementsLeft = Integer.MAX_VALUE;

        MortalFeed(TelemetryFeed feed, Step step) {
            this.feed = feed;
            this.step = step;
        }

        /// @param statement of those with which results are written, from 1: before it the engine dies
        MortalFeed(TelemetryFeed feed, int statement) {
            this.feed = feed;
            this.step = null;
            this.statementsLeft = statement;
        }

        private Connection mortal(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                        if (method.getName().equals("prepareStatement") && --statementsLeft == 0) {
                            throw new Death();
                        }
                        return method.invoke(connection, arguments);
                    });
        }

        private void dieAt(Step here) {
            if (step == here) {
                throw new Death();
            }
        }

        @Override
        public TelemetryBatch read() throws SQLException {
            dieAt(Step.BEFORE_READING);
            TelemetryBatch batch = feed.read();
            dieAt(Step.AFTER_READING);
            return batch;
        }

        @Override
        public void commit(TelemetryBatch batch, Results results) throws SQLException {
            feed.commit(batch, connection -> {
                dieAt(Step.BEFORE_WRITING);
                results.write(mortal(connection));
                dieAt(Step.BEFORE_COMMIT);
            });
            dieAt(Step.AFTER_COMMIT);
        }

        @Override
        public void awaitNews(Duration atMost) throws SQLException {
            feed.awaitNews(atMost);
        }

        @Override
        public FeedPosition position() {
            return feed.position();
        }

        @Override
        public void replay(Instant since, Set<Integer> residents, RowConsumer reader) throws SQLException {
            feed.replay(since, residents, reader);
        }

        @Override
        public void reread(FeedPosition after, RowConsumer reader) throws SQLException {
            feed.reread(after, reader);
        }

        @Override
        public void close() {
            feed.close();
        }
    }
}
