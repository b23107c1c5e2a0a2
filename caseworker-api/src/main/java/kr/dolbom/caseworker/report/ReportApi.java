package kr.dolbom.caseworker.report;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.trail.Downloads;
import org.jspecify.annotations.Nullable;

/// Reports. A caseworker has those of the own office, an operator all; each needs a reason, which the audit log keeps.
@Controller("/api/v1/reports")
@Tag(name = "reports")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR})
@ExecuteOn(TaskExecutors.BLOCKING)
public class ReportApi {
    private final ReportDownloads downloads;
    private final Clock clock;

    ReportApi(ReportDownloads downloads, Clock clock) {
        this.downloads = downloads;
        this.clock = clock;
    }

    /// How a month went: response times, false alarms, what the robot solved, monitoring gaps, attempts, by office.
    /// Exercises are left out. `docs/reference/monthly-report.md` defines every figure.
    ///
    /// @param month such as `2026-11`, by the office's own time zone
    /// @param reason what it is for, 4 to 200 characters
    /// @param office the id of one office; missing: the own one, for an operator all
    /// @param format `json`, `csv` or `html` (for printing); missing: `json`
    @Get("/monthly")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MonthlyReport.class)))
    HttpResponse<?> monthly(
            HttpRequest<?> request,
            @QueryValue @Nullable String month,
            @QueryValue @Nullable String reason,
            @QueryValue @Nullable UUID office,
            @QueryValue @Nullable String format,
            @Parameter(hidden = true) Viewer viewer) {
        YearMonth wanted = month(month);
        String why = Downloads.reason(reason);
        String form = format == null ? "json" : format;
        if (!List.of("json", "csv", "html").contains(form)) {
            throw Problem.invalid("format", format, "json, csv or html");
        }
        return downloads.answer(request, viewer, wanted, office, form, why);
    }

    private YearMonth month(@Nullable String month) {
        YearMonth latest = YearMonth.from(clock.instant().atZone(clock.getZone()));
        String expected = "a month such as %s, not a later one".formatted(latest);
        if (month == null) {
            throw Problem.invalid("month", null, expected);
        }
        try {
            YearMonth wanted = YearMonth.parse(month);
            if (!wanted.isAfter(latest) && wanted.getYear() >= 2000) {
                return wanted;
            }
        } catch (DateTimeException e) {
            throw Problem.invalid("month", month, expected);
        }
        throw Problem.invalid("month", month, expected);
    }
}
