package kr.dolbom.risk.sight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.risk.alert.Incident;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Visibility;
import org.jspecify.annotations.Nullable;

/// The incidents that are known: of each group the latest, and all that an earlier engine wrote.
final class Incidents {
    private static final int MOST_READ = 1_000;
    private static final Instant FAR_AHEAD = Instant.parse("9999-01-01T00:00:00Z");

    private final Map<Group, Known> latest = new HashMap<>();
    private Instant lastEnd = Instant.MIN;

    /// One incident.
    ///
    /// @param endedAt null while it lasts
    /// @param isCounted whether too few homes were heard; else the broker said that it was away
    record Known(Group group, Instant beganAt, @Nullable Instant endedAt, boolean isCounted) {
        boolean isOpen() {
            return endedAt == null;
        }

        Visibility cause() {
            return group.scope() == Scope.ALL ? Visibility.PLATFORM_FAULT : Visibility.NETWORK_SILENT;
        }

        private Incident toIncident() {
            return new Incident(
                    group.scope().id(),
                    group.scope() == Scope.DISTRICT ? group.officeNo() : null,
                    group.name(),
                    beganAt);
        }
    }

    /// Reads the last thousand, the earliest first.
    List<Known> read(Connection connection) throws SQLException {
        List<Known> known = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select scope, coalesce(office_no, 0) as office_no, name, began_at, ended_at,
                       expected > 0 as counted
                from incident where not part_of_all
                order by began_at desc limit ?""")) {
            select.setInt(1, MOST_READ);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
                    var group = new Group(
                            Scope.getById(row.getString("scope")), row.getInt("office_no"), row.getString("name"));
                    known.addFirst(new Known(
                            group,
                            row.getObject("began_at", OffsetDateTime.class).toInstant(),
                            endedAt == null ? null : endedAt.toInstant(),
                            row.getBoolean("counted")));
                }
            }
        }
        for (Known one : known) {
            latest.put(one.group(), one);
        }
        findLastEnd();
        return known;
    }

    Optional<Known> findLatest(Group group) {
        return Optional.ofNullable(latest.get(group));
    }

    /// When the last of all ended; far ahead while one lasts.
    Instant lastEnd() {
        return lastEnd;
    }

    private void findLastEnd() {
        lastEnd = Instant.MIN;
        for (Known known : latest.values()) {
            Instant end = known.endedAt() == null ? FAR_AHEAD : known.endedAt();
            lastEnd = end.isAfter(lastEnd) ? end : lastEnd;
        }
    }

    boolean isOpen(Group group) {
        Known known = latest.get(group);
        return known != null && known.isOpen();
    }

    void begin(
            Group group,
            Instant beganAt,
            Instant noticedAt,
            int homes,
            double expected,
            int heard,
            List<Outcome> outcomes) {
        var known = new Known(group, beganAt, null, expected > 0);
        latest.put(group, known);
        findLastEnd();
        outcomes.add(new Outcome.IncidentBegan(known.toIncident(), known.cause(), noticedAt, homes, expected, heard));
    }

    void end(Group group, Instant endedAt, boolean isPartOfAll, List<Outcome> outcomes) {
        Known known = latest.get(group);
        if (known == null || !known.isOpen()) {
            return;
        }
        Instant end = endedAt.isBefore(known.beganAt()) ? known.beganAt() : endedAt;
        if (isPartOfAll) {
            latest.remove(group);
        } else {
            latest.put(group, new Known(group, known.beganAt(), end, known.isCounted()));
        }
        findLastEnd();
        outcomes.add(new Outcome.IncidentEnded(known.toIncident(), end, isPartOfAll));
    }
}
