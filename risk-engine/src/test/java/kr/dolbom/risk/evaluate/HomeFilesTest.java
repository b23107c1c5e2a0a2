package kr.dolbom.risk.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import kr.dolbom.contract.telemetry.Room;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void homesAreReadFromPlainAndPackedFilesInAnyOrder() throws IOException {
        Files.writeString(
                folder.resolve("a.csv"),
                "at,resident,location\n2026-03-02 09:00:00,b,kitchen\n2026-03-02T08:00:00,b,fridge-door\n");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.csv.gz")))) {
            out.write("at,resident,location\n2026-03-02T08:30:00+09:00,a,back-door\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.resolve("labels.csv"), "resident,at,label\na,2026-03-02,Agitation\n");

        List<RecordedHome> homes = HomeFiles.read(folder);

        assertEquals(List.of("a", "b"), homes.stream().map(RecordedHome::id).toList());
        assertArrayEquals(new Room[] {Room.KITCHEN, Room.KITCHEN}, homes.get(1).rooms());
        assertEquals(3600, homes.get(1).last() - homes.get(1).first());
        assertEquals(1800, homes.get(0).first() - homes.get(1).first(), "local time, whatever the offset");
    }

    @Test
    void whatCannotBeUnderstoodIsNamedByFileLineAndColumn() throws IOException {
        assertEquals(
                "line 3, column 27: the location 'attic' is not known; expected one of [bedroom, bathroom, kitchen,"
                        + " lounge, hallway, front-door, back-door, balcony, other, fridge-door]",
                fault("2026-03-02 09:00:00,one,kitchen\n2026-03-02 09:00:00,onemo,attic\n"));
        assertEquals(
                "line 2, column 1: the time 1970-01-01 00:00:00 is impossible; expected a year from 2000 to 2099; mend"
                        + " or delete the line",
                fault("1970-01-01 00:00:00,one,kitchen\n"));
        assertEquals(
                "line 2, column 1: '2026-02-30 00:00:00' is no time; expected for example 2019-04-08 16:32:25",
                fault("2026-02-30 00:00:00,one,kitchen\n"));
        assertEquals(
                "line 2, column 1: 2 columns instead of 3; expected at,resident,location",
                fault("2026-03-02 09:00:00,one\n"));
        assertEquals("line 2, column 21: no resident; expected an id", fault("2026-03-02 09:00:00,,kitchen\n"));
    }

    private String fault(String lines) throws IOException {
        Path file = folder.resolve("homes.csv");
        Files.writeString(file, "at,resident,location\n" + lines);
        String message = message(folder);
        assertTrue(message.startsWith(file + ", "), message);
        return message.substring(file.toString().length() + 2);
    }

    @Test
    void anEmptyFolderAnEmptyFileAndABrokenOneAreToldApart() throws IOException {
        assertTrue(message(folder).contains("has no recorded homes"));
        assertTrue(message(folder.resolve("nowhere")).startsWith("There is no folder"));
        Files.writeString(folder.resolve("homes.csv"), "");
        assertTrue(message(folder).contains("homes.csv is empty"));
        Files.delete(folder.resolve("homes.csv"));
        Files.writeString(folder.resolve("homes.csv.gz"), "at,resident,location\n");
        assertTrue(message(folder).contains("is no whole gzip file"));
        Files.delete(folder.resolve("homes.csv.gz"));
        Files.writeString(folder.resolve("other.csv"), "time,who\n");
        assertTrue(message(folder).contains("looked at [other.csv]"));
    }

    private static String message(Path folder) {
        return String.valueOf(assertThrows(BadInputException.class, () -> HomeFiles.read(folder))
                .getMessage());
    }
}
