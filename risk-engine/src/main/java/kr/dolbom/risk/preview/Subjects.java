package kr.dolbom.risk.preview;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.risk.resident.Home;
import kr.dolbom.risk.resident.OfficeZone;
import org.jspecify.annotations.Nullable;

/// Whom a preview is about, and what is known of them beside telemetry.
///
/// Of a large office a part is drawn, always the same one. Whoever has a true case in the period is replayed in any
/// case; the alerts of those who were not drawn do not count, as they would weigh too much.
///
/// @param homes to replay
/// @param residents how many residents the question is about
/// @param caseworkers how many caseworkers the office has
/// @param otherCases how many true cases of the period are not of silence: these settings do nothing to them
record Subjects(List<PreviewHome> homes, int residents, int caseworkers, int otherCases) {
    /// So many homes' alerts are counted at most.
    static final int MOST_COUNTED = 500;

    /// So many neighbours teach what is usual, where the question is about one resident.
    static final int TEACHERS = 100;

    static Subjects read(Connection connection, Job job) throws SQLException {
        Map<Integer, List<Case>> cases = new HashMap<>();
        int otherCases = readCases(connection, job, cases);
        List<PreviewHome> homes = new ArrayList<>();
        int residents = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                select r.resident_no, r.resident_id, r.neighbourhood, o.time_zone
                  from resident r join office o using (office_no)
                 where r.office_no = ? and exists (select from device d where d.resident_no = r.resident_no)
                 order by hashint4extended(r.resident_no, 1), r.resident_no""")) {
            select.setInt(1, job.officeNo());
            try (ResultSet row = select.executeQuery()) {
                int drawn = 0;
                while (row.next()) {
                    int number = row.getInt(1);
                    boolean isSubject = job.residentNo() == null || job.residentNo() == number;
                    residents += isSubject ? 1 : 0;
                    List<Case> own = isSubject ? cases.getOrDefault(number, List.of()) : List.of();
                    boolean isDrawn = drawn < (job.residentNo() == null ? MOST_COUNTED : TEACHERS);
                    if (isDrawn || !own.isEmpty() || (job.residentNo() != null && isSubject)) {
                        homes.add(new PreviewHome(
                                number,
                                row.getObject(2, UUID.class),
                                new Home(OfficeZone.of(row.getString(4)), job.officeNo(), row.getString(3)),
                                isSubject && (isDrawn || job.residentNo() != null),
                                new Unwatched(),
                                own));
                    }
                    drawn++;
                }
            }
        }
        readUnwatched(connection, job, homes);
        return new Subjects(List.copyOf(homes), residents, countCaseworkers(connection, job), otherCases);
    }

    private static int readCases(Connection connection, Job job, Map<Integer, List<Case>> cases) throws SQLException {
        int others = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                select a.resident_no, a.alert_id, a.raised_at, a.tier, a.family
                  from alert a join resident r using (resident_no)
                 where r.office_no = ? and (?::integer is null or r.resident_no = ?)
                   and a.outcome in ('real-emergency', 'needed-help') and a.raised_at >= ? and a.raised_at < ?
                 order by a.raised_at""")) {
            select.setInt(1, job.officeNo());
            select.setObject(2, job.residentNo());
            select.setObject(3, job.residentNo());
            select.setObject(4, job.from().atOffset(ZoneOffset.UTC));
            select.setObject(5, job.to().atOffset(ZoneOffset.UTC));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (!row.getString("family").equals("silence")) {
                        others++;
                        continue;
                    }
                    cases.computeIfAbsent(row.getInt("resident_no"), _ -> new ArrayList<>())
                            .add(new Case(
                                    row.getObject("alert_id", UUID.class),
                                    second(row, "raised_at"),
                                    !row.getString("tier").equals("check-in")));
                }
            }
        }
        return others;
    }

    private static void readUnwatched(Connection connection, Job job, List<PreviewHome> homes) throws SQLException {
        Map<Integer, Unwatched> byResident = new HashMap<>();
        homes.forEach(home -> byResident.put(home.residentNo(), home.unwatched()));
        try (PreparedStatement select = connection.prepareStatement("""
                select resident_no, from_at, coalesce(to_at, ?) as to_at from monitoring_gap
                 where resident_no = any (?) and from_at < ? and (to_at is null or to_at > ?)
                union all
                select resident_no, begins_at, ends_at from resident_mode
                 where resident_no = any (?) and begins_at < ? and ends_at > ?""")) {
            var numbers = connection.createArrayOf(
                    "integer", homes.stream().map(PreviewHome::residentNo).toArray());
            select.setObject(1, job.to().atOffset(ZoneOffset.UTC));
            for (int i : new int[] {2, 5}) {
                select.setArray(i, numbers);
                select.setObject(i + 1, job.to().atOffset(ZoneOffset.UTC));
                select.setObject(i + 2, OfficeReplay.beginning(job).atOffset(ZoneOffset.UTC));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Unwatched unwatched = byResident.get(row.getInt("resident_no"));
                    if (unwatched != null) {
                        unwatched.add(second(row, "from_at"), second(row, "to_at"));
                    }
                }
            }
        }
    }

    private static int countCaseworkers(Connection connection, Job job) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select count(*) from caseworker where office_no = ?")) {
            select.setInt(1, job.officeNo());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static long second(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().getEpochSecond();
    }

    /// How many homes' alerts are counted.
    int counted() {
        return (int) homes.stream().filter(PreviewHome::counts).count();
    }

    /// When the first message of these homes is stored, at or after a moment; null: there is none.
    @Nullable Instant findFirstMessage(Connection connection, Instant since, Instant until) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select at from telemetry where at >= ? and at < ? and resident_no = any (?) order by at limit 1""")) {
            select.setObject(1, since.atOffset(ZoneOffset.UTC));
            select.setObject(2, until.atOffset(ZoneOffset.UTC));
            select.setArray(
                    3,
                    connection.createArrayOf(
                            "integer",
                            homes.stream().map(PreviewHome::residentNo).toArray()));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getObject(1, OffsetDateTime.class).toInstant() : null;
            }
        }
    }
}
