package kr.dolbom.risk.snapshot;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import kr.dolbom.risk.feed.FeedPosition;
import kr.dolbom.risk.watch.Fleet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was found when an engine started.
///
/// @param floor what lies at or before it is in the states; null: no states are kept yet
/// @param positions what each resident's own state stands for
/// @param unreadable residents whose states are of another version or broken: their histories must be read again
/// @param common what is known of all residents together stands for this; null: nothing is
public record Loaded(
        @Nullable FeedPosition floor,
        Map<Integer, Long> positions,
        Set<Integer> unreadable,
        @Nullable FeedPosition common) {
    private static final Logger LOG = LoggerFactory.getLogger(Loaded.class);

    static Loaded read(Connection connection, StateTable table, Fleet fleet, @Nullable FeedPosition floor)
            throws SQLException {
        Map<Integer, Long> positions = new HashMap<>();
        Set<Integer> unreadable = new HashSet<>();
        FeedPosition common = null;
        if (floor != null) {
            common = readCommon(connection, table, fleet);
            table.read(connection, (residentNo, position, state) -> {
                try {
                    if (fleet.restore(residentNo, state)) {
                        positions.put(residentNo, position);
                    }
                } catch (IOException e) {
                    LOG.warn(
                            "Dropped a resident's state that cannot be read, reading the history again residentNo={} reason=\"{}\"",
                            residentNo,
                            e.getMessage());
                    unreadable.add(residentNo);
                }
            });
        }
        return new Loaded(floor, positions, unreadable, common);
    }

    private static @Nullable FeedPosition readCommon(Connection connection, StateTable table, Fleet fleet)
            throws SQLException {
        StateTable.Common common = table.findCommon(connection);
        if (common == null) {
            return null;
        }
        try {
            fleet.restoreCommon(common.state());
            return common.position();
        } catch (IOException e) {
            LOG.warn(
                    "Dropped the state of all residents together that cannot be read, learning anew; no silence of many homes is noticed for three days reason=\"{}\"",
                    e.getMessage());
            return null;
        }
    }

    /// Whether nothing has been kept so far.
    public boolean isNone() {
        return floor == null;
    }

    /// Whether a row is in what is known of all residents together already.
    ///
    /// @param at the row's position
    public boolean isKnownOfAll(FeedPosition at) {
        return common != null && at.number() <= common.number();
    }

    /// Whether a row that lies beyond the floor is in the resident's state already.
    ///
    /// @param at the row's position
    public boolean has(int residentNo, FeedPosition at) {
        Long position = positions.get(residentNo);
        return unreadable.contains(residentNo) || (position != null && at.number() <= position);
    }
}
