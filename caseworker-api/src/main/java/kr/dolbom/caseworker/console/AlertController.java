package kr.dolbom.caseworker.console;

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
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.Outcome;
import kr.dolbom.caseworker.desk.AlertDesk;
import kr.dolbom.caseworker.desk.AlertViews;
import kr.dolbom.caseworker.desk.Ownership;
import kr.dolbom.caseworker.desk.Takeover;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.problem.ProblemException;

/// An alert's page, its summary to print, its ledger, and what the page's buttons do.
@Controller("/alerts/{alertId}")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.ALL})
@ExecuteOn(TaskExecutors.BLOCKING)
final class AlertController {
    private static final int NOTE_LIMIT = 2000;
    private static final Set<String> NOTICES =
            Set.of("taken-before", "confirmed", "snoozed", "handing-over", "given-back", "emergency-called");

    private final Console console;
    private final AlertViews views;
    private final AlertDesk desk;
    private final Ownership ownership;
    private final AlertBoard board;
    private final Frames frames;
    private final Pages pages;
    private final Clock clock;

    AlertController(
            Console console,
            AlertViews views,
            AlertDesk desk,
            Ownership ownership,
            AlertBoard board,
            Frames frames,
            Pages pages,
            Clock clock) {
        this.console = console;
        this.views = views;
        this.desk = desk;
        this.ownership = ownership;
        this.board = board;
        this.frames = frames;
        this.pages = pages;
        this.clock = clock;
    }

    @Get
    HttpResponse<String> alert(
            HttpRequest<?> request, Viewer viewer, UUID alertId, @QueryValue Optional<String> notice) {
        String known = notice.filter(NOTICES::contains).orElse("");
        return pages.page(
                "alert.jte", console.alert(alertId, viewer, frames.of(request, viewer, Section.QUEUE), known, ""));
    }

    @Get("/summary")
    HttpResponse<String> summary(HttpRequest<?> request, Viewer viewer, UUID alertId) {
        return pages.page(
                "alert-summary.jte", console.alert(alertId, viewer, frames.of(request, viewer, Section.QUEUE), "", ""));
    }

    @Get("/ledger")
    HttpResponse<String> ledger(HttpRequest<?> request, Viewer viewer, UUID alertId) {
        return pages.page(
                "alert-ledger.jte", console.ledger(alertId, viewer, frames.of(request, viewer, Section.QUEUE)));
    }

    @Post("/take")
    HttpResponse<?> take(Viewer viewer, UUID alertId) {
        Alert.Person person = see(alertId, viewer, "alert-acknowledge");
        return switch (desk.take(alertId, person)) {
            case Takeover.TakenBefore(var alert, var by) when !by.equals(person) -> back(alertId, "taken-before");
            case Takeover.TakenBefore _, Takeover.Taken _, Takeover.Over _ -> back(alertId, "");
        };
    }

    @Post("/confirm")
    HttpResponse<?> confirm(Viewer viewer, UUID alertId) {
        ownership.confirm(alertId, see(alertId, viewer, "alert-confirm"));
        return back(alertId, "confirmed");
    }

    @Post("/snooze")
    HttpResponse<?> snooze(Viewer viewer, UUID alertId, @Body Map<String, String> form) {
        Alert.Person person = see(alertId, viewer, "alert-snooze");
        String minutes = form.getOrDefault("minutes", "");
        if (!minutes.matches("\\d{1,3}")) {
            throw Problem.invalid("minutes", minutes, "one of the times shown");
        }
        ownership.snooze(alertId, person, clock.instant().plus(Duration.ofMinutes(Integer.parseInt(minutes))));
        return back(alertId, "snoozed");
    }

    @Post("/hand-over")
    HttpResponse<?> handOver(Viewer viewer, UUID alertId, @Body Map<String, String> form) {
        Alert.Person person = see(alertId, viewer, "alert-hand-over");
        ownership.handOver(alertId, person, colleague(form.getOrDefault("to", "")));
        return back(alertId, "handing-over");
    }

    @Post("/give-back")
    HttpResponse<?> giveBack(Viewer viewer, UUID alertId) {
        ownership.giveBack(alertId, see(alertId, viewer, "alert-give-back"));
        return back(alertId, "given-back");
    }

    @Post("/emergency-called")
    HttpResponse<?> emergencyCalled(Viewer viewer, UUID alertId, @Body Map<String, String> form) {
        Alert.Person person = see(alertId, viewer, "alert-emergency-called");
        ownership.emergencyCalled(alertId, person, console.momentOf(form.getOrDefault("at", "")));
        return back(alertId, "emergency-called");
    }

    @Post("/resolve")
    HttpResponse<?> resolve(HttpRequest<?> request, Viewer viewer, UUID alertId, @Body Map<String, String> form) {
        views.get(alertId, viewer, "alert-resolve");
        String word = form.getOrDefault("outcome", "");
        Outcome outcome =
                Outcome.find(word).orElseThrow(() -> Problem.invalid("outcome", word, "one of the outcomes shown"));
        // A line's end comes as two characters, and the browser counts it as one.
        String note = form.getOrDefault("note", "").replace("\r\n", "\n").strip();
        if (note.length() > NOTE_LIMIT) {
            throw Problem.invalid("note", note.length() + " characters", "at most " + NOTE_LIMIT);
        }
        String actor = views.findPerson(viewer)
                .map(person -> person.id().toString())
                .orElse(viewer.account().login());
        try {
            desk.resolve(alertId, actor, outcome, note.isEmpty() ? null : note);
        } catch (ProblemException e) {
            if (e.problem().status() != HttpStatus.CONFLICT.getCode()) {
                throw e;
            }
            return closedBefore(request, viewer, alertId, outcome, note);
        }
        board.look(alertId);
        return HttpResponse.seeOther(URI.create("/"));
    }

    /// Somebody else was first: what was written is given back. Whoever only pressed twice has what they wanted.
    private HttpResponse<?> closedBefore(
            HttpRequest<?> request, Viewer viewer, UUID alertId, Outcome outcome, String note) {
        Frame frame = frames.of(request, viewer, Section.QUEUE);
        AlertPage page = console.alert(alertId, viewer, frame, "closed-before", note);
        boolean isSame = page.outcome().equals(frame.words().text("outcome." + outcome.word()))
                && page.note().equals(note);
        return isSame ? HttpResponse.seeOther(URI.create("/")) : pages.page(HttpStatus.CONFLICT, "alert.jte", page);
    }

    private Alert.Person see(UUID alertId, Viewer viewer, String action) {
        views.get(alertId, viewer, action);
        return views.getPerson(viewer);
    }

    private HttpResponse<?> back(UUID alertId, String notice) {
        board.look(alertId);
        return HttpResponse.seeOther(URI.create("/alerts/" + alertId + (notice.isEmpty() ? "" : "?notice=" + notice)));
    }

    private static UUID colleague(String to) {
        try {
            return UUID.fromString(to);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("to", to, "the id of another caseworker of this office");
        }
    }
}
