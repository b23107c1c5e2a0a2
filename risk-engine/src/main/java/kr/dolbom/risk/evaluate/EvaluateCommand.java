package kr.dolbom.risk.evaluate;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import kr.dolbom.risk.silence.Limits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./dolbom evaluate`: how many false alerts the engine gives on recorded homes, and how soon it finds
/// a silence.
@Command(
        name = "evaluate",
        description = {
            "Replays recorded homes through the engine and tells false alerts and delays, beside simpler methods.",
            "",
            "DIR has files *.csv or *.csv.gz that begin with the line at,resident,location; at is local time,",
            "location a room: bedroom, bathroom, kitchen, fridge-door, lounge, hallway, front-door, back-door,",
            "balcony, other. What else it may have is in docs/reference/evaluate.md; ./dolbom sim export makes",
            "such a folder of simulated homes, with what truly happened in them. Each home is judged beside a",
            "population made of all the others; its own third day is the first that counts.",
            "docs/explanation/scoring.md tells what the figures mean.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:evaluated",
            "2:an option or a file cannot be understood; the message says which and how to mend it"
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder with recorded homes")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures there as well")
    private @Nullable Path json;

    @Option(
            names = "--thin",
            description =
                    "keep only what one care robot would notice: kitchen and lounge, 20 to 60 signs a day, no door")
    private boolean thin;

    @Option(
            names = "--what-if",
            paramLabel = "KEY=VALUE",
            description = {
                "judge once more with a setting changed, and tell the difference; several times for several",
                "keys: " + WhatIf.KEYS
            })
    private Map<String, String> whatIf = new LinkedHashMap<>();

    @Option(names = "--no-baselines", description = "the engine alone, without other methods and scenarios")
    private boolean noBaselines;

    @Option(names = "--alerts", description = "list every alert of all families together, and every false urgent one")
    private boolean alerts;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "20260301",
            description = "of all that is drawn by lot (default: ${DEFAULT-VALUE})")
    private long seed;

    /// Runs it and exits with its code.
    public static void main(String[] arguments) {
        System.exit(run(new CommandLine(new EvaluateCommand()), arguments));
    }

    static int run(CommandLine command, String... arguments) {
        return command.setCommandName("dolbom evaluate")
                .setExecutionExceptionHandler(EvaluateCommand::tell)
                .execute(arguments);
    }

    private static int tell(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof BadInputException) {
            command.getErr().println("dolbom: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        throw e;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Limits limits = Limits.MEASURED;
        Limits changed = WhatIf.apply(limits, whatIf);
        List<RecordedHome> homes = HomeFiles.read(data);
        List<RecordedHome> recorded = homes;
        var progress = new Progress(System.err, isTerminal());
        progress.begin("looking for silences of all homes", 1);
        Outages outages = FleetPlay.Incident.outages(FleetPlay.findIncidents(recorded));
        if (thin) {
            homes = homes.stream()
                    .map(home -> Thinning.thin(home, seed))
                    .filter(Objects::nonNull)
                    .toList();
        }
        try (var evaluation = new Evaluation(homes, outages, seed, progress)) {
            evaluation.learn(limits);
            var report = new Report(data, thin, homes, seed);
            List<HomeFigures> engine = evaluation.engine("engine", limits);
            report.add("engine", engine);
            if (!whatIf.isEmpty()) {
                report.add("what if " + WhatIf.describe(whatIf), evaluation.engine("what if", changed));
            }
            FleetPlay.Result together = evaluation.together(recorded);
            report.addTogether(together, Tiers.of(homes, evaluation.days(), together, seed));
            if (!noBaselines) {
                report.addScenarios(evaluation.scenarios(limits), evaluation.changes());
                for (Method method : Method.baselines(seed)) {
                    report.add(method.name(), evaluation.baseline(method));
                }
            }
            long bytes = evaluation.bytesPerResident(limits);
            progress.end();
            report.print(out);
            if (alerts) {
                report.printAlerts(engine, out);
            }
            if (json != null) {
                write(json, report.json(evaluation.microsPerEvent(), bytes));
            }
            out.println(report.lastLine(evaluation.microsPerEvent(), bytes));
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }

    // Since Java 22 some runtimes always have a console and some, Java 25 again, only on a terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new BadInputException("%s cannot be written (%s): give --json a file in a folder that exists"
                    .formatted(file, e.getMessage()));
        }
    }
}
