package kr.dolbom.caseworker.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.words.Words;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoardTest {
    private static final Instant START = Instant.parse("2026-11-22T17:10:00Z");
    private static final int SHOWN = 1000;
    private static final List<Tier> TIERS = List.of(Tier.values());
    private static final Audience OPERATOR = new Audience(null, new BoardRow.Style(Words.KO, false, true));
    private static final Audience OFFICE = new Audience(1, new BoardRow.Style(Words.KO, true, false));

    private final Map<UUID, BoardRow> open = new HashMap<>();
    private final Random random = new Random(1);
    private Board board = Board.none("x");

    @ParameterizedTest
    @ValueSource(ints = {990, 1000, 1010, 1300})
    void anOpenPageHasTheFirstThousandWhateverCrossesThatBound(int alerts) {
        Set<UUID> all = new HashSet<>();
        for (int i = 0; i < alerts; i++) {
            all.add(come());
        }
        show(all);
        Map<Audience, List<String>> pages = new HashMap<>();
        Map<Audience, String> versions = new HashMap<>();
        for (Audience audience : List.of(OPERATOR, OFFICE)) {
            pages.put(audience, ids(audience));
            versions.put(audience, board.version());
        }
        for (int step = 0; step < 60; step++) {
            Set<UUID> touched = new HashSet<>();
            for (int change = random.nextInt(4); change >= 0; change--) {
                touched.add(change());
            }
            show(touched);
            if (random.nextBoolean()) {
                continue;
            }
            for (Audience audience : List.of(OPERATOR, OFFICE)) {
                Board.Difference difference = board.since(Objects.requireNonNull(versions.get(audience)), audience);
                assertFalse(difference.whole(), "no page is sent anew for a few changes");
                assertEquals(ids(audience), apply(Objects.requireNonNull(pages.get(audience)), difference));
                versions.put(audience, difference.version());
                assertEquals(
                        Math.max(
                                0,
                                open.values().stream()
                                                .filter(row -> audience.sees(row.open()))
                                                .count()
                                        - SHOWN),
                        board.more(audience));
            }
        }
    }

    /// As the page's script does.
    private static List<String> apply(List<String> page, Board.Difference difference) {
        page.removeAll(difference.gone());
        for (Board.Place place : difference.places()) {
            String id = place.row().open().alertId().toString();
            page.remove(id);
            page.add(place.after().isEmpty() ? 0 : page.indexOf(place.after()) + 1, id);
        }
        return page;
    }

    private List<String> ids(Audience audience) {
        return new ArrayList<>(board.rows(audience).stream()
                .map(row -> row.open().alertId().toString())
                .toList());
    }

    private void show(Set<UUID> touched) {
        board = board.next(
                open.values().stream()
                        .sorted((one, other) -> OpenAlert.ORDER.compare(one.open(), other.open()))
                        .toList(),
                touched,
                START);
    }

    private UUID change() {
        List<UUID> known = new ArrayList<>(open.keySet());
        UUID some = known.get(random.nextInt(known.size()));
        switch (random.nextInt(3)) {
            case 0 -> {
                return come();
            }
            case 1 -> open.remove(some);
            default -> put(some, Objects.requireNonNull(open.get(some)).open().officeNo());
        }
        return some;
    }

    private UUID come() {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        put(id, 1 + random.nextInt(20) / 19);
        return id;
    }

    private void put(UUID id, int officeNo) {
        Tier tier = TIERS.get(random.nextInt(TIERS.size()));
        Instant at = START.plusSeconds(random.nextInt(100_000));
        var alert = new Alert(
                id,
                "silence",
                tier,
                "raised",
                "-",
                "-",
                at,
                at,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                new Alert.Resident(1, id, "김영자", 1941, "대화동", "대화로 1", null, "ko", null, null),
                new Alert.Office(officeNo, "가", "a", "가"));
        open.put(id, new BoardRow(new OpenAlert(alert, id, 0, List.of(), null), (one, style) -> ""));
    }
}
