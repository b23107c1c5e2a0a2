package kr.dolbom.caseworker.console;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Optional;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;

/// The list of open alerts.
@Controller
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class QueueController {
    private final QueueList list;
    private final Frames frames;
    private final Pages pages;

    QueueController(QueueList list, Frames frames, Pages pages) {
        this.list = list;
        this.frames = frames;
        this.pages = pages;
    }

    /// The list; somebody whose list it is not comes to the first page of their own.
    @Get("/")
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> queue(
            HttpRequest<?> request,
            Viewer viewer,
            @QueryValue Optional<String> who,
            @QueryValue Optional<String> tier,
            @QueryValue Optional<String> office) {
        String role = viewer.account().role();
        if (!Section.QUEUE.isFor(role)) {
            return HttpResponse.seeOther(URI.create(Section.home(role).path()));
        }
        var filter = QueuePage.Filter.of(who.orElse(""), tier.orElse(""), office.orElse(""));
        return pages.longPage("queue.jte", list.page(viewer, frames.of(request, viewer, Section.QUEUE), filter));
    }
}
