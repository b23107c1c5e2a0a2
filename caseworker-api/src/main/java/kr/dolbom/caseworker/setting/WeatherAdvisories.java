package kr.dolbom.caseworker.setting;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Weather advisories: while one is in force the watch over the residents of its district is tightened. An operator or
/// a feed with an operator's account enters them.
@Controller("/api/v1/weather-advisories")
@Tag(name = "weather advisories")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class WeatherAdvisories {
    private static final Duration LONGEST = Duration.ofDays(14);
    private static final Duration EARLIEST = Duration.ofDays(7);
    private static final Duration LATEST = Duration.ofDays(14);
    private static final int SHOWN = 200;
    private static final String KIND = "heat-wave or cold-wave";
    private static final String MOMENT = "a moment such as 2026-08-01T09:00:00+09:00";

    private final Transactions transactions;
    private final InstantSource clock;

    WeatherAdvisories(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// An advisory to enter.
    ///
    /// @param kind `heat-wave` or `cold-wave`
    /// @param officeId whose residents it concerns
    /// @param neighbourhood the district, as its residents have it; missing: the whole office
    /// @param startsAt from when on, at most 7 days ago and 14 days ahead
    /// @param endsAt until when, at most 14 days after its start
    /// @param source who said so; missing: whoever enters it
    @Introspected
    public record NewAdvisory(
            @NotNull(message = KIND) @Pattern(regexp = "heat-wave|cold-wave", message = KIND) String kind,

            @NotNull(message = "the id of an office") UUID officeId,

            @Nullable String neighbourhood,

            @NotNull(message = MOMENT) OffsetDateTime startsAt,

            @NotNull(message = MOMENT) OffsetDateTime endsAt,

            @Nullable @Size(min = 2, max = 100, message = "2 to 100 characters, or none") String source) {}

    /// An advisory.
    ///
    /// @param advisoryId its name
    /// @param kind `heat-wave` or `cold-wave`
    /// @param officeId whose residents it concerns
    /// @param neighbourhood the district; null: the whole office
    /// @param startsAt from when on
    /// @param endsAt until when
    /// @param source who said so
    /// @param endedBy the login of who ended it before its time; null: nobody
    /// @param inForce whether it holds now
    @Introspected
    public record Advisory(
            UUID advisoryId,
            String kind,
            UUID officeId,
            @Nullable String neighbourhood,
            OffsetDateTime startsAt,
            OffsetDateTime endsAt,
            String source,
            @Nullable String endedBy,
            boolean inForce) {}

    /// Advisories, those that end last first.
    @Get
    List<Advisory> list() {
        return transactions.run(
                connection -> select(connection, "order by a.ends_at desc, a.advisory_no desc limit " + SHOWN)
                        .with("now", clock.instant())
                        .list(WeatherAdvisories::read));
    }

    /// Enters one. The same kind, district and start again is the same advisory: its end is moved, so that a feed may
    /// repeat itself; one that a person has ended stays ended.
    @Post
    HttpResponse<Advisory> enter(@Body @Valid NewAdvisory wanted, @Parameter(hidden = true) Viewer viewer) {
        Instant now = clock.instant();
        Instant startsAt = wanted.startsAt().toInstant();
        Instant endsAt = wanted.endsAt().toInstant();
        if (startsAt.isBefore(now.minus(EARLIEST)) || startsAt.isAfter(now.plus(LATEST))) {
            throw Problem.invalid("startsAt", wanted.startsAt(), "a moment of the last 7 or the next 14 days");
        }
        if (!endsAt.isAfter(startsAt) || endsAt.isAfter(startsAt.plus(LONGEST)) || !endsAt.isAfter(now)) {
            throw Problem.invalid("endsAt", wanted.endsAt(), "a moment to come, within 14 days after startsAt");
        }
        return transactions.run(connection -> {
            int officeNo = Scopes.ofOffice(connection, wanted.officeId()).officeNo();
            checkDistrict(connection, officeNo, wanted.neighbourhood());
            String source = wanted.source() == null ? viewer.actor().name() : wanted.source();
            UUID id = Sql.on(connection, """
                            insert into weather_advisory (kind, office_no, neighbourhood, starts_at, ends_at, source)
                            values (:kind, :office, :district, :starts, :ends, :source)
                            on conflict (kind, office_no, neighbourhood, starts_at)
                                do update set ends_at = excluded.ends_at, source = excluded.source
                                where weather_advisory.ended_by is null
                            returning advisory_id""")
                    .with("kind", wanted.kind())
                    .with("office", officeNo)
                    .with("district", wanted.neighbourhood())
                    .with("starts", startsAt)
                    .with("ends", endsAt)
                    .with("source", source.strip())
                    .find(row -> row.uuid("advisory_id"))
                    .orElseThrow(() -> Problem.conflict(
                            "This advisory was ended before its time by a person. Enter one that starts later."));
            note(connection, viewer, "weather-advisory-entered", id, wanted.kind());
            RiskSettings.tellEngine(connection);
            return HttpResponse.created(get(connection, id, now));
        });
    }

    /// Ends one now; one that has not begun never will. One that is over stays as it was.
    @Delete("/{advisoryId}")
    @Status(HttpStatus.NO_CONTENT)
    void end(UUID advisoryId, @Parameter(hidden = true) Viewer viewer) {
        Instant now = clock.instant();
        transactions.run(connection -> {
            Advisory advisory = get(connection, advisoryId, now);
            int ended = Sql.on(connection, """
                            update weather_advisory
                               set ends_at = greatest(:now, starts_at + interval '1 microsecond'), ended_by = :by
                             where advisory_id = :id and ends_at > :now and ended_by is null""")
                    .with("now", now)
                    .with("by", viewer.actor().name())
                    .with("id", advisoryId)
                    .update();
            if (ended > 0) {
                note(connection, viewer, "weather-advisory-ended", advisoryId, advisory.kind());
                RiskSettings.tellEngine(connection);
            }
            return ended;
        });
    }

    private static void checkDistrict(Connection connection, int officeNo, @Nullable String neighbourhood) {
        if (neighbourhood == null) {
            return;
        }
        List<String> known = Sql.on(connection, """
                        select distinct neighbourhood from resident where office_no = :office order by neighbourhood""").with("office", officeNo).list(row -> row.text("neighbourhood"));
        if (!known.contains(neighbourhood)) {
            throw Problem.invalid(
                    "neighbourhood",
                    neighbourhood,
                    "a district in which the office has residents (%s), or none for the whole office"
                            .formatted(String.join(", ", known)));
        }
    }

    private static void note(Connection connection, Viewer viewer, String action, UUID advisoryId, String kind) {
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("advisory", advisoryId.toString());
        detail.put("kind", kind);
        AuditLog.write(connection, viewer.actor(), action, null, detail);
    }

    private static Advisory get(Connection connection, UUID advisoryId, Instant now) {
        return select(connection, "where a.advisory_id = :id")
                .with("id", advisoryId)
                .with("now", now)
                .find(WeatherAdvisories::read)
                .orElseThrow(() -> Problem.notFound("weather advisory", advisoryId));
    }

    private static Sql select(Connection connection, String rest) {
        return Sql.on(connection, """
                select a.advisory_id, a.kind, o.office_id, a.neighbourhood, a.starts_at, a.ends_at, a.source, a.ended_by,
                       a.starts_at <= :now and a.ends_at > :now as in_force
                  from weather_advisory a join office o using (office_no)
                """ + rest);
    }

    private static Advisory read(Row row) {
        return new Advisory(
                row.uuid("advisory_id"),
                row.text("kind"),
                row.uuid("office_id"),
                row.findText("neighbourhood"),
                row.instant("starts_at").atOffset(ZoneOffset.UTC),
                row.instant("ends_at").atOffset(ZoneOffset.UTC),
                row.text("source"),
                row.findText("ended_by"),
                row.flag("in_force"));
    }
}
