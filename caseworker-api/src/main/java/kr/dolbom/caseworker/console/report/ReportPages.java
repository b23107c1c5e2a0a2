package kr.dolbom.caseworker.console.report;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.sql.Connection;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.report.ReportDownloads;
import kr.dolbom.caseworker.report.Trend;
import kr.dolbom.caseworker.report.Trends;
import kr.dolbom.caseworker.trail.Downloads;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// The reports. Nothing on the page is about a resident by name; what is taken away asks for a reason.
@Controller("/reports")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReportPages {
    private static final int MONTHS = 12;
    private static final int OLDEST_YEAR = 2000;

    private final Transactions transactions;
    private final Trends trends;
    private final ReportDownloads downloads;
    private final Pages pages;
    private final Frames frames;
    private final Clock clock;

    ReportPages(
            Transactions transactions,
            Trends trends,
            ReportDownloads downloads,
            Pages pages,
            Frames frames,
            Clock clock) {
        this.transactions = transactions;
        this.trends = trends;
        this.downloads = downloads;
        this.pages = pages;
        this.frames = frames;
        this.clock = clock;
    }

    private record Office(int number, UUID id, String nameKo, String nameEn) {}

    @Get
    HttpResponse<String> show(
            HttpRequest<?> request,
            Viewer viewer,
            @QueryValue @Nullable String month,
            @QueryValue @Nullable UUID office) {
        Frame frame = frames.of(request, viewer, Section.REPORTS);
        YearMonth wanted = month == null ? latest() : month(month);
        ReportView view = transactions.run(connection -> {
            List<Office> offices = listOffices(connection, viewer);
            Integer asked = ReportDownloads.officeNo(connection, office, viewer);
            Office chosen = offices.stream()
                    .filter(one -> asked == null || one.number() == asked)
                    .findFirst()
                    .orElseThrow(() -> office == null ? Problem.noOffice() : Problem.notFound("office", office));
            Trend year = trends.make(
                    connection,
                    IntStream.range(0, MONTHS)
                            .mapToObj(i -> wanted.minusMonths(MONTHS - 1L - i))
                            .toList(),
                    chosen.number());
            Trend.Month last = year.months().getLast();
            Instant now = clock.instant();
            return ReportView.of(
                    frame,
                    wanted,
                    year,
                    choices(offices, chosen, frame.words()),
                    months(wanted, frame.words()),
                    Workload.list(connection, chosen.number(), last.from(), now.isBefore(last.to()) ? now : last.to()),
                    now);
        });
        return pages.page("report/reports.jte", view);
    }

    /// A file, or a page to print, for a reason.
    @Post("/download")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces({MediaType.TEXT_HTML, "text/csv"})
    HttpResponse<?> download(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        String reason = Downloads.reason(form.get("reason"));
        String format = form.getOrDefault("format", "");
        if (!List.of("csv", "html").contains(format)) {
            throw Problem.invalid("format", format, "csv or html");
        }
        return downloads.answer(
                request,
                viewer,
                month(form.getOrDefault("month", "")),
                office(form.getOrDefault("office", "")),
                format,
                reason);
    }

    private static UUID office(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("office", text);
        }
    }

    private static List<Office> listOffices(Connection connection, Viewer viewer) {
        return Sql.on(connection, """
                        select office_no, office_id, name_ko, name_en from office
                         where (:office::int is null or office_no = :office) and not canary order by name_ko, office_no""")
                .with("office", viewer.officeNo())
                .list(row -> new Office(
                        row.number("office_no"), row.uuid("office_id"), row.text("name_ko"), row.text("name_en")));
    }

    private static List<ReportView.Choice> choices(List<Office> offices, Office chosen, Words words) {
        return offices.stream()
                .map(office -> new ReportView.Choice(
                        office.id().toString(),
                        words == Words.EN ? office.nameEn() : office.nameKo(),
                        office.equals(chosen)))
                .toList();
    }

    private List<ReportView.Choice> months(YearMonth chosen, Words words) {
        YearMonth last = latest();
        return IntStream.range(0, 3 * MONTHS)
                .mapToObj(last::minusMonths)
                .map(month -> new ReportView.Choice(
                        month.toString(),
                        words.text("report.page.month", month.getYear(), month.getMonthValue()),
                        month.equals(chosen)))
                .toList();
    }

    private YearMonth latest() {
        return YearMonth.from(clock.instant().atZone(clock.getZone()));
    }

    private YearMonth month(String text) {
        String expected = "a month such as %s, not a later one".formatted(latest());
        try {
            YearMonth month = YearMonth.parse(text);
            if (!month.isAfter(latest()) && month.getYear() >= OLDEST_YEAR) {
                return month;
            }
        } catch (DateTimeException e) {
            throw Problem.invalid("month", text, expected);
        }
        throw Problem.invalid("month", text, expected);
    }
}
