package kr.dolbom.sim.export;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Writes what simulated homes would send, and what truly happened in them, for `./dolbom evaluate`. Exit codes: 0
/// written, 2 wrong usage.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes what simulated homes would send in days of their own clock, for ./dolbom evaluate --data DIR:",
            "",
            "  homes.csv   at,resident,location       each sign of a resident",
            "  events.csv  at,resident,event,detail   heartbeats, doses, words about outings and hospital",
            "  truth.csv   resident,kind,from,to      what truly happened",
            "",
            "Of eight homes seven have one kind of case each, and one has none. The same options give the same files."
        },
        footer = {"", "Example:", "  ./dolbom sim export --homes 20 --days 40 --seed 7 --out run/export"})
public final class ExportCommand implements Callable<Integer> {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final int MOST_HOMES = 1000;
    private static final int LEAST_DAYS = 25;
    private static final int MOST_DAYS = 400;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--homes",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many, 1 to 1000. Default: ${DEFAULT-VALUE}")
    private int homes;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "40",
            description = "How many, 25 to 400. Default: ${DEFAULT-VALUE}")
    private int days;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Tells one town from another. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            defaultValue = "2026-03-02",
            description = "The first day. Default: ${DEFAULT-VALUE}")
    private LocalDate from = LocalDate.EPOCH;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where to; made where it is not there. What it has of these files is overwritten.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        require(homes >= 1 && homes <= MOST_HOMES, "--homes is %d, expected 1 to %d".formatted(homes, MOST_HOMES));
        require(
                days >= LEAST_DAYS && days <= MOST_DAYS,
                "--days is %d, expected %d to %d".formatted(days, LEAST_DAYS, MOST_DAYS));
        int cases;
        try {
            Files.createDirectories(out);
            cases = write();
        } catch (IOException e) {
            throw wrong("%s cannot be written (%s): give --out a folder of your own".formatted(out, e));
        }
        spec().commandLine()
                .getOut()
                .printf(
                        "%d homes, %d days from %s, %d cases: %s%n  ./dolbom evaluate --data %s%n",
                        homes, days, from, cases, out, out);
        return 0;
    }

    private int write() throws IOException {
        int cases = 0;
        try (PrintWriter signs = file("homes.csv", "at,resident,location");
                PrintWriter events = file("events.csv", "at,resident,event,detail");
                PrintWriter truth = file("truth.csv", "resident,kind,from,to")) {
            for (int home = 0; home < homes; home++) {
                for (String line : ExportedHome.write(home, seed, from, days, SEOUL, signs::println, events::println)) {
                    truth.println(line);
                    cases++;
                }
            }
            if (signs.checkError() || events.checkError() || truth.checkError()) {
                throw new IOException("the disk may be full");
            }
        }
        return cases;
    }

    private PrintWriter file(String name, String header) throws IOException {
        var file = new PrintWriter(Files.newBufferedWriter(out.resolve(name), StandardCharsets.UTF_8));
        file.println(header);
        return file;
    }

    private void require(boolean fits, String message) {
        if (!fits) {
            throw wrong(message);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private CommandSpec spec() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("only to be run by a command line");
        }
        return known;
    }
}
