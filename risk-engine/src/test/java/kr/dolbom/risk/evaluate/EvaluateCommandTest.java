package kr.dolbom.risk.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
    private static final String NUMBER = "(\\d+\\.\\d\\d|NaN)";
    private static final String LAST_LINE = "fa_urgent_30d=" + NUMBER + " median_h=" + NUMBER + " daytime_median_h="
            + NUMBER + " p90_h=" + NUMBER + " found_4h=" + NUMBER + " door_median_h=" + NUMBER + " cold_fa_30d="
            + NUMBER + " outage_person_alerts=\\d+ us_per_event=" + NUMBER + " bytes_per_resident=-?\\d+";

    private static final long SILENT_FROM = Homes.second(8, 14, 0);
    private static final long SILENT_TO = Homes.second(8, 20, 0);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theTableHasTheEngineAndTheBaselinesAndEndsWithTheLineForMachines() throws IOException {
        writeHomes();
        Path json = folder.resolve("figures.json");

        assertEquals(0, run("--data", folder.toString(), "--json", json.toString(), "--what-if", "caps.urgent=14h"));

        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.getLast().matches(LAST_LINE), lines.getLast());
        for (String method : new String[] {
            "engine",
            "what if caps.urgent=14h",
            "fixed 8 h",
            "hourly maximum",
            "z-score per hour",
            "random cut forest",
            "silence after the bathroom",
            "during 0 incidents 0 alerts about persons",
            "urgent   ",
            "device-silent        1 of   1 found"
        }) {
            assertTrue(out.toString().contains("\n" + method), method);
        }
        assertTrue(Files.readString(json).contains("\"falseUrgentPer30Days\""));
    }

    @Test
    void thinnedHomesAreEvaluatedLikewise() throws IOException {
        writeHomes();

        assertEquals(0, run("--data", folder.toString(), "--thin", "--no-baselines"));

        assertTrue(out.toString().contains("thinned like a robot"));
    }

    @Test
    void whatCannotBeUnderstoodIsToldWithTheWayOutAndExitCodeTwo() throws IOException {
        assertEquals(2, run("--data", folder.resolve("nowhere").toString()));
        assertTrue(err.toString().contains("There is no folder"), err.toString());
        writeHomes();
        assertEquals(2, run("--data", folder.toString(), "--what-if", "caps.urgnt=14h"));
        assertTrue(err.toString().contains("no setting 'caps.urgnt'; there are caps.urgent"), err.toString());
        assertEquals(2, run("--data", folder.toString(), "--what-if", "caps.urgent=soon"));
        assertTrue(err.toString().contains("expected hours and minutes"), err.toString());
        assertEquals(2, run("--data", folder.toString(), "--what-if", "caps.urgent=2h"));
        assertTrue(err.toString().contains("floor"), err.toString());
        assertEquals(2, run());
    }

    private int run(String... arguments) {
        CommandLine command = new CommandLine(new EvaluateCommand());
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return EvaluateCommand.run(command, arguments);
    }

    private void writeHomes() throws IOException {
        var text = new StringBuilder("at,resident,location\n");
        for (RecordedHome home : Homes.town(3, 12)) {
            for (int i = 0; i < home.size(); i++) {
                if (home.id().equals("home1") && home.at()[i] >= SILENT_FROM && home.at()[i] < SILENT_TO) {
                    continue;
                }
                text.append(LocalDateTime.ofEpochSecond(home.at()[i], 0, ZoneOffset.UTC))
                        .append(',')
                        .append(home.id())
                        .append(',')
                        .append(home.rooms()[i].name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .append('\n');
            }
        }
        Files.writeString(folder.resolve("homes.csv"), text.toString());
        var events = new StringBuilder(HomeFiles.EVENTS + "\n");
        for (long at = Homes.second(1, 0, 0); at < Homes.second(13, 0, 0); at += 600) {
            if (at < SILENT_FROM || at >= SILENT_TO) {
                events.append("%s,home1,heartbeat,%n".formatted(LocalDateTime.ofEpochSecond(at, 0, ZoneOffset.UTC)));
            }
        }
        Files.writeString(folder.resolve("events.csv"), events.toString());
        Files.writeString(
                folder.resolve("truth.csv"),
                HomeFiles.TRUTH
                        + "%nhome1,device-silent,%s,%s%n"
                                .formatted(
                                        LocalDateTime.ofEpochSecond(SILENT_FROM, 0, ZoneOffset.UTC),
                                        LocalDateTime.ofEpochSecond(SILENT_TO, 0, ZoneOffset.UTC)));
    }
}
