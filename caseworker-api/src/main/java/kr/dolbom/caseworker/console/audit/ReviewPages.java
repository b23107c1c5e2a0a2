package kr.dolbom.caseworker.console.audit;

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
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Map;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.trail.AuditReviews;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// A month of the audit log by account, signed off once for an office by its supervisor, or for all by an auditor.
@Controller("/audit/review")
@Hidden
@Secured({Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReviewPages {
    private static final int LONGEST_NOTE = 500;
    private static final int MONTHS = 24;

    private final Transactions transactions;
    private final Pages pages;
    private final Frames frames;
    private final Clock clock;

    ReviewPages(Transactions transactions, Pages pages, Frames frames, Clock clock) {
        this.transactions = transactions;
        this.pages = pages;
        this.frames = frames;
        this.clock = clock;
    }

    @Get
    HttpResponse<String> review(HttpRequest<?> request, Viewer viewer, @QueryValue @Nullable String month) {
        Frame frame = frames.of(request, viewer, Section.AUDIT);
        Words words = frame.words();
        YearMonth latest = latest();
        // What is due is the month that is over.
        YearMonth wanted = month == null ? latest.minusMonths(1) : month(month);
        AuditPage.Review page = transactions.run(connection -> {
            AuditLog.write(connection, viewer.actor(), "audit-review-read", null, Map.of("month", wanted.toString()));
            return new AuditPage.Review(
                    frame,
                    wanted.toString(),
                    name(words, wanted),
                    IntStream.range(0, MONTHS)
                            .mapToObj(latest::minusMonths)
                            .map(one -> new AuditPage.Choice(one.toString(), name(words, one)))
                            .toList(),
                    AuditReviews.listActivity(connection, viewer.officeNo(), wanted, clock.getZone()).stream()
                            .map(activity -> reviewed(words, activity))
                            .toList(),
                    AuditReviews.listSignatures(connection, viewer.officeNo(), wanted).stream()
                            .map(signature -> signed(frame, signature))
                            .toList(),
                    wanted.isBefore(latest),
                    maySign(viewer)
                            && wanted.isBefore(latest)
                            && !AuditReviews.isSigned(connection, viewer.officeNo(), wanted));
        });
        return pages.page("audit/review.jte", page);
    }

    private static AuditPage.Reviewed reviewed(Words words, AuditReviews.Activity activity) {
        return new AuditPage.Reviewed(
                activity.account(),
                words.text("audit.role." + (activity.role() == null ? "none" : activity.role())),
                activity.views(),
                activity.exports(),
                activity.residents(),
                activity.outsideCaseload(),
                activity.nightViews());
    }

    private static String signed(Frame frame, AuditReviews.Signature signature) {
        return frame.words()
                .text(
                        "audit.signed",
                        frame.phrasing().dateTime(signature.at()),
                        signature.by(),
                        signature.office() == null ? frame.words().text("audit.signed.all") : signature.office(),
                        signature.remark());
    }

    private static boolean maySign(Viewer viewer) {
        return !viewer.account().role().equals(Role.OPERATOR);
    }

    private static String name(Words words, YearMonth month) {
        return words.text("report.page.month", month.getYear(), month.getMonthValue());
    }

    /// Somebody has looked the month through.
    @Post
    @Secured({Role.SUPERVISOR, Role.AUDITOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> sign(Viewer viewer, @Body Map<String, String> form) {
        YearMonth month = month(form.getOrDefault("month", ""));
        if (!month.isBefore(latest())) {
            throw Problem.invalid("month", month, "a month that is over");
        }
        String note = form.getOrDefault("note", "").strip();
        if (note.length() > LONGEST_NOTE) {
            throw Problem.invalid("note", note.length() + " characters", "at most " + LONGEST_NOTE);
        }
        boolean isFirst = transactions.run(connection ->
                AuditReviews.sign(connection, viewer.officeNo(), month, viewer.actor(), clock.instant(), note));
        if (!isFirst) {
            throw Problem.conflict(month + " is signed off already; see /audit/review.", "audit.signed-already");
        }
        return HttpResponse.seeOther(URI.create("/audit/review?month=" + month));
    }

    private YearMonth latest() {
        return YearMonth.from(clock.instant().atZone(clock.getZone()));
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw Problem.invalid("month", text, "a month such as 2026-11");
        }
    }
}
