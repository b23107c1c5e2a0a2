package kr.dolbom.risk.sight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Whether the broker says of itself that it works: it writes `broker_alive` every five seconds, and
/// when it was away or had no database, `platform_gap` afterwards.
///
/// Its clock is not compared with ours: it counts as away when what it wrote has not changed for a
/// minute of our time.
final class PlatformLife {
    static final Duration AWAY_AFTER = Duration.ofMinutes(1);

    private final @Nullable DataSource database;
    private @Nullable Instant seenAt;
    private Instant changedAt = Instant.MIN;
    private boolean hasChanged;
    private long lastGapNo;

    /// A time in which no device could have been heard.
    record PlatformGap(Instant from, Instant to) {}

    /// @param database null: no broker ever says anything
    PlatformLife(@Nullable DataSource database) {
        this.database = database;
    }

    /// Reads how things stand.
    void look(Instant now) throws SQLException {
        if (database == null) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select seen_at from broker_alive");
                ResultSet row = select.executeQuery()) {
            Instant seen = row.next() ? row.getObject(1, OffsetDateTime.class).toInstant() : null;
            if (seen == null || !seen.equals(seenAt)) {
                hasChanged = seen == null || seenAt != null;
                seenAt = seen;
                changedAt = now;
            }
        }
    }

    /// Whether it is not known yet, as we have not looked for a minute, and nothing has changed since.
    boolean isUnsure(Instant now) {
        return !hasChanged && seenAt != null && now.isBefore(changedAt.plus(AWAY_AFTER));
    }

    /// Since when the broker has been away; null where it is there, or where no broker ever wrote here.
    @Nullable Instant findAwaySince(Instant now) {
        return seenAt != null && !now.isBefore(changedAt.plus(AWAY_AFTER)) ? seenAt : null;
    }

    /// Whether the broker has written nothing since then, though one wrote here before.
    boolean wasNotSeenAfter(Instant moment) {
        return seenAt != null && !seenAt.isAfter(moment);
    }

    /// The gaps that ended after a moment and were not listed before.
    List<PlatformGap> listNewGaps(Instant endedAfter) throws SQLException {
        List<PlatformGap> gaps = new ArrayList<>();
        if (database == null) {
            return gaps;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select gap_no, from_at, to_at from platform_gap where gap_no > ? and to_at > ? order by gap_no""")) {
            select.setLong(1, lastGapNo);
            select.setObject(2, endedAfter.atOffset(ZoneOffset.UTC));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    lastGapNo = row.getLong("gap_no");
                    gaps.add(new PlatformGap(
                            row.getObject("from_at", OffsetDateTime.class).toInstant(),
                            row.getObject("to_at", OffsetDateTime.class).toInstant()));
                }
            }
        }
        return gaps;
    }
}
