package kr.dolbom.caseworker.console;

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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Outcome;
import kr.dolbom.caseworker.desk.AlertDesk;
import kr.dolbom.caseworker.desk.AlertViews;
import kr.dolbom.caseworker.desk.Takeover;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.Problem;

/// The console's pages and what their buttons do.
@Controller
@Hidden
@Secured({Role.CASEWORKER, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class QueueController {
    private static final int NOTE_LIMIT = 2000;

    private final Console console;
    private final AlertViews views;
    private final AlertDesk desk;
    private final Pages pages;

    QueueController(Console console, AlertViews views, AlertDesk desk, Pages pages) {
        this.console = console;
        this.views = views;
        this.desk = desk;
        this.pages = pages;
    }

    @Get("/")
    HttpResponse<String> queue(HttpRequest<?> request, Viewer viewer) {
        return pages.page("queue.jte", console.queue(viewer, PreferredWords.of(request), new HashSet<>()));
    }

    @Get("/alerts/{alertId}")
    HttpResponse<String> alert(
            HttpRequest<?> request, Viewer viewer, UUID alertId, @QueryValue Optional<String> notice) {
        String known = notice.filter("taken-before"::equals).orElse("");
        return pages.page("alert.jte", console.alert(alertId, viewer, PreferredWords.of(request), known));
    }

    @Post("/alerts/{alertId}/take")
    @Consumes(MediaType.ALL)
    HttpResponse<?> take(Viewer viewer, UUID alertId) {
        views.get(alertId, viewer, "alert-acknowledge");
        String notice = switch (desk.take(alertId, views.getPerson(viewer))) {
            case Takeover.TakenBefore _ -> "?notice=taken-before";
            case Takeover.Taken _, Takeover.Over _ -> "";
        };
        return HttpResponse.seeOther(URI.create("/alerts/" + alertId + notice));
    }

    @Post("/alerts/{alertId}/resolve")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> resolve(Viewer viewer, UUID alertId, @Body Map<String, String> form) {
        views.get(alertId, viewer, "alert-resolve");
        String word = form.getOrDefault("outcome", "");
        Outcome outcome =
                Outcome.find(word).orElseThrow(() -> Problem.invalid("outcome", word, "one of the outcomes shown"));
        String note = form.getOrDefault("note", "").strip();
        if (note.length() > NOTE_LIMIT) {
            throw Problem.invalid("note", note.length() + " characters", "at most " + NOTE_LIMIT);
        }
        String actor = views.findPerson(viewer)
                .map(person -> person.id().toString())
                .orElse(viewer.account().login());
        desk.resolve(alertId, actor, outcome, note.isEmpty() ? null : note);
        return HttpResponse.seeOther(URI.create("/"));
    }
}
