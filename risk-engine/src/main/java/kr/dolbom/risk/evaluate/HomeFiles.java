package kr.dolbom.risk.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import kr.dolbom.contract.telemetry.Room;

/// Reads recorded homes: every `*.csv` and `*.csv.gz` in a folder whose first line is
/// `at,resident,location`. Others are passed over, for there may be labels beside.
///
/// `at` is local time as `2019-04-08 16:32:25`, with a T instead of the space if one likes, or a time
/// with an offset, of which the local part is taken. `location` is a room as the contract names it, or
/// `fridge-door`. Lines need not be in order.
final class HomeFiles {
    private static final String HEADER = "at,resident,location";
    private static final int COLUMNS = 3;
    private static final int EARLIEST_YEAR = 2000;
    private static final int LATEST_YEAR = 2100;
    private static final Map<String, Room> ROOMS = rooms();

    private HomeFiles() {}

    /// The homes in a folder, in order of their residents' ids.
    ///
    /// @throws BadInputException where there is none, or a line cannot be understood
    static List<RecordedHome> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(
                    "There is no folder %s. Give one with recorded homes: files *.csv or *.csv.gz that begin with the line %s"
                            .formatted(folder, HEADER));
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file ->
                            file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList();
        }
        Map<String, Collected> homes = new LinkedHashMap<>();
        List<String> passedOver = new ArrayList<>();
        for (Path file : files) {
            if (!read(file, homes)) {
                passedOver.add(file.getFileName().toString());
            }
        }
        if (homes.isEmpty()) {
            throw new BadInputException(
                    "%s has no recorded homes: no file *.csv or *.csv.gz with the line %s and at least one line after it%s"
                            .formatted(folder, HEADER, passedOver.isEmpty() ? "" : " (looked at " + passedOver + ")"));
        }
        return homes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(home -> home.getValue().home(home.getKey()))
                .toList();
    }

    /// @return whether it is a file of records
    private static boolean read(Path file, Map<String, Collected> homes) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String header = lines.readLine();
            if (header == null) {
                throw new BadInputException("%s is empty: expected the line %s and records after it, or no such file"
                        .formatted(file, HEADER));
            }
            if (!strip(header).equals(HEADER)) {
                return false;
            }
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    readLine(file, number, line, homes);
                }
            }
            return true;
        } catch (ZipException | java.io.EOFException e) {
            throw new BadInputException("%s is no whole gzip file (%s): copy it again, or unpack it to .csv"
                    .formatted(file, e.getMessage()));
        }
    }

    private static String strip(String header) {
        String line = header.startsWith("\ufeff") ? header.substring(1) : header;
        return line.strip();
    }

    private static void readLine(Path file, int number, String line, Map<String, Collected> homes) {
        String[] columns = line.strip().split(",", -1);
        if (columns.length != COLUMNS) {
            throw bad(file, number, 1, "%d columns instead of 3".formatted(columns.length), "expected " + HEADER);
        }
        int secondColumn = columns[0].length() + 2;
        int thirdColumn = secondColumn + columns[1].length() + 1;
        long at = second(file, number, columns[0]);
        if (columns[1].isBlank()) {
            throw bad(file, number, secondColumn, "no resident", "expected an id");
        }
        Room room = ROOMS.get(columns[2]);
        if (room == null) {
            throw bad(
                    file,
                    number,
                    thirdColumn,
                    "the location '%s' is not known".formatted(columns[2]),
                    "expected one of " + ROOMS.keySet());
        }
        homes.computeIfAbsent(columns[1], _ -> new Collected()).add(at, room);
    }

    private static long second(Path file, int number, String text) {
        try {
            String iso = text.strip().replace(' ', 'T');
            boolean hasOffset =
                    iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
            LocalDateTime at = hasOffset ? OffsetDateTime.parse(iso).toLocalDateTime() : LocalDateTime.parse(iso);
            if (at.getYear() < EARLIEST_YEAR || at.getYear() >= LATEST_YEAR) {
                throw bad(
                        file,
                        number,
                        1,
                        "the time %s is impossible".formatted(text),
                        "expected a year from %d to %d; mend or delete the line"
                                .formatted(EARLIEST_YEAR, LATEST_YEAR - 1));
            }
            return at.toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw bad(file, number, 1, "'%s' is no time".formatted(text), "expected for example 2019-04-08 16:32:25");
        }
    }

    private static BadInputException bad(Path file, int line, int column, String what, String expected) {
        return new BadInputException("%s, line %d, column %d: %s; %s".formatted(file, line, column, what, expected));
    }

    private static Map<String, Room> rooms() {
        Map<String, Room> rooms = new LinkedHashMap<>();
        for (Room room : Room.values()) {
            rooms.put(room.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), room);
        }
        rooms.put("fridge-door", Room.KITCHEN);
        return rooms;
    }

    /// What is read of one home.
    private static final class Collected {
        private record Sign(long at, Room room) {}

        private final List<Sign> signs = new ArrayList<>();

        void add(long at, Room room) {
            signs.add(new Sign(at, room));
        }

        RecordedHome home(String id) {
            signs.sort(Comparator.comparingLong(Sign::at)); // stable: what came first stays first
            long[] at = signs.stream().mapToLong(Sign::at).toArray();
            Room[] rooms = signs.stream().map(Sign::room).toArray(Room[]::new);
            return new RecordedHome(id, at, Arrays.copyOf(rooms, rooms.length));
        }
    }
}
