package kr.dolbom.risk.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import kr.dolbom.risk.setting.Wishes;

/// What people have set, read anew every few seconds, and which wishes wait for a state to be kept.
final class WishBoard {
    private static final Duration BETWEEN_READS = Duration.ofSeconds(5);

    private final DataSource database;
    private Wishes wishes = Wishes.none();
    private Wishes newest = Wishes.none();
    private Instant readAt = Instant.EPOCH;
    private boolean isNew;
    private final Map<Integer, Heeded> heeded = new HashMap<>();

    WishBoard(DataSource database) {
        this.database = database;
    }

    /// Reads it where it has not been read for a few seconds.
    ///
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
        newest = next;
        // The same object where it says the same: what a resident has heeded need not be looked up again.
        if (isNew) {
            wishes = next;
        }
        readAt = now;
        return true;
    }

    /// What everybody is judged by: the same object as long as it says the same.
    Wishes current() {
        return wishes;
    }

    /// What was read last, with the wishes that are to be fulfilled once.
    Wishes newest() {
        return newest;
    }

    /// Notes that a wish is heeded.
    ///
    /// @return false where it was before
    boolean heed(Wishes.Relearning wish) {
        Heeded before = heeded.getOrDefault(wish.residentNo(), Heeded.NONE);
        if (before.relearnings().contains(wish.number())) {
            return false;
        }
        heeded.put(wish.residentNo(), new Heeded(plus(before.relearnings(), wish.number()), before.falseAlarms()));
        return true;
    }

    /// Notes that a word of a false alarm is learnt from.
    ///
    /// @return false where it was before
    boolean heed(Wishes.FalseAlarm alarm) {
        Heeded before = heeded.getOrDefault(alarm.residentNo(), Heeded.NONE);
        if (before.falseAlarms().contains(alarm.alertId())) {
            return false;
        }
        heeded.put(alarm.residentNo(), new Heeded(before.relearnings(), plus(before.falseAlarms(), alarm.alertId())));
        return true;
    }

    private static <T> List<T> plus(List<T> some, T another) {
        List<T> more = new ArrayList<>(some);
        more.add(another);
        return more;
    }

    /// What is fulfilled by keeping a resident's state now.
    Heeded take(int residentNo) {
        Heeded taken = heeded.remove(residentNo);
        return taken == null ? Heeded.NONE : taken;
    }

    /// Whether anything that is judged by was otherwise before the last reading.
    boolean isNew() {
        return isNew;
    }
}
