package kr.dolbom.sim.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./dolbom bench console`: how fast the list of open alerts is for a city.
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Measures the list of open alerts: how long the server takes for it under a steady load, what a browser's"
                    + " first load weighs, and how soon a new alert is seen in a real Chromium.",
            "It starts a database, a caseworker-api and a Chromium of its own and ends them. The last line is for"
                    + " scripts (alert_visible_ms is the longest); exit code 1 where a promise is not kept: 100 ms, 150 KB,"
                    + " 500 ms."
        })
public final class ConsoleBenchCommand implements Callable<Integer> {
    @Option(names = "--residents", defaultValue = "100000", description = "How many residents there are.")
    private int residents;

    @Option(names = "--past-alerts", defaultValue = "1000000", description = "How many alerts are over.")
    private int pastAlerts;

    @Option(names = "--open-alerts", defaultValue = "500", description = "How many are open.")
    private int openAlerts;

    @Option(
            names = "--offices",
            defaultValue = "1",
            description = "Over how many offices they are spread; with one, everybody sees all of them.")
    private int offices;

    @Option(names = "--viewers", defaultValue = "100", description = "How many people have the list open.")
    private int viewers;

    @Option(names = "--pages-per-second", defaultValue = "10", description = "How often the list is opened anew.")
    private int pagesPerSecond;

    @Option(names = "--seconds", defaultValue = "60", description = "How long that is measured.")
    private int seconds;

    @Option(
            names = "--shown",
            defaultValue = "40",
            description = "How many new alerts are watched until they are seen.")
    private int shown;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Made by the command line.
    public ConsoleBenchCommand() {}

    @Override
    public Integer call() throws InterruptedException, SQLException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        ConsoleReport report;
        Path file;
        try (BenchStage stage = new BenchStage(out)) {
            file = options.file(stage, "console");
            report = new ConsoleBench(
                            stage,
                            new ConsoleBench.Settings(
                                    residents,
                                    pastAlerts,
                                    openAlerts,
                                    offices,
                                    viewers,
                                    pagesPerSecond,
                                    Duration.ofSeconds(seconds),
                                    shown,
                                    options.jvmOptions()))
                    .run();
        }
        report.print(out);
        report.write(file);
        out.println("Written to " + file);
        out.println(report.line());
        out.flush();
        return report.isGood() ? 0 : 1;
    }
}
