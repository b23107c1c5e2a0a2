package kr.dolbom.risk.watch;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.resident.DevicesAtHome;
import kr.dolbom.risk.resident.Home;
import kr.dolbom.risk.resident.Residents;
import kr.dolbom.risk.setting.Wishes;
import kr.dolbom.risk.sight.Sight;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.town.Homes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.postgresql.ds.PGSimpleDataSource;

/// The scoring step of one message: it is applied to its resident, and whoever it touched or whose moment has come is
/// looked at. Without a database, and without what is done for all homes together ([Sight] is not told of messages).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepBenchmark {
    static final int MESSAGES = 100_000;

    private static final int BATCH = 1_000;
    private static final Instant START = Instant.parse("2026-03-01T15:00:00Z"); // midnight in Seoul
    private static final Wishes NOTHING_SET = Wishes.none();
    private static final DevicesAtHome CONNECTED = new DevicesAtHome(1, Instant.EPOCH, false);

    /// How many residents there are: with few of them all stay in the processor's caches.
    @Param("10000")
    public int residents;

    private final Moments moments = new Moments();
    private final SlotSet touched = new SlotSet();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<TelemetryRow> told = new ArrayList<>();
    private Homes homes = new Homes(0, 0);
    private ResidentWatch[] watches = {};
    private List<TelemetryRow> rows = List.of();
    private Instant windowAt = START;

    /// Made by JMH.
    public StepBenchmark() {}

    /// Lets two days go by, so that each resident has a rhythm.
    @Setup(Level.Trial)
    public void prepare() throws SQLException {
        homes = new Homes(residents, 1);
        var population = new Population();
        // Nobody asks it.
        var sight = new Sight(new Residents(new PGSimpleDataSource()));
        var settings = new WatchSettings(
                Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofMinutes(15), Duration.ofSeconds(10));
        var home = new Home(ZoneId.of("Asia/Seoul"), 1, "");
        watches = new ResidentWatch[residents];
        for (int slot = 0; slot < residents; slot++) {
            watches[slot] = new ResidentWatch(slot + 1, home, settings, population, sight);
            touched.add(slot);
        }
        while (windowAt.isBefore(START.plus(Duration.ofDays(2)))) {
            tell();
            step();
        }
    }

    /// The next messages; making them up is not measured.
    @Setup(Level.Invocation)
    public void tell() {
        while (told.size() < MESSAGES) {
            homes.tell(windowAt, told::add);
            windowAt = windowAt.plus(Homes.WINDOW);
        }
        rows = List.copyOf(told.subList(0, MESSAGES));
        told.subList(0, MESSAGES).clear();
    }

    /// The steps of so many messages.
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int step() throws SQLException {
        int written = 0;
        for (int from = 0; from < MESSAGES; from += BATCH) {
            for (TelemetryRow row : rows.subList(from, from + BATCH)) {
                int slot = row.residentNo() - 1;
                if (watches[slot].apply(row, outcomes)) {
                    touched.add(slot);
                }
            }
            look(rows.get(from + BATCH - 1).receivedAt());
            written += outcomes.size();
            outcomes.clear();
        }
        return written;
    }

    private void look(Instant now) throws SQLException {
        long millis = now.toEpochMilli();
        for (int slot = moments.takeDue(millis); slot != -1; slot = moments.takeDue(millis)) {
            touched.add(slot);
        }
        for (int i = 0; i < touched.size(); i++) {
            int slot = touched.get(i);
            Optional<Instant> next = watches[slot].review(now, _ -> CONNECTED, NOTHING_SET, outcomes);
            if (next.isPresent()) {
                moments.set(slot, next.get().toEpochMilli() + 1);
            } else {
                moments.clear(slot);
            }
        }
        touched.clear();
    }
}
