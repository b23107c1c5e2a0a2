package kr.dolbom.sim.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kr.dolbom.sim.stack.StackException;

/// Messages a second, measured in turn and more than once, so that what else happens on the machine
/// meets all alike:
///
/// - *bare*: a HiveMQ with our configuration that lets everybody in, acknowledges, and keeps nothing.
/// - *durable*: our broker, which validates each message, commits it, and then acknowledges.
/// - *copy*: the same rows into a table of the same kind by `COPY` and nothing else.
///
/// Clients, messages and machine are the same. A last run at an even pace tells how long an
/// acknowledgement takes.
final class IngestBench {
    private static final int COPY_ROWS = 50_000;
    private static final int COPY_ROWS_AT_ONCE = 5_000;

    private final BenchStage stage;
    private final Settings settings;

    /// @param devices how many publish at once
    /// @param duration of one measurement
    /// @param rounds how often each is measured
    /// @param pacePerSecond messages a second of the paced run
    /// @param jvmOptions more options for both brokers
    record Settings(int devices, Duration duration, int rounds, int pacePerSecond, List<String> jvmOptions) {
        Duration warmUp() {
            return duration.dividedBy(3);
        }
    }

    IngestBench(BenchStage stage, Settings settings) {
        this.stage = stage;
        this.settings = settings;
    }

    IngestReport run() throws InterruptedException, SQLException, IOException {
        BenchDatabase database = stage.database();
        List<BenchDatabase.Device> devices = database.register(settings.devices());
        BenchStage.Broker ours = stage.broker(database, settings.jvmOptions());
        BenchStage.Broker bare = stage.bareBroker(settings.jvmOptions());
        List<Fleet.Pace> bareRuns = new ArrayList<>();
        List<Fleet.Pace> durableRuns = new ArrayList<>();
        List<Double> copyRuns = new ArrayList<>();
        long acknowledged = 0;
        long refused = 0;
        // A first round of each is not counted: compilers and caches are cold.
        for (int round = 0; round <= settings.rounds(); round++) {
            boolean counted = round > 0;
            String name = counted ? "round %d of %d".formatted(round, settings.rounds()) : "warm-up";
            try (Fleet fleet = connect(bare, database, devices, round)) {
                Fleet.Pace pace = fleet.saturate(settings.warmUp(), settings.duration());
                say(name, "bare", pace);
                if (counted) {
                    bareRuns.add(pace);
                }
            }
            try (Fleet fleet = connect(ours, database, devices, round)) {
                Fleet.Pace pace = fleet.saturate(settings.warmUp(), settings.duration());
                say(name, "durable", pace);
                if (counted) {
                    durableRuns.add(pace);
                }
                acknowledged += fleet.acknowledged();
                refused += fleet.refused();
            }
            double copied = copy(database);
            stage.say("%-14s %-8s %,9.0f rows/s".formatted(name, "copy", copied));
            if (counted) {
                copyRuns.add(copied);
            }
        }
        Fleet.Pace even;
        try (Fleet fleet = connect(ours, database, devices, settings.rounds() + 1)) {
            even = fleet.pace(settings.pacePerSecond(), settings.warmUp(), settings.duration());
            say("even pace", "durable", even);
            acknowledged += fleet.acknowledged();
            refused += fleet.refused();
        }
        long rows = database.rows();
        IngestReport report = new IngestReport(
                settings,
                database.version(),
                database.isDurable(),
                bareRuns,
                durableRuns,
                copyRuns,
                even,
                acknowledged,
                refused,
                rows,
                database.duplicates(),
                database.bytes("telemetry") / (double) rows,
                database.sizes("telemetry"));
        if (rows != acknowledged || refused != 0 || report.duplicates() != 0) {
            throw new StackException("acknowledged=%d rows=%d refused=%d duplicates=%d: each message must be there once"
                    .formatted(acknowledged, rows, refused, report.duplicates()));
        }
        return report;
    }

    private static Fleet connect(
            BenchStage.Broker broker, BenchDatabase database, List<BenchDatabase.Device> devices, int seed)
            throws InterruptedException, SQLException {
        List<Long> serving = database.processes();
        return Fleet.connect(broker.port(), devices, seed, () -> CpuTime.now(broker.pid(), serving));
    }

    private double copy(BenchDatabase database) throws SQLException, IOException {
        database.makeCopyTable();
        byte[] rows = database.readAll("select * from telemetry limit " + COPY_ROWS);
        List<Integer> ends = new ArrayList<>();
        int lines = 0;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == '\n' && ++lines % COPY_ROWS_AT_ONCE == 0) {
                ends.add(i + 1);
            }
        }
        database.checkpoint();
        long begin = System.nanoTime();
        long count = 0;
        int from = 0;
        for (int end : ends) {
            count += database.copy("telemetry_copy", rows, from, end - from);
            from = end;
        }
        double perSecond = count / ((System.nanoTime() - begin) / 1e9);
        database.execute("drop table telemetry_copy");
        database.checkpoint();
        return perSecond;
    }

    private void say(String round, String what, Fleet.Pace pace) {
        stage.say(String.format(
                Locale.ROOT,
                "%-14s %-8s %,9.0f messages/s   p50 %5.1f ms   p99 %5.1f ms   processor: clients %.1f, broker %.1f, database %.1f µs",
                round,
                what,
                pace.perSecond(),
                pace.p50Millis(),
                pace.p99Millis(),
                pace.cpu().clients(),
                pace.cpu().broker(),
                pace.cpu().database()));
    }
}
