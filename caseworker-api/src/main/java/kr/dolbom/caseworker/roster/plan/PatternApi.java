package kr.dolbom.caseworker.roster.plan;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.RosterAccess;
import org.jspecify.annotations.Nullable;

/// The weekly patterns that a month's shifts are made from.
@Controller("/api/v1/shift-patterns")
@Tag(name = "rosters")
@Secured({Role.OPERATOR, Role.CASEWORKER})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class PatternApi {
    private static final String NAME = "a name of 1 to 40 characters";
    private static final String DAYS = "one or more of mon, tue, wed, thu, fri, sat, sun, holiday";
    private static final String COLUMNS = """
            select p.pattern_no, p.pattern_id, p.team_no, t.team_id, p.name, p.days, p.starts_at::text as starts_at,
                   p.ends_at::text as ends_at, p.position, p.people, o.office_id
              from shift_pattern p join office o using (office_no) left join team t using (team_no)
            """;

    private final Transactions transactions;

    PatternApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// A pattern to add.
    ///
    /// @param officeId of which office
    /// @param teamId whose people take it; missing: everybody of the office but supervisors
    /// @param name such as `Night`
    /// @param days on which days it begins; a holiday is `holiday` and not its weekday
    /// @param startsAt from this time of day on
    /// @param endsAt until this one; when it is not after `startsAt`, on the next day
    /// @param position of the first of its people; missing: 1
    /// @param people how many are needed, the first as the primary, the others as backups; missing: 2
    @Introspected
    public record NewPattern(
            @NotNull(message = "the id of an office") UUID officeId,
            @Nullable UUID teamId,

            @NotBlank(message = NAME) @Size(max = 40, message = NAME) String name,

            @NotEmpty(message = DAYS) List<String> days,
            @NotNull(message = "a time such as 18:00") LocalTime startsAt,
            @NotNull(message = "a time such as 09:00") LocalTime endsAt,

            @Nullable @Min(value = 1, message = "a number from 1 to 90") @Max(value = 90, message = "a number from 1 to 90") Integer position,

            @Nullable @Min(value = 1, message = "a number from 1 to 10") @Max(value = 10, message = "a number from 1 to 10") Integer people) {}

    /// A pattern.
    ///
    /// @param patternId the public id
    /// @param officeId of which office
    /// @param teamId whose people take it; null: everybody of the office but supervisors
    /// @param name its name
    /// @param days on which days it begins
    /// @param startsAt from this time of day on
    /// @param endsAt until this one
    /// @param position of the first of its people
    /// @param people how many are needed
    @Introspected
    public record Pattern(
            UUID patternId,
            UUID officeId,
            @Nullable UUID teamId,
            String name,
            List<String> days,
            LocalTime startsAt,
            LocalTime endsAt,
            int position,
            int people) {}

    /// Adds a pattern. Refused with 409 when another of the office could need one of its positions at
    /// the same time.
    @Post
    HttpResponse<Pattern> add(@Body @Valid NewPattern pattern, @Parameter(hidden = true) Viewer viewer) {
        Set<DayKind> days = pattern.days().stream()
                .map(day -> DayKind.find(day).orElseThrow(() -> Problem.invalid("days", day, DAYS)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayKind.class)));
        Pattern added = transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, pattern.officeId());
            UUID teamId = pattern.teamId();
            Integer team = teamId == null ? null : Integer.valueOf(TeamApi.numberOf(connection, teamId, office));
            UUID patternId = UUID.randomUUID();
            var wanted = new ShiftPattern(
                    0,
                    patternId,
                    team,
                    pattern.name().strip(),
                    days,
                    pattern.startsAt(),
                    pattern.endsAt(),
                    pattern.position() == null ? 1 : pattern.position(),
                    pattern.people() == null ? 2 : pattern.people());
            Sql.on(connection, "select from office where office_no = :office for update")
                    .with("office", office)
                    .list(row -> row);
            list(connection, office).stream()
                    .filter(wanted::clashesWith)
                    .findFirst()
                    .ifPresent(other -> {
                        throw Problem.conflict(
                                "The pattern '%s' (%s, positions %d to %d, %s to %s) needs one of its positions at the same time. Nothing was saved: choose other positions, days or times."
                                        .formatted(
                                                other.name(),
                                                other.patternId(),
                                                other.position(),
                                                other.position() + other.people() - 1,
                                                other.startsAt(),
                                                other.endsAt()));
                    });
            add(connection, office, wanted);
            AuditLog.write(
                    connection, viewer.actor(), "shift-pattern-added", null, Map.of("pattern", patternId.toString()));
            return Sql.on(connection, COLUMNS + "where p.pattern_id = :pattern")
                    .with("pattern", patternId)
                    .get(PatternApi::readBody);
        });
        return HttpResponse.created(added);
    }

    private static void add(Connection connection, int office, ShiftPattern pattern) {
        Sql.on(connection, """
                        insert into shift_pattern (pattern_id, office_no, team_no, name, days, starts_at, ends_at, position,
                                                   people)
                        values (:pattern, :office, :team, :name, :days, :starts, :ends, :position, :people)""")
                .with("pattern", pattern.patternId())
                .with("office", office)
                .with("team", pattern.teamNo())
                .with("name", pattern.name())
                .with(
                        "days",
                        pattern.days().stream().sorted().map(DayKind::word).collect(Collectors.joining(" ")))
                .with("starts", pattern.startsAt())
                .with("ends", pattern.endsAt())
                .with("position", pattern.position())
                .with("people", pattern.people())
                .update();
    }

    /// An office's patterns.
    @Get
    List<Pattern> list(@QueryValue UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(
                connection -> Sql.on(connection, COLUMNS + "where p.office_no = :office order by p.pattern_no")
                        .with("office", RosterAccess.see(connection, viewer, officeId))
                        .list(PatternApi::readBody));
    }

    /// Removes a pattern; the shifts that were made from it stay.
    @Delete("/{patternId}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(UUID patternId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            RosterAccess.check(
                    connection,
                    viewer,
                    Sql.on(connection, "select office_no from shift_pattern where pattern_id = :pattern")
                            .with("pattern", patternId)
                            .find(row -> row.number("office_no"))
                            .orElseThrow(() -> Problem.notFound("pattern", patternId)));
            AuditLog.write(
                    connection, viewer.actor(), "shift-pattern-removed", null, Map.of("pattern", patternId.toString()));
            return Sql.on(connection, "delete from shift_pattern where pattern_id = :pattern")
                    .with("pattern", patternId)
                    .update();
        });
    }

    /// An office's patterns, as months are made from them.
    static List<ShiftPattern> list(Connection connection, int officeNo) {
        return Sql.on(connection, COLUMNS + "where p.office_no = :office order by p.pattern_no")
                .with("office", officeNo)
                .list(row -> new ShiftPattern(
                        row.number("pattern_no"),
                        row.uuid("pattern_id"),
                        row.findNumber("team_no"),
                        row.text("name"),
                        days(row).stream()
                                .map(day -> DayKind.find(day).orElseThrow())
                                .collect(Collectors.toSet()),
                        LocalTime.parse(row.text("starts_at")),
                        LocalTime.parse(row.text("ends_at")),
                        row.number("position"),
                        row.number("people")));
    }

    private static List<String> days(Row row) {
        return List.of(row.text("days").split(" "));
    }

    private static Pattern readBody(Row row) {
        return new Pattern(
                row.uuid("pattern_id"),
                row.uuid("office_id"),
                row.findUuid("team_id"),
                row.text("name"),
                days(row),
                LocalTime.parse(row.text("starts_at")),
                LocalTime.parse(row.text("ends_at")),
                row.number("position"),
                row.number("people"));
    }
}
