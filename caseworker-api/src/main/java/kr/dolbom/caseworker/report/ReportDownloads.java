package kr.dolbom.caseworker.report;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.page.Csv;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.registry.Offices;
import kr.dolbom.caseworker.report.MonthlyReport.OfficeMonth;
import kr.dolbom.caseworker.trail.Downloads;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Gives monthly reports out; each is noted with what it is for. Safe for use by many threads.
@Singleton
public final class ReportDownloads {
    private static final MediaType CSV = MediaType.of("text/csv;charset=utf-8");

    private final Transactions transactions;
    private final MonthlyReports reports;
    private final Pages pages;

    ReportDownloads(Transactions transactions, MonthlyReports reports, Pages pages) {
        this.transactions = transactions;
        this.reports = reports;
        this.pages = pages;
    }

    /// A report as an answer.
    ///
    /// @param office the public id of one office; null: the own one, or all
    /// @param format `json`, `csv` or `html`
    /// @param reason what it is for, checked
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such office for this viewer
    public HttpResponse<?> answer(
            HttpRequest<?> request,
            Viewer viewer,
            YearMonth month,
            @Nullable UUID office,
            String format,
            String reason) {
        MonthlyReport report = transactions.run(connection -> {
            Integer officeNo = officeNo(connection, office, viewer);
            Downloads.note(
                    connection,
                    viewer.actor(),
                    "report-downloaded",
                    reason,
                    Map.of(
                            "report",
                            "monthly",
                            "month",
                            month.toString(),
                            "office",
                            office == null ? (officeNo == null ? "all" : "own") : office.toString(),
                            "format",
                            format));
            return reports.make(connection, month, officeNo);
        });
        Words words = PreferredWords.of(request);
        return switch (format) {
            case "csv" ->
                HttpResponse.ok(csv(report, words))
                        .contentType(CSV)
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"dolbom-" + month + ".csv\"");
            case "html" -> pages.page("report.jte", new ReportPage(words, report, viewer.name(), reason));
            default -> HttpResponse.ok(report);
        };
    }

    /// An office that this viewer may see; null for all.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is none
    public static @Nullable Integer officeNo(Connection connection, @Nullable UUID office, Viewer viewer) {
        return office == null
                ? viewer.officeNo()
                : Integer.valueOf(
                        Offices.get(connection, office, viewer.officeNo()).number());
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
