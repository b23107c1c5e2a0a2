package kr.dolbom.risk.watch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Visibility;
import org.jspecify.annotations.Nullable;

/// What an earlier engine left of a resident in the database's tables.
///
/// @param raised of which families there is an alert that nobody has acted on
/// @param score that was written last; null: none
record Standing(List<Family> raised, Outcome.@Nullable Score score) {
    /// Takes what was left of one resident.
    @FunctionalInterface
    interface Consumer {
        void accept(int residentNo, Standing standing);
    }

    static void read(Connection connection, Consumer residents) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                        select r.resident_no,
                               array(select a.family from alert a
                                     where a.resident_no = r.resident_no and a.state = 'raised') as raised,
                               s.at, s.score, s.visibility
                        from resident r
                        left join lateral (select at, score, visibility from risk_score s
                                           where s.resident_no = r.resident_no order by at desc limit 1) s on true""");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                residents.accept(row.getInt("resident_no"), new Standing(families(row), score(row)));
            }
        }
    }

    private static List<Family> families(ResultSet row) throws SQLException {
        String[] ids = (String[]) row.getArray("raised").getArray();
        return Arrays.stream(ids).flatMap(id -> Family.find(id).stream()).toList();
    }

    private static Outcome.@Nullable Score score(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("at", OffsetDateTime.class);
        if (at == null) {
            return null;
        }
        return new Outcome.Score(
                row.getInt("resident_no"),
                at.toInstant(),
                row.getInt("score"),
                Visibility.getById(row.getString("visibility")));
    }
}
