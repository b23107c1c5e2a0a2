package kr.dolbom.caseworker.phonecall;

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
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Calls from the console as a page: every button that calls somebody posts here.
@Controller("/calls")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class CallPages {
    private final PhoneCallStart start;
    private final PhoneCalls calls;
    private final Transactions transactions;
    private final Pages pages;
    private final Frames frames;

    CallPages(PhoneCallStart start, PhoneCalls calls, Transactions transactions, Pages pages, Frames frames) {
        this.start = start;
        this.calls = calls;
        this.transactions = transactions;
        this.pages = pages;
        this.frames = frames;
    }

    /// What stands where a call cannot be made.
    ///
    /// @param frame what is around it
    /// @param why in words
    public record Refused(Frame frame, String why) {
        /// In which language.
        public Words words() {
            return frame.words();
        }
    }

    /// Calls somebody: `party` names whom; with `group` all of them into one room; `alert` the alert it is made from.
    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> call(HttpRequest<?> request, Viewer viewer, @Body Map<String, Object> form) {
        String alert = Objects.toString(form.get("alert"), "");
        return switch (start.begin(
                viewer, texts(form.get("party")), form.containsKey("group"), alert.isEmpty() ? null : id(alert))) {
            case PhoneCallStart.Begun.Started(UUID callId) -> HttpResponse.seeOther(URI.create("/calls/" + callId));
            case PhoneCallStart.Begun.Engaged(UUID callId) -> HttpResponse.seeOther(URI.create("/calls/" + callId));
            case PhoneCallStart.Begun.Refused(String why) -> {
                Frame frame = frames.of(request, viewer, Section.CONTACTS);
                yield pages.page(
                        HttpStatus.CONFLICT,
                        "contact/refused.jte",
                        new Refused(frame, frame.words().text("contact.call.refused." + why)));
            }
        };
    }

    private static List<String> texts(@Nullable Object values) {
        return switch (values) {
            case null -> List.of();
            case Collection<?> several -> several.stream().map(String::valueOf).toList();
            default -> List.of(values.toString());
        };
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("alert", text);
        }
    }

    @Get("/{callId}")
    HttpResponse<String> show(HttpRequest<?> request, Viewer viewer, UUID callId) {
        Frame frame = frames.of(request, viewer, Section.CONTACTS);
        PhoneCall call = transactions.run(connection -> {
            PhoneCall found = calls.get(connection, viewer, callId);
            note(connection, viewer, found);
            return found;
        });
        return pages.page("contact/call.jte", CallPage.of(frame, call));
    }

    /// How it stands now. What is shown is noted; when nothing is new nothing is shown.
    ///
    /// @param seen what the page has; when nothing is new there is nothing to tell
    @Get("/{callId}/state")
    HttpResponse<String> state(
            HttpRequest<?> request, Viewer viewer, UUID callId, @QueryValue(defaultValue = "") String seen) {
        Frame frame = frames.of(request, viewer, Section.CONTACTS);
        CallPage.State state = transactions.run(connection -> {
            PhoneCall call = calls.get(connection, viewer, callId);
            CallPage.State now = CallPage.of(frame, call).state();
            if (!now.seen().equals(seen)) {
                note(connection, viewer, call);
            }
            return now;
        });
        return state.seen().equals(seen) ? HttpResponse.noContent() : pages.page("contact/call-state.jte", state);
    }

    private static void note(Connection connection, Viewer viewer, PhoneCall call) {
        AuditLog.write(
                connection,
                viewer.actor(),
                "phone-call-read",
                call.legs().stream()
                        .flatMap(leg -> Optional.ofNullable(leg.party().residentNo()).stream())
                        .toList());
    }

    @Post("/{callId}/end")
    @Consumes(MediaType.ALL)
    HttpResponse<?> end(Viewer viewer, UUID callId) {
        calls.cancel(viewer, callId);
        return HttpResponse.seeOther(URI.create("/calls/" + callId));
    }
}
