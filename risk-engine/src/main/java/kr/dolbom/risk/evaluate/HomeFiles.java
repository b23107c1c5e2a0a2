package kr.dolbom.risk.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.PresenceReport;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Telemetry;

/// Reads recorded homes: every `*.csv` and `*.csv.gz` in a folder, by its first line:
///
/// - `at,resident,location`: the signs. `at` is local time as `2019-04-08 16:32:25`, with a T instead of
///   the space if one likes, or a time with an offset, of which the local part is taken. `location` is a
///   room as the contract names it, or `fridge-door`.
/// - `at,resident,event,detail`: what else the device sent, see [#EVENTS]. Where a home has any
///   `heartbeat`, its device counts as silent while none comes; where it has none, as alive throughout.
/// - `resident,kind,from,to`: what truly happened, see [Case.Kind].
///
/// Others are passed over, for there may be labels beside. Lines need not be in order.
final class HomeFiles {
    static final String SIGNS = "at,resident,location";
    static final String EVENTS = "at,resident,event,detail";
    static final String TRUTH = "resident,kind,from,to";

    private static final Map<String, Room> ROOMS = rooms();
    private static final Map<String, Case.Kind> KINDS = byName(Case.Kind.values());
    private static final Map<String, Medication.Slot> SLOTS = byName(Medication.Slot.values());
    private static final Map<String, Medication.Outcome> OUTCOMES = byName(Medication.Outcome.values());

    private final Map<String, Collected> homes = new TreeMap<>();
    private final Map<String, CsvLine> named = new LinkedHashMap<>();

    private HomeFiles() {}

    /// The homes in a folder, in order of their residents' ids.
    ///
    /// @throws BadInputException where there is none, or a line cannot be understood
    static List<RecordedHome> read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(
                    "There is no folder %s. Give one with recorded homes: files *.csv or *.csv.gz that begin with the line %s"
                            .formatted(folder, SIGNS));
        }
        var files = new HomeFiles();
        List<String> passedOver = new ArrayList<>();
        for (Path file : list(folder)) {
            boolean isKnown = CsvLine.readAll(file, SIGNS, files::readSign)
                    || CsvLine.readAll(file, EVENTS, files::readEvent)
                    || CsvLine.readAll(file, TRUTH, files::readCase);
            if (!isKnown) {
                passedOver.add(file.getFileName().toString());
            }
        }
        return files.homes(folder, passedOver);
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file ->
                            file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadInputException("%s cannot be read (%s)".formatted(folder, e));
        }
    }

    private List<RecordedHome> homes(Path folder, List<String> passedOver) {
        if (homes.values().stream().allMatch(home -> home.signs.isEmpty())) {
            throw new BadInputException(
                    "%s has no recorded homes: no file *.csv or *.csv.gz with the line %s and at least one line after it%s"
                            .formatted(folder, SIGNS, passedOver.isEmpty() ? "" : " (looked at " + passedOver + ")"));
        }
        named.forEach((resident, line) -> {
            if (home(resident).signs.isEmpty()) {
                throw line.bad(
                        line.column(1).equals(resident) ? 1 : 2,
                        "the resident '%s' has no signs".formatted(resident),
                        "expected one who stands in a file with the line " + SIGNS);
            }
        });
        List<RecordedHome> all = new ArrayList<>();
        homes.forEach((id, home) -> all.add(home.home(id)));
        if (all.stream().noneMatch(home -> home.isJudged(home.last()))) {
            throw new BadInputException(
                    "%s: no home was recorded beyond its second day, and the first two do not count; record for longer"
                            .formatted(folder));
        }
        return all;
    }

    private Collected home(String id) {
        return homes.computeIfAbsent(id, _ -> new Collected());
    }

    private void readSign(CsvLine line) {
        long at = line.second(1);
        String resident = line.required(2, "resident");
        home(resident).signs.add(new Sign(at, named(line, 3, "location", ROOMS)));
    }

    private void readEvent(CsvLine line) {
        long at = line.second(1);
        String resident = line.required(2, "resident");
        named.putIfAbsent(resident, line);
        Telemetry data = switch (line.column(3)) {
            case "heartbeat" -> Messages.HEARTBEAT;
            case "medication" -> dose(line);
            case "going-out" -> new PresenceReport(PresenceReport.State.GOING_OUT, null);
            case "returned" -> new PresenceReport(PresenceReport.State.RETURNED, null);
            case "hospital" -> new PresenceReport(PresenceReport.State.HOSPITAL, null);
            default ->
                throw line.bad(
                        3,
                        "the event '%s' is not known".formatted(line.column(3)),
                        "expected heartbeat, medication, going-out, returned or hospital");
        };
        home(resident).events.add(new RecordedHome.Event(at, data));
    }

    private static Medication dose(CsvLine line) {
        String[] words = line.column(4).split(" ", -1);
        Medication.Slot slot = SLOTS.get(words[0]);
        Medication.Outcome outcome = words.length == 2 ? OUTCOMES.get(words[1]) : null;
        if (slot == null || outcome == null) {
            throw line.bad(
                    4,
                    "the dose '%s' cannot be understood".formatted(line.column(4)),
                    "expected one of %s, a space and one of %s".formatted(SLOTS.keySet(), OUTCOMES.keySet()));
        }
        return new Medication(slot, outcome);
    }

    private void readCase(CsvLine line) {
        String resident = line.required(1, "resident");
        named.putIfAbsent(resident, line);
        var one = new Case(named(line, 2, "kind", KINDS), line.second(3), line.second(4));
        if (one.to() <= one.from()) {
            throw line.bad(4, "it ends before it begins", "expected a time after " + line.column(3));
        }
        home(resident).cases.add(one);
    }

    private static <T> T named(CsvLine line, int column, String what, Map<String, T> names) {
        T found = names.get(line.column(column));
        if (found == null) {
            throw line.bad(
                    column,
                    "the %s '%s' is not known".formatted(what, line.column(column)),
                    "expected one of " + names.keySet());
        }
        return found;
    }

    private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
        return Arrays.stream(values)
                .collect(Collectors.toMap(
                        value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        value -> value,
                        (one, _) -> one,
                        LinkedHashMap::new));
    }

    private static Map<String, Room> rooms() {
        Map<String, Room> rooms = byName(Room.values());
        rooms.put("fridge-door", Room.KITCHEN);
        return rooms;
    }

    private record Sign(long at, Room room) {}

    /// What is read of one home.
    private static final class Collected {
        private final List<Sign> signs = new ArrayList<>();
        private final List<RecordedHome.Event> events = new ArrayList<>();
        private final List<Case> cases = new ArrayList<>();

        RecordedHome home(String id) {
            signs.sort(Comparator.comparingLong(Sign::at)); // stable: what came first stays first
            events.sort(Comparator.comparingLong(RecordedHome.Event::at));
            cases.sort(Comparator.comparingLong(Case::from));
            long[] at = signs.stream().mapToLong(Sign::at).toArray();
            Room[] rooms = signs.stream().map(Sign::room).toArray(Room[]::new);
            return new RecordedHome(id, at, rooms, events, cases);
        }
    }
}
