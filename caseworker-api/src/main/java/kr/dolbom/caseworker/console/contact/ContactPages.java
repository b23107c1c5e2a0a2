package kr.dolbom.caseworker.console.contact;

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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;

/// The contacts. What is searched for is posted: no name stands in an address.
@Controller("/contacts")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ContactPages {
    private static final int LONGEST_QUERY = 40;

    private final Transactions transactions;
    private final Pages pages;
    private final Frames frames;
    private final Clock clock;

    ContactPages(Transactions transactions, Pages pages, Frames frames, Clock clock) {
        this.transactions = transactions;
        this.pages = pages;
        this.frames = frames;
        this.clock = clock;
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request, Viewer viewer) {
        return page(request, viewer, Map.of());
    }

    /// The whole page with what was found, for browsers without script.
    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> search(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        return page(request, viewer, form);
    }

    /// What was found alone.
    @Post("/found")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> found(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        Frame frame = frames.of(request, viewer, Section.CONTACTS);
        return pages.page("contact/found.jte", transactions.run(connection -> {
            var contacts = new Contacts(connection, viewer, frame);
            return contacts.find(query(form), contacts.findOffice(form.getOrDefault("office", "")));
        }));
    }

    private HttpResponse<String> page(HttpRequest<?> request, Viewer viewer, Map<String, String> form) {
        Frame frame = frames.of(request, viewer, Section.CONTACTS);
        return pages.page("contact/contacts.jte", transactions.run(connection -> {
            var contacts = new Contacts(connection, viewer, frame);
            String office = form.getOrDefault("office", "");
            return new ContactPage(
                    frame,
                    viewer.account().caseworkerNo() != null,
                    contacts.duties(clock),
                    viewer.officeNo() == null ? contacts.offices() : List.of(),
                    office,
                    contacts.find(query(form), contacts.findOffice(office)));
        }));
    }

    private static String query(Map<String, String> form) {
        String query = form.getOrDefault("q", "").strip();
        return query.length() > LONGEST_QUERY ? query.substring(0, LONGEST_QUERY) : query;
    }
}
