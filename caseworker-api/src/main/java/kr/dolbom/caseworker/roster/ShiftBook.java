package kr.dolbom.caseworker.roster;

import java.sql.Connection;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.problem.ProblemException;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// Writes shifts down, and refuses those that cannot be: nobody is in two places, no position is held
/// twice.
public final class ShiftBook {
    /// How long nobody may be on duty again after a shift.
    public static final Duration REST = Duration.ofHours(11);

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final String ENTRIES = """
            select d.id, d.stands_in, d.office_no, d.position, d.caseworker_no, d.starts_at, d.ends_at,
                   c.name, o.short_name, o.time_zone
              from (select shift_id as id, false as stands_in, office_no, position, caseworker_no, starts_at, ends_at
                      from on_call_shift
                     union all
                    select override_id, true, office_no, position, caseworker_no, starts_at, ends_at
                      from on_call_override where cancelled_at is null) d
              join caseworker c using (caseworker_no) join office o on o.office_no = d.office_no
            """;

    private ShiftBook() {}

    /// A shift or an override as an answer names it.
    record Entry(Duty duty, String name, String office, ZoneId zone) {
        String told() {
            Span span = duty.span();
            return "%s %s: %s, position %d of %s, %s to %s"
                    .formatted(
                            duty.standsIn() ? "override" : "shift",
                            duty.id(),
                            name,
                            duty.position(),
                            office,
                            MOMENT.format(span.start().atZone(zone)),
                            span.end().equals(Span.NEVER)
                                    ? "further notice"
                                    : MOMENT.format(span.end().atZone(zone)));
        }
    }

    /// Keeps everybody else from writing duties until the transaction ends: what was checked must still
    /// hold when it is written.
    public static void lock(Connection connection) {
        Sql.on(connection, "select pg_advisory_xact_lock(hashtext('on_call_shift'))::text as locked")
                .list(row -> row);
    }

    /// Adds a shift that was checked. Its id is new.
    ///
    /// @param patternNo from which it is made; null: by hand
    public static UUID add(
            Connection connection,
            int officeNo,
            int caseworkerNo,
            int position,
            Span span,
            @Nullable Integer patternNo) {
        return Sql.on(connection, """
                        insert into on_call_shift (office_no, caseworker_no, position, starts_at, ends_at, pattern_no)
                        values (:office, :caseworker, :position, :starts, :ends, :pattern) returning shift_id""")
                .with("office", officeNo)
                .with("caseworker", caseworkerNo)
                .with("position", position)
                .with("starts", span.start())
                .with("ends", span.end().equals(Span.NEVER) ? null : span.end())
                .with("pattern", patternNo)
                .get(row -> row.uuid("shift_id"));
    }

    /// Refuses a shift while its person or its position is taken, or its person is away.
    static void checkShift(Connection connection, int officeNo, int caseworkerNo, int position, Span span) {
        List<Entry> near = near(connection, officeNo, caseworkerNo, span, Duration.ZERO);
        refuse(
                near,
                entry -> entry.duty().caseworkerNo() == caseworkerNo,
                "This person has another duty then",
                "roster.refused.person");
        refuse(
                near,
                entry -> !entry.duty().standsIn()
                        && entry.duty().officeNo() == officeNo
                        && entry.duty().position() == position,
                "Somebody has this position then",
                "roster.refused.position");
        checkPresent(connection, caseworkerNo, span);
    }

    /// Refuses an override while there is another for its position, or its person is away or on duty
    /// elsewhere. A backup may stand in for the primary.
    static void checkOverride(Connection connection, int officeNo, int caseworkerNo, int position, Span span) {
        List<Entry> near = near(connection, officeNo, caseworkerNo, span, Duration.ZERO);
        refuse(
                near,
                entry -> entry.duty().caseworkerNo() == caseworkerNo
                        && (entry.duty().standsIn() || entry.duty().officeNo() != officeNo),
                "This person has another duty then",
                "roster.refused.person");
        refuse(
                near,
                entry -> entry.duty().standsIn()
                        && entry.duty().officeNo() == officeNo
                        && entry.duty().position() == position,
                "Somebody stands in at this position then",
                "roster.refused.stands-in");
        checkPresent(connection, caseworkerNo, span);
    }

