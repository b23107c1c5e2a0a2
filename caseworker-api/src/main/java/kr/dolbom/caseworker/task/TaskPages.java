package kr.dolbom.caseworker.task;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.problem.Problem;

/// The tasks as a page, to which the text's link leads.
@Controller("/tasks")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TaskPages {
    private static final int NOTE_LIMIT = 2000;
    private static final URI HERE = URI.create("/tasks");

    private final TaskDesk desk;
    private final Pages pages;
    private final Frames frames;

    TaskPages(TaskDesk desk, Pages pages, Frames frames) {
        this.desk = desk;
        this.pages = pages;
        this.frames = frames;
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, Viewer viewer) {
        boolean canTake = viewer.account().caseworkerNo() != null;
        return pages.page(
                "tasks.jte", TaskPage.of(frames.of(request, viewer, Section.TASKS), canTake, desk.list(viewer, null)));
    }

    @Post("/{taskId}/take")
    @Consumes(MediaType.ALL)
    HttpResponse<?> take(Viewer viewer, UUID taskId) {
        desk.take(taskId, viewer);
        return HttpResponse.seeOther(HERE);
    }

    @Post("/{taskId}/done")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> finish(Viewer viewer, UUID taskId, @Body Map<String, String> form) {
        String note = form.getOrDefault("note", "").strip();
        if (note.length() > NOTE_LIMIT) {
            throw Problem.invalid("note", note.length() + " characters", "at most " + NOTE_LIMIT);
        }
        desk.finish(taskId, note.isEmpty() ? null : note, viewer);
        return HttpResponse.seeOther(HERE);
    }
}
