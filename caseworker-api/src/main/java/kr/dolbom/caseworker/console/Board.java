package kr.dolbom.caseworker.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All open alerts in the list's order as they stood at one moment, and which of them had changed
/// lately. Never changes, but for remembering what was asked of it; safe for use by many threads.
final class Board {
    private static final int REMEMBERED = 256;
    private static final int SHOWN_AT_MOST = 1000;

    private final String epoch;
    private final long version;
    private final Instant readAt;
    private final List<BoardRow> rows;
    private final Map<UUID, BoardRow> byId;
    private final List<Step> steps;
    private final Map<Audience, List<BoardRow>> seen = new ConcurrentHashMap<>();
    private final Map<Question, Difference> answers = new ConcurrentHashMap<>();

    private Board(String epoch, long version, Instant readAt, List<BoardRow> rows, List<Step> steps) {
        this.epoch = epoch;
        this.version = version;
        this.readAt = readAt;
        this.rows = rows;
        this.steps = steps;
        this.byId = new LinkedHashMap<>();
        rows.forEach(row -> byId.put(row.open().alertId(), row));
    }

    /// What had changed with a version.
    private record Step(long version, Set<UUID> touched) {}

    private record Question(String since, Audience audience) {}

    /// One row and where it stands.
    ///
    /// @param after the id of the row before it; empty for the first
    record Place(String after, BoardRow row) {}

    /// What has changed for some viewers.
    ///
    /// @param version the name of the board as it stands
    /// @param whole whether rows that are not among `places` are to go
    /// @param gone the ids of rows that are no longer there
    /// @param places rows that are new or look or stand differently, from the top down
    record Difference(String version, boolean whole, List<String> gone, List<Place> places) {
        boolean isNone() {
            return !whole && gone.isEmpty() && places.isEmpty();
        }
    }

    /// An empty one that nothing was read for.
    ///
    /// @param epoch tells the boards of this start of the program from those of others
    static Board none(String epoch) {
        return new Board(epoch, 0, Instant.MIN, List.of(), List.of());
    }

    /// The board with other rows instead of some.
    ///
    /// @param sorted all rows, in order
    /// @param touched the ids of those that came, went or changed
    /// @param allReadAt when all rows were read the last time
    Board next(List<BoardRow> sorted, Set<UUID> touched, Instant allReadAt) {
        if (touched.isEmpty()) {
            return new Board(epoch, version, allReadAt, sorted, steps);
        }
        List<Step> longer = new ArrayList<>(steps.subList(Math.max(0, steps.size() + 1 - REMEMBERED), steps.size()));
        longer.add(new Step(version + 1, Set.copyOf(touched)));
        return new Board(epoch, version + 1, allReadAt, sorted, List.copyOf(longer));
    }

    /// Its name, which a browser tells when it comes back.
    String version() {
        return epoch + "." + version;
    }

    /// When all rows were read the last time.
    Instant readAt() {
        return readAt;
    }

    List<BoardRow> rows() {
        return rows;
    }

    @Nullable BoardRow find(UUID alertId) {
        return byId.get(alertId);
    }

    /// What these viewers see, in order: the first thousand.
    List<BoardRow> rows(Audience audience) {
        List<BoardRow> all = all(audience);
        return all.subList(0, Math.min(SHOWN_AT_MOST, all.size()));
    }

    /// How many open alerts there are for these viewers beyond those that they see.
    int more(Audience audience) {
        return Math.max(0, all(audience).size() - SHOWN_AT_MOST);
    }

    private List<BoardRow> all(Audience audience) {
        return seen.computeIfAbsent(
                audience,
                missing -> rows.stream().filter(row -> missing.sees(row.open())).toList());
    }

    /// What has changed for these viewers since an earlier board. Where that is not known any more it is everything.
    ///
    /// @param since the earlier board's name; anything else stands for one that is not known
    Difference since(String since, Audience audience) {
        return answers.computeIfAbsent(
                new Question(since, audience), question -> differ(question.since(), question.audience()));
    }

    private Difference differ(String since, Audience audience) {
        Set<UUID> touched = touchedSince(since);
        List<BoardRow> all = all(audience);
        int shown = Math.min(SHOWN_AT_MOST, all.size());
        List<Place> places = new ArrayList<>();
        Set<UUID> there = new HashSet<>();
        // Each alert that came, went or moved shifts the others by one place at most: only so many can have come over
        // the end of what is shown.
        int crossed = touched == null ? 0 : touched.size();
        String before = "";
        for (int i = 0; i < shown; i++) {
            BoardRow row = all.get(i);
            UUID id = row.open().alertId();
            there.add(id);
            if (touched == null || touched.contains(id) || i >= SHOWN_AT_MOST - crossed) {
                places.add(new Place(before, row));
            }
            before = id.toString();
        }
        if (touched == null) {
            return new Difference(version(), true, List.of(), places);
        }
        Stream<UUID> pushedOut = all.subList(shown, Math.min(all.size(), shown + crossed)).stream()
                .map(row -> row.open().alertId());
        List<String> gone = Stream.concat(touched.stream(), pushedOut)
                .filter(id -> !there.contains(id))
                .distinct()
                .map(UUID::toString)
                .toList();
        return new Difference(version(), false, gone, places);
    }

    private @Nullable Set<UUID> touchedSince(String since) {
        int dot = since.indexOf('.');
        if (dot < 0
                || !since.substring(0, dot).equals(epoch)
                || !since.substring(dot + 1).matches("\\d{1,18}")) {
            return null;
        }
        long known = Long.parseLong(since.substring(dot + 1));
        if (known == version) {
            return Set.of();
        }
        boolean isRemembered =
                known < version && !steps.isEmpty() && steps.getFirst().version() <= known + 1;
        if (!isRemembered) {
            return null;
        }
        Set<UUID> touched = new HashSet<>();
        steps.stream().filter(step -> step.version() > known).forEach(step -> touched.addAll(step.touched()));
        return touched;
    }
}
