package kr.dolbom.caseworker.roster.plan;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.roster.Duty;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.roster.Rosters;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// A month's duties as they stand, swaps and overrides included: to read, for a spreadsheet, for a
/// calendar.
@Controller("/api/v1/rosters/{officeId}/{month}")
@Tag(name = "rosters")
@Secured({Role.OPERATOR, Role.CASEWORKER})
@ExecuteOn(TaskExecutors.BLOCKING)
public class RosterSheetApi {
    private final Transactions transactions;
    private final Clock clock;

    RosterSheetApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A month's duties.
    ///
    /// @param officeId which office
    /// @param month which month
    /// @param duties who holds which position when, by start
    /// @param gaps when nobody is on call
    @Introspected
    public record Sheet(UUID officeId, YearMonth month, List<Line> duties, List<Gap> gaps) {}

    /// Somebody's duty.
    ///
    /// @param shiftId the shift or the override that says so
    /// @param caseworkerId who
    /// @param name their name
    /// @param position 1 is the primary, the others are backups
    /// @param startsAt from when on, in the office's time
    /// @param endsAt until when
    /// @param standsIn whether by an override
    /// @param nightCentre whether for a night centre
    @Introspected
    public record Line(
            UUID shiftId,
            UUID caseworkerId,
            String name,
            int position,
            OffsetDateTime startsAt,
            OffsetDateTime endsAt,
            boolean standsIn,
            boolean nightCentre) {}

    /// A time in which nobody is on call.
    ///
    /// @param from from when on
    /// @param to until when
    @Introspected
    public record Gap(OffsetDateTime from, OffsetDateTime to) {}

    /// The month to read.
    @Get
    Sheet get(UUID officeId, YearMonth month, @Parameter(hidden = true) Viewer viewer) {
        RosterSheet sheet = load(officeId, month, viewer, null);
        Span span = Month.span(month, sheet.zone());
        List<Gap> gaps = sheet.roster().segments().stream()
                .filter(segment -> segment.duties().isEmpty())
                .flatMap(segment -> segment.span().and(span).stream())
                .map(gap -> new Gap(
                        gap.start().atZone(sheet.zone()).toOffsetDateTime(),
                        gap.end().atZone(sheet.zone()).toOffsetDateTime()))
                .toList();
        return new Sheet(
                officeId,
                month,
                sheet.duties().stream().map(duty -> line(sheet, duty)).toList(),
                gaps);
    }

    /// The month for a spreadsheet.
    ///
    /// @param language `ko` or `en`; missing: Korean
    @Get("/roster.csv")
    @Produces(MediaType.TEXT_CSV)
    HttpResponse<String> csv(
            UUID officeId,
            YearMonth month,
            @QueryValue @Nullable String language,
            @Parameter(hidden = true) Viewer viewer) {
        return file(load(officeId, month, viewer, "csv").csv(words(language)), "text/csv", "csv", month);
    }

    /// The month for a calendar.
    ///
    /// @param language `ko` or `en`; missing: Korean
    @Get("/roster.ics")
    @Produces("text/calendar")
    HttpResponse<String> calendar(
            UUID officeId,
            YearMonth month,
            @QueryValue @Nullable String language,
            @Parameter(hidden = true) Viewer viewer) {
        String calendar = load(officeId, month, viewer, "ics").calendar(words(language), clock.instant());
        return file(calendar, "text/calendar", "ics", month);
    }

    private static HttpResponse<String> file(String text, String type, String ending, YearMonth month) {
        return HttpResponse.ok(text)
                .contentType(MediaType.of(type + ";charset=utf-8"))
                .header("Content-Disposition", "attachment; filename=\"roster-%s.%s\"".formatted(month, ending));
    }

    private static Words words(@Nullable String language) {
        return Words.of(language == null ? "ko" : language);
    }

    private RosterSheet load(UUID officeId, YearMonth month, Viewer viewer, @Nullable String carriedOffAs) {
        return transactions.run(connection -> {
            int office = RosterAccess.see(connection, viewer, officeId);
            ZoneId zone = Rosters.zoneOf(connection, office);
            Roster roster = Rosters.load(connection, office, RosterSheet.window(month, zone));
            if (carriedOffAs != null) {
                AuditLog.write(
                        connection,
                        viewer.actor(),
                        "roster-exported",
                        null,
                        Map.of("office", officeId.toString(), "month", month.toString(), "as", carriedOffAs));
            }
            String name = Sql.on(connection, "select short_name from office where office_no = :office")
                    .with("office", office)
                    .get(row -> row.text("short_name"));
            return new RosterSheet(name, zone, month, roster);
        });
    }

    private static Line line(RosterSheet sheet, Duty duty) {
        Roster roster = sheet.roster();
        return new Line(
                duty.id(),
                roster.person(duty.caseworkerNo()).person().id(),
                roster.person(duty.caseworkerNo()).person().name(),
                duty.position(),
                duty.span().start().atZone(sheet.zone()).toOffsetDateTime(),
                duty.span().end().atZone(sheet.zone()).toOffsetDateTime(),
                duty.standsIn(),
                duty.officeNo() != roster.officeNo());
    }
}
