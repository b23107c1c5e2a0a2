package kr.dolbom.risk.alert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes incidents and monitoring gaps within the caller's transaction. What is there already is not
/// written twice.
final class SightBook {
    private static final Logger LOG = LoggerFactory.getLogger(SightBook.class);

    private SightBook() {}

    static void write(Connection connection, Outcome.IncidentBegan began) throws SQLException {
        Incident incident = began.incident();
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into incident (scope, office_no, name, began_at, cause, noticed_at, homes, expected, heard)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing""")) {
            setKey(insert, 1, incident);
            insert.setString(5, began.cause().id());
            setInstant(insert, 6, began.noticedAt());
            insert.setInt(7, began.homes());
            insert.setDouble(8, began.expected());
            insert.setInt(9, began.heard());
            if (insert.executeUpdate() == 1) {
                LOG.warn(
                        "Many homes fell silent together scope={} officeNo={} name={} cause={} beganAt={} homes={} expected={} heard={}",
                        incident.scope(),
                        incident.officeNo(),
                        incident.name(),
                        began.cause().id(),
                        incident.beganAt(),
                        began.homes(),
                        "%.1f".formatted(began.expected()),
                        began.heard());
            }
        }
    }

    static void write(Connection connection, Outcome.IncidentEnded ended) throws SQLException {
        Incident incident = ended.incident();
        try (PreparedStatement update = connection.prepareStatement("""
                update incident set ended_at = greatest(?, began_at), part_of_all = ?
                where scope = ? and office_no is not distinct from ? and name = ? and began_at = ?
                  and ended_at is null""")) {
            setInstant(update, 1, ended.endedAt());
            update.setBoolean(2, ended.isPartOfAll());
            setKey(update, 3, incident);
            if (update.executeUpdate() == 1) {
                LOG.info(
                        "Homes that fell silent together are heard again scope={} officeNo={} name={} beganAt={} endedAt={} partOfAll={}",
                        incident.scope(),
                        incident.officeNo(),
                        incident.name(),
                        incident.beganAt(),
                        ended.endedAt(),
                        ended.isPartOfAll());
            }
        }
    }

    static void write(Connection connection, Outcome.Gap gap) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into monitoring_gap (resident_no, from_at, to_at, cause) values (?, ?, ?, ?)
                on conflict (resident_no, from_at) do update set to_at = excluded.to_at, cause = excluded.cause""")) {
            upsert.setInt(1, gap.residentNo());
            setInstant(upsert, 2, gap.from());
            setInstant(upsert, 3, gap.to());
            upsert.setString(4, gap.cause().id());
            upsert.executeUpdate();
        }
    }

    static void write(Connection connection, Outcome.GapWithdrawn withdrawn) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from monitoring_gap where resident_no = ? and from_at = ?")) {
            delete.setInt(1, withdrawn.residentNo());
            setInstant(delete, 2, withdrawn.from());
            delete.executeUpdate();
        }
    }

    private static void setKey(PreparedStatement statement, int first, Incident incident) throws SQLException {
        statement.setString(first, incident.scope());
        if (incident.officeNo() == null) {
            statement.setNull(first + 1, Types.INTEGER);
        } else {
            statement.setInt(first + 1, incident.officeNo());
        }
        statement.setString(first + 2, incident.name());
        setInstant(statement, first + 3, incident.beganAt());
    }

    private static void setInstant(PreparedStatement statement, int index, @Nullable Instant at) throws SQLException {
        statement.setObject(index, at == null ? null : at.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }
}
