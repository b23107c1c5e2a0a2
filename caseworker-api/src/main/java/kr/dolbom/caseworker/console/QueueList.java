package kr.dolbom.caseworker.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.desk.AlertViews;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;

/// The list of open alerts as one viewer sees it, whole and what has changed of it.
@Singleton
final class QueueList {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ARTICLE = "<article";

    private final AlertBoard board;
    private final Sightings sightings;
    private final Watching watching;
    private final AlertViews views;
    private final Frames frames;
    private final Pages pages;
    private final Transactions transactions;
    private final Clock clock;

    QueueList(
            AlertBoard board,
            Sightings sightings,
            Watching watching,
            AlertViews views,
            Frames frames,
            Pages pages,
            Transactions transactions,
            Clock clock) {
        this.board = board;
        this.sightings = sightings;
        this.watching = watching;
        this.views = views;
        this.frames = frames;
        this.pages = pages;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// The page.
    QueuePage page(Viewer viewer, Frame frame, QueuePage.Filter filter) {
        Board now = board.current();
        Audience audience = Audience.of(viewer, frame.words());
        List<BoardRow> rows = now.rows(audience);
        note(viewer, rows);
        UUID me = views.findPerson(viewer).map(Alert.Person::id).orElse(null);
        Predicate<BoardRow> isShown = row -> filter.shows(row.open(), me);
        return new QueuePage(
                frame,
                now.version(),
                me == null ? "" : me.toString(),
                filter,
                viewer.officeNo() == null ? listOffices() : List.of(),
                rows.stream()
                        .map(row -> isShown.test(row) ? row.html(audience.style()) : hidden(row.html(audience.style())))
                        .toList(),
                (int) rows.stream().filter(isShown).count(),
                rows.size(),
                more(now, audience),
                rows.isEmpty() ? watching.of(viewer.officeNo(), frame.phrasing()) : new QueuePage.Watched("", ""));
    }

    private static String more(Board board, Audience audience) {
        int more = board.more(audience);
        return more == 0 ? "" : audience.style().words().text("queue.more", more);
    }

    private static String hidden(String article) {
        return ARTICLE + " hidden" + article.substring(ARTICLE.length());
    }

    /// What has changed since a browser's board.
    ///
    /// @param version the name of the board that the browser has from now on
    /// @param json for the page's script; empty when nothing has changed
    record Update(String version, String json) {}

    /// What has changed for a viewer since the board of this name.
    Update since(String version, Viewer viewer, Words words) {
        Board now = board.current();
        Audience audience = Audience.of(viewer, words);
        Board.Difference difference = now.since(version, audience);
        if (difference.isNone()) {
            return new Update(difference.version(), "");
        }
        note(viewer, difference.places().stream().map(Board.Place::row).toList());
        return new Update(
                difference.version(),
                write(Map.of(
                        "whole",
                        difference.whole(),
                        "gone",
                        difference.gone(),
                        "rows",
                        difference.places().stream()
                                .map(place -> List.of(place.after(), place.row().html(audience.style())))
                                .toList())));
    }

    /// That all is well, and who is on call now.
    String sign(Viewer viewer, Words words) {
        var phrasing = new Phrasing(words, clock);
        Frame frame = transactions.run(connection -> frames.of(connection, viewer, words, Section.QUEUE));
        Audience audience = Audience.of(viewer, words);
        boolean isEmpty = board.current().rows(audience).isEmpty();
        QueuePage.Watched watched = isEmpty ? watching.of(viewer.officeNo(), phrasing) : null;
        return write(Map.of(
                "duty",
                pages.render("queue-sign.jte", frame),
                "more",
                more(board.current(), audience),
                "alive",
                Optional.ofNullable(watched)
                        .map(seen -> words.text("queue.alive", seen.lastSignal(), seen.households()))
                        .orElse("")));
    }

    private void note(Viewer viewer, List<BoardRow> rows) {
        sightings.note(
                viewer,
                rows.stream()
                        .map(row -> row.open().alert().resident().residentNo())
                        .toList());
    }

    private List<QueuePage.Office> listOffices() {
        return transactions.run(QueueList::listOffices);
    }

    private static List<QueuePage.Office> listOffices(Connection connection) {
        return Sql.on(connection, "select office_id, short_name from office where not canary order by office_no")
                .list(row -> new QueuePage.Office(row.uuid("office_id").toString(), row.text("short_name")));
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }
}
