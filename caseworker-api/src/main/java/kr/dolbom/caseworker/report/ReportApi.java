package kr.dolbom.caseworker.report;

import io.micronaut.http.HttpHeaders;
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
import java.sql.Connection;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.report.MonthlyReport.OfficeMonth;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Reports. A caseworker has those of the own office, an operator all; each needs a reason, which the audit log keeps.
@Controller("/api/v1/reports")
@Tag(name = "reports")
@Secured({Role.CASEWORKER, Role.OPERATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
public class ReportApi {
    private static final int SHORTEST_REASON = 3;
    private static final int LONGEST_REASON = 500;
    private static final MediaType CSV = MediaType.of("text/csv;charset=utf-8");

    private final Transactions transactions;
    private final MonthlyReports reports;
    private final Pages pages;
    private final Clock clock;

    ReportApi(Transactions transactions, MonthlyReports reports, Pages pages, Clock clock) {
        this.transactions = transactions;
        this.reports = reports;
        this.pages = pages;
        this.clock = clock;
    }

    /// How a month went: response times, false alarms, what the robot solved, monitoring gaps, attempts, by office.
    /// Exercises are left out. `docs/reference/monthly-report.md` defines every figure.
    ///
    /// @param month such as `2026-11`, by the office's own time zone
    /// @param reason what it is for, 3 to 500 characters
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
        String why = reason(reason);
        String form = format == null ? "json" : format;
        if (!List.of("json", "csv", "html").contains(form)) {
            throw Problem.invalid("format", format, "json, csv or html");
        }
        MonthlyReport report = transactions.run(connection -> {
            Integer officeNo = officeNo(connection, office, viewer);
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "report-downloaded",
                    null,
                    Map.of(
                            "report",
                            "monthly",
                            "month",
                            wanted.toString(),
                            "office",
                            office == null ? (officeNo == null ? "all" : "own") : office.toString(),
                            "format",
                            form,
                            "reason",
                            why));
            return reports.make(connection, wanted, officeNo);
        });
        Words words = PreferredWords.of(request);
        return switch (form) {
            case "csv" ->
                HttpResponse.ok(csv(report, words))
                        .contentType(CSV)
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"dolbom-" + wanted + ".csv\"");
            case "html" -> pages.page("report.jte", new ReportPage(words, report, viewer.name(), why));
            default -> HttpResponse.ok(report);
        };
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

    private static String reason(@Nullable String reason) {
        String stripped = reason == null ? "" : reason.strip();
        if (stripped.length() < SHORTEST_REASON || stripped.length() > LONGEST_REASON) {
            throw Problem.invalid("reason", reason, "what the report is for, 3 to 500 characters");
        }
        return stripped;
    }

    private static @Nullable Integer officeNo(Connection connection, @Nullable UUID office, Viewer viewer) {
        if (office == null) {
            return viewer.officeNo();
        }
        return Sql.on(connection, """
                        select office_no from office
                         where office_id = :office and (:own::int is null or office_no = :own)""")
                .with("office", office)
                .with("own", viewer.officeNo())
                .find(row -> row.number("office_no"))
                .orElseThrow(() -> Problem.notFound("office", office));
    }

    private static String csv(MonthlyReport report, Words words) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.of("office", "month", "figure", "label", "part", "value", "unit")
                .map(column -> words.text("report.column." + column))
                .toList());
        for (OfficeMonth office : report.offices()) {
            String name = words == Words.EN ? office.nameEn() : office.nameKo();
            ReportLine.list(office, words)
                    .forEach(line -> rows.add(List.of(
                            name,
                            report.month(),
                            line.figure(),
                            line.label(),
                            line.part(),
                            line.value(),
                            line.unit())));
        }
        return Csv.of(rows);
    }
}
