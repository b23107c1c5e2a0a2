package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import kr.dolbom.risk.feed.FeedPosition;
import kr.dolbom.risk.feed.TelemetryBatch;
import kr.dolbom.risk.feed.TelemetryFeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Engines that begin with the states that others kept.
@Timeout(180)
class SnapshotTest {
    private static final int DAY = 31;

    @Test
    void whoStartsReadsNoHistoryAndOnlyWhatTheStatesLack() throws SQLException {
        Instant noon = seoul(DAY, 12, 0);
        try (var town = new Town(noon)) {
            int first = town.addResident();
            int second = town.addResident();
            town.clockwork(first, seoul(DAY - 4, 0, 0), noon, null);
            town.clockwork(second, seoul(DAY - 4, 0, 0), noon, null);
            town.runAt(noon);
            town.stopEngine();
            town.runAt(noon.plusSeconds(1)); // learns nothing, as the feed gave it all: its states wait
            town.motion(first, noon.plusSeconds(60), "kitchen");
            town.runAt(noon.plusSeconds(60));
            town.runAt(noon.plus(Duration.ofMinutes(6))); // what changed at noon is kept
            town.motion(second, noon.plus(Duration.ofMinutes(7)), "kitchen");
            town.runAt(noon.plus(Duration.ofMinutes(7)));
            town.stopEngine();

            var reading = new CountingFeed(town.openFeed());
            town.start(reading);

            assertEquals(0, reading.history);
            assertEquals(List.of(second), reading.reread, "the first resident's state has all");
            assertEquals(2, town.number("select count(*) from resident_state"));
        }
    }

    @Test
    void aStateThatCannotBeReadIsDroppedAndThatResidentsHistoryAloneIsReadAgain() throws SQLException {
        Instant now = seoul(DAY, 11, 5);
        try (var town = new Town(now)) {
            int whole = town.addResident();
            int broken = town.addResident();
            town.clockwork(whole, seoul(1, 0, 0), now, null);
            town.clockwork(broken, seoul(1, 0, 0), now, null);
            town.follow = Town.followKeepingStatesWithin(Duration.ZERO);
            town.runAt(now);
            town.stopEngine();
            town.update("update resident_state set state = '\\x7f00' where resident_no = ?", broken);

            var reading = new CountingFeed(town.openFeed());
            town.start(reading);
            assertEquals(Set.of(broken), reading.whoseHistory);
            assertEquals(town.number("select count(*) from telemetry where resident_no = ?", broken), reading.history);
            assertEquals(0, town.number("select count(*) from resident_state where state = '\\x7f00'"));
            town.heartbeats(whole, seoul(DAY, 11, 10), seoul(DAY, 15, 0));
            town.heartbeats(broken, seoul(DAY, 11, 10), seoul(DAY, 15, 0));
            town.runAt(seoul(DAY, 15, 0));

            // Both know the days of the past: the sentence counts them.
            assertEquals(
                    List.of("11시에 거실에서 확인된 뒤, 보통 20분 안에 다시 확인되시는데 지금 4시간째 움직임이 없습니다(최근 30일 중 처음)."),
                    town.alerts().stream().map(Town.Alert::ko).distinct().toList());
            assertEquals(2, town.alerts().size());
        }
    }

    @Test
    void dyingBeforeAnyStatementOfTheStartLeavesNothingHalfKept() throws SQLException {
        Instant now = seoul(DAY, 11, 5);
        try (var town = new Town(now)) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(DAY - 10, 0, 0), now, null);
            town.runAt(now);
            town.stopEngine();
            town.update("delete from resident_state");
            town.update("delete from resident_state_floor"); // as before any state was kept
            int statement = 0;
            boolean died = true;
            while (died) {
                statement++;
                try (TelemetryFeed feed = town.openFeed()) {
                    Follower.start(
                            feed,
                            dyingBefore(statement, town.database.dataSource()),
                            Town.WATCH,
                            Town.FOLLOW,
                            town.clock,
                            Fence.NONE);
                    died = false;
                } catch (Death e) {
                    assertEquals(
                            town.number("select count(*) from resident_state_floor"),
                            town.number("select count(*) from resident_state"));
                }
            }
            var reading = new CountingFeed(town.openFeed());
            town.start(reading);

