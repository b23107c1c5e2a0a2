package kr.dolbom.risk.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.TimeZone;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.risk.follow.FollowSettings;
import kr.dolbom.risk.watch.WatchSettings;

/// The program: fills the database that the environment names with residents, and measures three things in turn.
/// Its last line is for scripts.
public final class ScoreBench {
    private static final WatchSettings WATCH = new WatchSettings(
            Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofMinutes(15), Duration.ofSeconds(10));
    private static final FollowSettings FOLLOW = new FollowSettings(
            "bench",
            Duration.ofSeconds(1),
            5_000,
            45,
            Duration.ofMillis(500),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));

    private ScoreBench() {}

    /// What is to be measured.
    ///
    /// @param residents how many in one JVM
    /// @param warmDays simulated days before those that are measured
    /// @param days measured days
    /// @param rows stored messages to catch up with
    /// @param pacePerSecond messages that flow while calls for help are made
    /// @param seconds for how long
    record Plan(int residents, int warmDays, int days, int rows, int pacePerSecond, int seconds) {}

    /// Runs it.
    ///
    /// @param arguments the figures of a [Plan] in order, and the file for the JSON
    public static void main(String[] arguments) throws SQLException, IOException, InterruptedException {
        // What the engine logs of each alert would be most of what it does.
        System.setProperty("logback.configurationFile", "kr/dolbom/risk/bench/logback.xml");
        if (arguments.length != 7) {
            System.err.println("expected RESIDENTS WARM_DAYS DAYS ROWS PACE SECONDS FILE");
            System.exit(2);
        }
        Locale.setDefault(Locale.ROOT);
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Seoul"));
        var plan = new Plan(
                number(arguments[0]),
                number(arguments[1]),
                number(arguments[2]),
                number(arguments[3]),
                number(arguments[4]),
                number(arguments[5]));
        ScoreReport report = run(DatabaseConnection.fromEnvironment(), plan);
        report.print(System.out);
        Path file = Path.of(arguments[6]);
        report.write(file);
        System.out.println("Written to " + file);
        System.out.println(report.line());
        System.exit(0);
    }

    private static int number(String argument) {
        return Integer.parseInt(argument);
    }

    private static ScoreReport run(DatabaseConnection database, Plan plan)
            throws SQLException, IOException, InterruptedException {
        var tables = new BenchTables(database);
        say("registering %,d residents …".formatted(plan.residents()));
        tables.register(plan.residents());
        say("scoring %d + %d days of their messages in memory …".formatted(plan.warmDays(), plan.days()));
        MemoryBench.Figures memory = MemoryBench.run(database, WATCH, plan.residents(), plan.warmDays(), plan.days());
        say("catching up with %,d stored messages …".formatted(plan.rows()));
        DatabaseBench.Figures stored = DatabaseBench.run(database, WATCH, FOLLOW, plan.residents(), plan.rows());
        say("calling for help for %d s while %,d messages a second flow …"
                .formatted(plan.seconds(), plan.pacePerSecond()));
        SosBench.Figures sos = SosBench.run(
                database, WATCH, FOLLOW, plan.residents(), plan.pacePerSecond(), Duration.ofSeconds(plan.seconds()));
        return new ScoreReport(plan, tables.text("select version()"), memory, stored, sos);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
