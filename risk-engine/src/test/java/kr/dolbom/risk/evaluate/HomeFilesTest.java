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
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.Room;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFilesTest {
    private static final String HEADER = HomeFiles.SIGNS + "\n";
    private static final String EVENTS = HomeFiles.EVENTS + "\n";
    private static final String TRUTH = HomeFiles.TRUTH + "\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void homesAreReadFromPlainAndPackedFilesInAnyOrder() throws IOException {
        Files.writeString(
                folder.resolve("a.csv"),
                "at,resident,location\n2026-03-02 09:00:00,b,kitchen\n2026-03-02T08:00:00,b,fridge-door\n2026-03-05 08:00:00,b,kitchen\n");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.csv.gz")))) {
            out.write("at,resident,location\n2026-03-02T08:30:00+09:00,a,back-door\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.resolve("labels.csv"), "resident,at,label\na,2026-03-02,Agitation\n");

        List<RecordedHome> homes = HomeFiles.read(folder);

        assertEquals(List.of("a", "b"), homes.stream().map(RecordedHome::id).toList());
        assertArrayEquals(
                new Room[] {Room.KITCHEN, Room.KITCHEN, Room.KITCHEN},
                homes.get(1).rooms());
        assertEquals(3600, homes.get(1).at()[1] - homes.get(1).first());
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
                "line 2, column 25: 2 columns instead of 3; expected at,resident,location",
                fault("2026-03-02 09:00:00,one\n"));
        assertEquals(
                "line 2, column 33: 4 columns instead of 3; expected at,resident,location",
                fault("2026-03-02 09:00:00,one,kitchen,1\n"));
        assertEquals("line 2, column 21: no resident; expected an id", fault("2026-03-02 09:00:00,,kitchen\n"));
    }

    @Test
    void dosesAndWhatTrulyHappenedAreReadAsWell() throws IOException {
        Files.writeString(
                folder.resolve("homes.csv"),
                HEADER + "2026-03-02 09:00:00,one,kitchen\n2026-03-05 09:00:00,one,kitchen\n");
        Files.writeString(
                folder.resolve("events.csv"),
                EVENTS + "2026-03-03 09:00:00,one,heartbeat,\n2026-03-02 10:00:00,one,medication,morning no-answer\n");
        Files.writeString(
                folder.resolve("truth.csv"), TRUTH + "one,device-silent,2026-03-04 00:00:00,2026-03-04 12:00:00\n");

        RecordedHome home = HomeFiles.read(folder).getFirst();

        assertEquals(
                new Medication(Medication.Slot.MORNING, Medication.Outcome.NO_ANSWER),
                home.events().getFirst().data());
        assertTrue(home.hasHeartbeats());
        assertEquals(Case.Kind.DEVICE_SILENT, home.cases().getFirst().kind());
        assertTrue(home.isInCase(home.startOfDay(3)));
        assertEquals(
                1.5, home.judgedDays(Outages.NONE), "two days, without the twelve hours in which something happened");
    }

    @Test
    void brokenEventsAndCasesAreNamedLikewise() throws IOException {
        Files.writeString(
                folder.resolve("homes.csv"),
                HEADER + "2026-03-02 09:00:00,one,kitchen\n2026-03-05 09:00:00,one,kitchen\n");
        assertTrue(fault("events.csv", EVENTS + "2026-03-02 09:00:00,one,dance,\n")
                .startsWith("line 2, column 25: the event 'dance' is not known; expected heartbeat"));
        assertTrue(fault("events.csv", EVENTS + "2026-03-02 09:00:00,one,medication,morning\n")
                .startsWith("line 2, column 36: the dose 'morning' cannot be understood"));
        assertTrue(fault("events.csv", EVENTS + "2026-03-02 09:00:00,two,heartbeat,\n")
                .startsWith("line 2, column 21: the resident 'two' has no signs"));
        assertTrue(fault("truth.csv", TRUTH + "one,flood,2026-03-04 00:00:00,2026-03-04 12:00:00\n")
                .startsWith(
                        "line 2, column 5: the kind 'flood' is not known; expected one of [silence, device-silent"));
        assertTrue(fault("truth.csv", TRUTH + "one,silence,2026-03-04 00:00:00,2026-03-03 12:00:00\n")
                .startsWith("line 2, column 33: it ends before it begins"));
    }

    private String fault(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        String message = message(folder);
        Files.delete(file);
        assertTrue(message.startsWith(file + ", "), message);
        return message.substring(file.toString().length() + 2);
    }

    private String fault(String lines) throws IOException {
        Path file = folder.resolve("homes.csv");
        Files.writeString(file, HEADER + lines);
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
        Files.write(folder.resolve("homes.csv"), new byte[] {'a', 't', (byte) 0xff, '\n'});
        assertTrue(message(folder).contains("homes.csv, after line 1: there are bytes that are no UTF-8"));
        Files.writeString(folder.resolve("homes.csv"), HEADER);
        assertTrue(message(folder).contains("at least one line after it"));
        Files.writeString(folder.resolve("homes.csv"), HEADER + "2026-03-02 09:00:00,one,kitchen\n");
        assertTrue(message(folder).contains("beyond its second day"));
        Files.delete(folder.resolve("homes.csv"));
        Files.writeString(folder.resolve("other.csv"), "time,who\n");
        assertTrue(message(folder).contains("looked at [other.csv]"));
    }

    private static String message(Path folder) {
        return String.valueOf(assertThrows(BadInputException.class, () -> HomeFiles.read(folder))
                .getMessage());
    }
}