            assertEquals(0, reading.history);
            assertEquals(1, town.number("select count(*) from resident_state"));
        }
    }

    @Test
    void anEngineThatIsStartedAgainAndAgainFindsWhatOneFindsThatRanOn() throws SQLException {
        Set<String> ranOn = findings(Integer.MAX_VALUE);
        assertEquals(ranOn, findings(1));
        assertEquals(ranOn, findings(3));
    }

    /// Three days in the life of six residents, by the same dice.
    ///
    /// @param restarts the engine is started anew with one in so many steps
    private static Set<String> findings(int restarts) throws SQLException {
        var life = new Random(7);
        var fate = new Random(8);
        Instant now = seoul(DAY - 3, 0, 0);
        try (var town = new Town(now)) {
            List<Integer> residents = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                residents.add(town.addResident());
                town.roundTheClock(residents.getLast(), seoul(DAY - 13, 0, 0), now);
            }
            while (now.isBefore(seoul(DAY, 0, 0))) {
                for (int resident : residents) {
                    boolean isIll = resident == residents.get((int) (now.getEpochSecond() / 43_200 % 6));
                    if (!isIll && life.nextInt(3) == 0) {
                        town.motion(
                                resident,
                                now.minusSeconds(life.nextInt(600)),
                                life.nextBoolean() ? "lounge" : "kitchen");
                    } else if (life.nextInt(40) > 0) {
                        town.heartbeats(resident, now, now);
                    }
                }
                if (fate.nextInt(restarts) == 0) {
                    town.stopEngine();
                    town.follow = Town.followKeepingStatesWithin(Duration.ofMinutes(fate.nextInt(90)));
                }
                town.runAt(now);
                now = now.plus(Duration.ofMinutes(20));
            }
            Set<String> findings = new TreeSet<>();
            try (Connection connection = town.database.dataSource().getConnection();
                    var select = connection.createStatement();
                    var row = select.executeQuery("select episode || ' ' || tier from finding")) {
                while (row.next()) {
                    findings.add(row.getString(1));
                }
            }
            assertEquals(findings.size(), town.number("""
                    select count(*) from alert_event where type in ('raised', 'again', 'tier-raised')"""));
            return findings;
        }
    }

    private static DataSource dyingBefore(int statement, DataSource database) {
        int[] left = {statement};
        return proxy(DataSource.class, (_, method, arguments) -> {
            Object result = method.invoke(database, arguments);
            return result instanceof Connection connection
                    ? proxy(Connection.class, (_, called, values) -> {
                        if (called.getName().matches("prepareStatement|commit") && --left[0] == 0) {
                            throw new Death();
                        }
                        return called.invoke(connection, values);
                    })
                    : result;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Counts what is read besides the feed itself.
    private static final class CountingFeed implements TelemetryFeed {
        private final TelemetryFeed feed;
        long history;
        Set<Integer> whoseHistory = Set.of();
        final List<Integer> reread = new ArrayList<>();

        CountingFeed(TelemetryFeed feed) {
            this.feed = feed;
        }

        @Override
        public TelemetryBatch read() throws SQLException {
            return feed.read();
        }

        @Override
        public void commit(TelemetryBatch batch, Results results) throws SQLException {
            feed.commit(batch, results);
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
            whoseHistory = residents;
            feed.replay(since, residents, (at, row) -> {
                history++;
                reader.accept(at, row);
            });
        }

        @Override
        public void reread(FeedPosition after, RowConsumer reader) throws SQLException {
            feed.reread(after, (at, row) -> {
                reread.add(row.residentNo());
                reader.accept(at, row);
            });
        }

        @Override
        public void close() {
            feed.close();
        }
    }
}
