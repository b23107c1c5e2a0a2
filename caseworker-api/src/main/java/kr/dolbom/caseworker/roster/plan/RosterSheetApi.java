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
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.roster.Duty;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.trail.Downloads;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// A month's duties as they stand, swaps and overrides included: to read, for a spreadsheet, for a
/// calendar.
@Controller("/api/v1/rosters/{officeId}/{month}")
@Tag(name = "rosters")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
public class RosterSheetApi {
    private final RosterFiles files;

    RosterSheetApi(RosterFiles files) {
        this.files = files;
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
        RosterSheet sheet = files.load(viewer, officeId, month);
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
    /// @param reason what it is for, 4 to 200 characters
    /// @param language `ko` or `en`; missing: Korean
    @Get("/roster.csv")
    @Produces(MediaType.TEXT_CSV)
    HttpResponse<String> csv(
            UUID officeId,
            YearMonth month,
            @QueryValue @Nullable String reason,
            @QueryValue @Nullable String language,
            @Parameter(hidden = true) Viewer viewer) {
        return files.csv(viewer, officeId, month, words(language), Downloads.reason(reason));
    }

    /// The month for a calendar.
    ///
    /// @param reason what it is for, 4 to 200 characters
    /// @param language `ko` or `en`; missing: Korean
    @Get("/roster.ics")
    @Produces("text/calendar")
    HttpResponse<String> calendar(
            UUID officeId,
            YearMonth month,
            @QueryValue @Nullable String reason,
            @QueryValue @Nullable String language,
            @Parameter(hidden = true) Viewer viewer) {
        return files.calendar(viewer, officeId, month, words(language), Downloads.reason(reason));
    }

    private static Words words(@Nullable String language) {
        return Words.of(language == null ? "ko" : language);
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
