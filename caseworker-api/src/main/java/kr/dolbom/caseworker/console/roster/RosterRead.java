package kr.dolbom.caseworker.console.roster;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.roster.Rosters;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.roster.plan.HolidayApi;
import kr.dolbom.caseworker.roster.plan.LeaveApi;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// What the page needs of an office, read in one transaction. Immutable.
///
/// @param frame what is around the page
/// @param offices that the viewer may choose
/// @param office the chosen one
/// @param roster of the days that are shown
/// @param ahead of the time from now on
/// @param mayChange whether the viewer may
/// @param holidays by day
/// @param leaves from the first day on
/// @param people of the office, by name
record RosterRead(
        Frame frame,
        List<Office> offices,
        Office office,
        Roster roster,
        Roster ahead,
        boolean mayChange,
        Map<LocalDate, String> holidays,
        List<LeaveApi.Leave> leaves,
        List<Colleague> people) {
    private static final Duration AHEAD = Duration.ofDays(31);

    /// An office.
    record Office(int number, UUID id, String name, ZoneId zone) {}

    /// Somebody of the office.
    record Colleague(UUID id, String name, String phone, boolean supervisor) {}

    /// Reads it.
    ///
    /// @param first the first day that is shown
    /// @param last the last one
    /// @param office one of the offices
    static RosterRead load(
            Connection connection,
            Viewer viewer,
            Frame frame,
            List<Office> offices,
            Office office,
            LocalDate first,
            LocalDate last,
            Instant now) {
        Span window = new Span(
                first.atStartOfDay(office.zone()).toInstant(),
                last.plusDays(2).atStartOfDay(office.zone()).toInstant());
        Map<LocalDate, String> holidays = new HashMap<>();
        HolidayApi.list(connection, office.number(), first, last)
                .forEach(holiday -> holidays.put(holiday.day(), holiday.name()));
        return new RosterRead(
                frame,
                offices,
                office,
                Rosters.load(connection, office.number(), window),
                Rosters.load(connection, office.number(), new Span(now, now.plus(AHEAD))),
                RosterAccess.supervises(connection, viewer, office.number()),
                holidays,
                LeaveApi.list(connection, office.number(), first),
                people(connection, office.number()));
    }

    /// Those that the viewer may see.
    static List<Office> listOffices(Connection connection, Viewer viewer) {
        return Sql.on(connection, """
                        select office_no, office_id, short_name, time_zone from office
                         where (:office::int is null or office_no = :office) and not canary order by office_no""")
                .with("office", viewer.officeNo())
                .list(row -> new Office(
                        row.number("office_no"),
                        row.uuid("office_id"),
                        row.text("short_name"),
                        ZoneId.of(row.text("time_zone"))));
    }

    /// The wished one, or the first.
    static Office choose(List<Office> offices, @Nullable UUID wished) {
        return offices.stream()
                .filter(office -> wished == null || office.id().equals(wished))
                .findFirst()
                .orElseThrow(() -> wished == null ? Problem.noOffice() : Problem.notFound("office", wished));
    }

    private static List<Colleague> people(Connection connection, int officeNo) {
        return Sql.on(connection, """
                        select caseworker_id, name, phone, duty = 'supervisor' as supervisor
                          from caseworker where office_no = :office and left_at is null""")
                .with("office", officeNo)
                .list(row -> new Colleague(
                        row.uuid("caseworker_id"),
                        row.secret("name", SecretColumn.CASEWORKER_NAME),
                        row.secret("phone", SecretColumn.PHONE),
                        row.flag("supervisor")))
                .stream()
                .sorted(Comparator.comparing(Colleague::name))
                .toList();
    }
}
