package kr.dolbom.caseworker.console;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.database.NotificationListener;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.words.Phrasing;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/// Keeps the list of open alerts at hand, so that it is read and rendered once for each change and not once for each
/// viewer. A notification has the alert that it names read again; all are read again when somebody looks and that was a
/// while ago, so that a lost notification costs seconds. Safe for use by many threads.
@Singleton
final class AlertBoard implements NotificationListener {
    private static final Duration TRUSTED = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String ALL = "*";

    private final OpenAlerts alerts;
    private final Pages pages;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private final Set<UUID> news = ConcurrentHashMap.newKeySet();
    private final Sinks.Many<String> changes = Sinks.many().multicast().directBestEffort();
    private volatile Board board =
            Board.none(Long.toUnsignedString(new SecureRandom().nextLong(), Character.MAX_RADIX));

    AlertBoard(OpenAlerts alerts, Pages pages, Clock clock) {
        this.alerts = alerts;
        this.pages = pages;
        this.clock = clock;
    }

    /// The board as it stands. Waits only for the first one.
    Board current() {
        boolean first = board.readAt().equals(Instant.MIN);
        if (first || board.readAt().isBefore(clock.instant().minus(TRUSTED))) {
            refreshAll(first);
        }
        return board;
    }

    /// Says that the board is another one now. A reader who is slow misses some.
    Flux<String> changes() {
        return changes.asFlux();
    }

    @Override
    public Set<String> channels() {
        return Set.of(AlertStore.CHANGE_CHANNEL, AlertStore.LOOK_CHANNEL);
    }

    @Override
    public void hear(String payload) {
        look(UUID.fromString(payload));
    }

    @Override
    public void lookAround() {
        refreshAll(true);
    }

    /// Reads one alert again before it returns: whoever has changed it wants to see that.
    void look(UUID alertId) {
        news.add(alertId);
        reading.lock();
        try {
            // Several that changed together are read together: whoever comes later finds nothing left to do.
            Set<UUID> due = new HashSet<>(news);
            news.removeAll(due);
            if (!due.isEmpty()) {
                show(due, alerts.list(due), board.readAt());
            }
        } finally {
            reading.unlock();
        }
    }

    private void refreshAll(boolean patiently) {
        if (!patiently && !reading.tryLock()) {
            return;
        }
        if (patiently) {
            reading.lock();
        }
        try {
            Instant now = clock.instant();
            Set<UUID> all = board.rows().stream()
                    .map(row -> row.open().alertId())
                    .collect(Collectors.toCollection(HashSet::new));
            List<OpenAlert> read = alerts.list(null);
            read.forEach(open -> all.add(open.alertId()));
            show(all, read, now);
        } finally {
            reading.unlock();
        }
    }

    /// @param due which alerts were read
    /// @param read those of them that are open
    private void show(Collection<UUID> due, List<OpenAlert> read, Instant allReadAt) {
        Board before = board;
        Map<UUID, OpenAlert> open = read.stream().collect(Collectors.toMap(OpenAlert::alertId, Function.identity()));
        Set<UUID> touched = new HashSet<>();
        for (UUID alertId : due) {
            BoardRow known = before.find(alertId);
            OpenAlert now = open.get(alertId);
            if (known == null ? now != null : !known.open().equals(now)) {
                touched.add(alertId);
            }
        }
        List<BoardRow> rows = before.rows();
        if (!touched.isEmpty()) {
            List<BoardRow> others = new ArrayList<>(before.rows());
            others.removeIf(row -> touched.contains(row.open().alertId()));
            touched.stream()
                    .map(open::get)
                    .filter(Objects::nonNull)
                    .forEach(alert -> others.add(new BoardRow(alert, this::render)));
            others.sort((one, other) -> OpenAlert.ORDER.compare(one.open(), other.open()));
            rows = List.copyOf(others);
        }
        board = before.next(rows, touched, allReadAt);
        if (!touched.isEmpty()) {
            changes.emitNext(ALL, Sinks.EmitFailureHandler.busyLooping(PATIENCE));
        }
    }

    private String render(OpenAlert open, BoardRow.Style style) {
        var telling = new Telling(new Phrasing(style.words(), clock));
        String article = pages.render("queue-row.jte", telling.row(open, style)).strip();
        // By this a browser that asks for everything sees which rows it has already.
        return article.replaceFirst("<article ", "<article data-look=\"%08x\" ".formatted(article.hashCode()));
    }
}
