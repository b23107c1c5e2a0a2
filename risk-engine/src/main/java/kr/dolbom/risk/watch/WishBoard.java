package kr.dolbom.risk.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import kr.dolbom.risk.setting.Wishes;

/// What people have set, read anew every few seconds.
final class WishBoard {
    private static final Duration BETWEEN_READS = Duration.ofSeconds(5);

    private final DataSource database;
    private Wishes wishes = Wishes.none();
    private Instant readAt = Instant.EPOCH;
    private boolean isNew;

    WishBoard(DataSource database) {
        this.database = database;
    }

    /// @return whether it was read
    boolean readWhereDue(Instant now) throws SQLException {
        if (Duration.between(readAt, now).abs().compareTo(BETWEEN_READS) < 0) {
            return false;
        }
        Wishes next;
        try (Connection connection = database.getConnection()) {
            next = Wishes.read(connection, now);
        }
        isNew = next.differsFrom(wishes, readAt, now);
        wishes = next;
        readAt = now;
        return true;
    }

    Wishes current() {
        return wishes;
    }

    /// Whether anything that is judged by was otherwise before the last reading.
    boolean isNew() {
        return isNew;
    }
}
