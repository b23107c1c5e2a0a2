package kr.dolbom.sim.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kr.dolbom.sim.Dolbom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExportCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theSameSeedWritesTheSameFilesAndAnotherOthers() {
        assertEquals(0, export("a", "--seed", "7", "--days", "25"));
        assertEquals(0, export("b", "--seed", "7", "--days", "25"));
        assertEquals(0, export("c", "--seed", "8", "--days", "25"));

        assertTrue(out.toString().contains("./dolbom evaluate --data"), out.toString());
        for (String name : List.of("homes.csv", "events.csv", "truth.csv")) {
            assertEquals(lines("a", name), lines("b", name));
            assertTrue(!lines("a", name).equals(lines("c", name)), name);
        }
    }

    @Test
    void whatTrulyHappensIsWhatIsWritten() {
        assertEquals(0, export("a", "--days", "30"));

        List<String> truth = lines("a", "truth.csv");
        assertEquals("resident,kind,from,to", truth.getFirst());
        assertEquals(
                List.of(
                        "decline",
                        "device-silent",
                        "hospital",
                        "missed-medication",
                        "restless-nights",
                        "silence",
                        "sleep-shift"),
                truth.stream()
                        .skip(1)
                        .map(line -> line.split(",", -1)[1])
                        .distinct()
                        .sorted()
                        .toList());
        for (String line : truth.subList(1, truth.size())) {
            String[] one = line.split(",", -1);
            long signs = count("homes.csv", one, "");
            long heartbeats = count("events.csv", one, "heartbeat");
            long doses = count("events.csv", one, "medication");
            long taken = count("events.csv", one, "taken");
            switch (one[1]) {
                case "silence" -> {
                    assertEquals(0, signs, line);
                    assertTrue(heartbeats > 100, line);
                    assertEquals(0, taken, line);
                }
                case "device-silent" -> assertEquals(0, signs + heartbeats + doses, line);
                case "hospital" -> {
                    assertEquals(0, signs, line);
                    assertEquals(1, count("events.csv", one, "hospital"), line);
                }
                case "missed-medication" -> {
                    assertTrue(doses > 0, line);
                    assertEquals(0, taken, line);
                }
                default -> assertTrue(signs > 500, line);
            }
        }
    }

    @Test
    void whatIsOutOfRangeOrCannotBeWrittenIsTold() throws IOException {
        assertEquals(2, export("a", "--homes", "0"));
        assertTrue(err.toString().contains("--homes is 0, expected 1 to 1000"), err.toString());
        assertEquals(2, export("a", "--days", "3"));
        assertTrue(err.toString().contains("--days is 3, expected 25 to 400"), err.toString());
        Files.writeString(folder.resolve("file"), "");
        assertEquals(2, export("file"));
        assertTrue(err.toString().contains("cannot be written"), err.toString());
    }

    /// How many lines of that resident there are in the time of the case.
    private long count(String file, String[] one, String word) {
        return lines("a", file).stream()
                .filter(line -> line.contains("," + one[0] + ",") && line.contains(word))
                .filter(line -> line.compareTo(one[2]) >= 0 && line.compareTo(one[3]) < 0)
                .count();
    }

    private List<String> lines(String name, String file) {
        try {
            return Files.readAllLines(folder.resolve(name).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int export(String name, String... options) {
        String[] all = new String[options.length + 6];
        List<String> fixed = List.of(
                "sim", "export", "--homes", "8", "--out", folder.resolve(name).toString());
        for (int i = 0; i < fixed.size(); i++) {
            all[i] = fixed.get(i);
        }
        System.arraycopy(options, 0, all, fixed.size(), options.length);
        return new CommandLine(new Dolbom())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setOverwrittenOptionsAllowed(true)
                .execute(all);
    }
}
