package kr.dolbom.caseworker.console.roster;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.ProblemException;
import kr.dolbom.caseworker.readiness.ReadinessDesk;
import kr.dolbom.caseworker.roster.OverrideDesk;
import kr.dolbom.caseworker.roster.ShiftDesk;
import kr.dolbom.caseworker.roster.plan.RosterFiles;
import kr.dolbom.caseworker.trail.Downloads;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// The roster's page and its forms. What is refused is told on the page itself, beside what was asked.
@Controller("/roster")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class RosterPages {
    private static final int REASON_LIMIT = 200;
    /// What may stand in an address after something was done.
    private static final Set<String> DONE =
            Set.of("swap", "override", "cancel", "add", "remove", "ring", "plan", "unplan");

    private final RosterReader reader;
    private final ShiftDesk shifts;
    private final OverrideDesk overrides;
    private final ReadinessDesk readiness;
    private final RosterFiles files;
    private final Pages pages;

    RosterPages(
            RosterReader reader,
            ShiftDesk shifts,
            OverrideDesk overrides,
            ReadinessDesk readiness,
            RosterFiles files,
            Pages pages) {
        this.reader = reader;
        this.shifts = shifts;
        this.overrides = overrides;
        this.readiness = readiness;
        this.files = files;
        this.pages = pages;
    }

    /// A month or a week.
    ///
    /// @param shift what is to be changed
    /// @param from where a gap that is to be filled begins
    /// @param done what was done just now
    @Get
    HttpResponse<String> show(
            HttpRequest<?> request,
            Viewer viewer,
            @QueryValue @Nullable UUID office,
            @QueryValue @Nullable String view,
            @QueryValue @Nullable LocalDate day,
            @QueryValue @Nullable UUID shift,
            @QueryValue @Nullable LocalDateTime from,
            @QueryValue @Nullable LocalDateTime to,
            @QueryValue @Nullable String done) {
        Words words = PreferredWords.of(request);
        String told = done != null && DONE.contains(done) ? words.text("roster.done." + done) : "";
        return pages.page(
                "roster/roster.jte",
                reader.read(
                        request,
                        viewer,
                        new RosterReader.Wish(office, view, day, shift, from, to, null, ""),
                        "",
                        told));
    }

    @Post("/swap")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> swap(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> body) {
        return act(request, viewer, body, "swap", form -> shifts.swap(viewer, form.uuid("first"), form.uuid("second")));
    }

    @Post("/override")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> override(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> body) {
        return act(
                request,
                viewer,
                body,
                "override",
                form -> overrides.add(
                        viewer,
                        form.uuid("office"),
                        form.position(),
                        form.uuid("caseworker"),
                        form.span(reader.zoneOf(viewer, form.uuid("office"))),
                        form.text("reason", REASON_LIMIT)));
    }

    @Post("/override/{overrideId}/cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> cancel(HttpRequest<?> request, Viewer viewer, UUID overrideId, @Body Map<String, String> body) {
        return act(request, viewer, body, "cancel", form -> overrides.cancel(viewer, overrideId));
    }

    @Post("/shift")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> add(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> body) {
        return act(
                request,
                viewer,
                body,
                "add",
                form -> shifts.add(
                        viewer,
                        form.uuid("office"),
                        form.uuid("caseworker"),
                        form.position(),
                        form.span(reader.zoneOf(viewer, form.uuid("office")))));
    }

    @Post("/shift/{shiftId}/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> remove(HttpRequest<?> request, Viewer viewer, UUID shiftId, @Body Map<String, String> body) {
        return act(request, viewer, body, "remove", form -> shifts.remove(viewer, shiftId));
    }

    @Post("/ring")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> ring(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> body) {
        return act(
                request,
                viewer,
                body,
                "ring",
                form -> readiness.ring(viewer, form.uuid("office"), form.uuid("caseworker")));
    }

    /// The month as a file; what for is asked and noted.
    @Post("/export")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces({MediaType.TEXT_CSV, "text/calendar", MediaType.TEXT_HTML})
    HttpResponse<?> export(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> body) {
        var form = new RosterForm(body);
        Words words = PreferredWords.of(request);
        try {
            String reason = Downloads.reason(body.get("reason"));
            UUID office = form.uuid("office");
            YearMonth month = form.month();
            return form.value("format").equals("ics")
                    ? files.calendar(viewer, office, month, words, reason)
                    : files.csv(viewer, office, month, words, reason);
        } catch (ProblemException e) {
            return refused(request, viewer, form, e, "export");
        }
    }

    private interface Act {
        void on(RosterForm form);
    }

    private HttpResponse<?> act(HttpRequest<?> request, Viewer viewer, Map<String, String> body, String done, Act act) {
        var form = new RosterForm(body);
        try {
            act.on(form);
        } catch (ProblemException e) {
            return refused(request, viewer, form, e, done);
        }
        return HttpResponse.seeOther(
                URI.create(form.address(reader.officeOf(viewer, form.findUuid("office"))) + "&done=" + done));
    }

    private HttpResponse<String> refused(
            HttpRequest<?> request, Viewer viewer, RosterForm form, ProblemException refused, String open) {
        int status = refused.problem().status();
        if (status == HttpStatus.NOT_FOUND.getCode() || status == HttpStatus.FORBIDDEN.getCode()) {
            throw refused;
        }
        Words words = PreferredWords.of(request);
        return pages.page(
                HttpStatus.valueOf(status),
                "roster/roster.jte",
                reader.read(
                        request,
                        viewer,
                        form.wish(open),
                        refused.told(words).orElseGet(() -> words.text("roster.refused.input")),
                        ""));
    }
}