    /// Refuses that somebody takes this shift in exchange for another: as [#checkShift], and with too
    /// little rest.
    static void checkSwap(Connection connection, Entry shift, int caseworkerNo, UUID givenUp) {
        Duty duty = shift.duty();
        List<Entry> near = near(connection, duty.officeNo(), caseworkerNo, duty.span(), REST).stream()
                .filter(entry ->
                        !Set.of(duty.id(), givenUp).contains(entry.duty().id()))
                .toList();
        Predicate<Entry> theirs = entry -> entry.duty().caseworkerNo() == caseworkerNo;
        refuse(
                near,
                theirs.and(entry -> entry.duty().span().overlaps(duty.span())),
                "After the swap somebody would have two duties at once",
                "roster.refused.twice");
        refuse(near, theirs, "After the swap somebody would have less than 11 hours of rest", "roster.refused.rest");
        checkPresent(connection, caseworkerNo, duty.span());
    }

    private static List<Entry> near(
            Connection connection, int officeNo, int caseworkerNo, Span span, Duration distance) {
        return Sql.on(connection, ENTRIES + """
                        where (d.office_no = :office or d.caseworker_no = :caseworker)
                          and d.starts_at < :until and (d.ends_at is null or d.ends_at > :from)
                        order by d.starts_at, d.position""")
                .with("office", officeNo)
                .with("caseworker", caseworkerNo)
                .with("from", span.start().minus(distance))
                .with(
                        "until",
                        span.end().equals(Span.NEVER) ? Span.NEVER : span.end().plus(distance))
                .list(ShiftBook::read);
    }

    private static void refuse(List<Entry> entries, Predicate<Entry> clashes, String why, String key) {
        entries.stream().filter(clashes).findFirst().ifPresent(entry -> {
            throw conflict(why, key, entry);
        });
    }

    private static ProblemException conflict(String why, String key, Entry entry) {
        Span span = entry.duty().span();
        return Problem.conflict(
                "%s (%s). Nothing was saved: choose another time, or end or change that one first."
                        .formatted(why, entry.told()),
                span.end().equals(Span.NEVER) ? key + ".open" : key,
                entry.name(),
                entry.office(),
                MOMENT.format(span.start().atZone(entry.zone())),
                span.end().equals(Span.NEVER) ? "" : MOMENT.format(span.end().atZone(entry.zone())));
    }

    private static void checkPresent(Connection connection, int caseworkerNo, Span span) {
        boolean left = Sql.on(connection, "select left_at from caseworker where caseworker_no = :caseworker")
                .with("caseworker", caseworkerNo)
                .find(row -> java.util.Optional.ofNullable(row.findInstant("left_at")))
                .flatMap(moment -> moment)
                .filter(moment -> moment.isBefore(span.end()))
                .isPresent();
        if (left) {
            throw Problem.conflict(
                    "This person has left or leaves before the end of it. Nothing was saved.", "roster.refused.left");
        }
        Map<Integer, List<Span>> leaves = Rosters.leaves(connection, Set.of(caseworkerNo), span);
        leaves.getOrDefault(caseworkerNo, List.of()).stream()
                .filter(span::overlaps)
                .findFirst()
                .ifPresent(leave -> {
                    throw Problem.conflict(
                            "This person is on leave from %s to %s. Nothing was saved: choose another person, or take the leave back first."
                                    .formatted(leave.start(), leave.end()),
                            "roster.refused.leave");
                });
    }

    /// The shift with this id, as an answer names it.
    static Entry getShift(Connection connection, UUID shiftId) {
        return Sql.on(connection, ENTRIES + "where d.id = :shift and not d.stands_in")
                .with("shift", shiftId)
                .find(ShiftBook::read)
                .orElseThrow(() -> Problem.notFound("shift", shiftId));
    }

    private static Entry read(Row row) {
        return new Entry(
                new Duty(
                        row.uuid("id"),
                        row.flag("stands_in"),
                        row.number("office_no"),
                        row.number("position"),
                        row.number("caseworker_no"),
                        Span.of(row.instant("starts_at"), row.findInstant("ends_at"))),
                row.secret("name", SecretColumn.CASEWORKER_NAME),
                row.text("short_name"),
                ZoneId.of(row.text("time_zone")));
    }
}
