package kr.dolbom.caseworker.console.people;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.Offices;
import org.jspecify.annotations.Nullable;

/// What all tabs of people and settings share: whose things a viewer may see, and what stands above the page. Safe for
/// use by many threads.
@Singleton
final class PeopleDesk {
    private static final Set<String> CHANGERS = Set.of(Role.SUPERVISOR, Role.OPERATOR);
    private static final Pattern DONE = Pattern.compile("[a-z-]{2,30}");
    private static final List<Head.Tab> TABS = List.of(
            new Head.Tab("residents", "/people"),
            new Head.Tab("guardians", "/people/guardians"),
            new Head.Tab("caseworkers", "/people/caseworkers"),
            new Head.Tab("offices", "/people/offices"),
            new Head.Tab("policies", "/people/policies"),
            new Head.Tab("thresholds", "/people/thresholds"));
    private static final Head.Tab IMPORT = new Head.Tab("import", "/people/import");

    private final Transactions transactions;
    private final Frames frames;
    private final Pages pages;
    private final Clock clock;

    PeopleDesk(Transactions transactions, Frames frames, Pages pages, Clock clock) {
        this.transactions = transactions;
        this.frames = frames;
        this.pages = pages;
        this.clock = clock;
    }

    /// Work that is committed whole or not at all.
    <T> T run(Function<Connection, T> work) {
        return transactions.run(work);
    }

    Instant now() {
        return clock.instant();
    }

    Clock clock() {
        return clock;
    }

    int thisYear() {
        return now().atZone(clock.getZone()).getYear();
    }

    static boolean mayChange(Viewer viewer) {
        return CHANGERS.contains(viewer.account().role());
    }

    /// The offices that a viewer may see, without the canary home's.
    static List<Offices.Known> offices(Connection connection, Viewer viewer) {
        Integer own = viewer.officeNo();
        return Offices.list(connection).stream()
                .filter(office -> own == null ? !office.canary() : own == office.number())
                .toList();
    }

    /// An office of the viewer's; another one is none.
    ///
    /// @param officeId null or empty: the first
    static Offices.Known office(Connection connection, Viewer viewer, @Nullable String officeId) {
        List<Offices.Known> offices = offices(connection, viewer);
        if (officeId == null || officeId.isEmpty()) {
            return offices.stream().findFirst().orElseThrow(() -> Problem.notFound("office", "yet"));
        }
        return offices.stream()
                .filter(office -> office.officeId().toString().equals(officeId))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("office", officeId));
    }

    /// The same where an operator may also look at all offices at once.
    ///
    /// @return null: all
    static Offices.@Nullable Known findOffice(Connection connection, Viewer viewer, @Nullable String officeId) {
        boolean all = viewer.officeNo() == null && (officeId == null || officeId.isEmpty());
        return all ? null : office(connection, viewer, officeId);
    }

    /// What stands above a page.
    ///
    /// @param office the one that is shown; null: all
    Head head(
            Connection connection, HttpRequest<?> request, Viewer viewer, String tab, Offices.@Nullable Known office) {
        boolean mayChange = mayChange(viewer);
        String done = request.getParameters().get("done");
        return new Head(
                frames.of(connection, viewer, PreferredWords.of(request), Section.PEOPLE),
                tab,
                mayChange ? Stream.concat(TABS.stream(), Stream.of(IMPORT)).toList() : TABS,
                mayChange,
                viewer.officeNo() == null,
                offices(connection, viewer).stream()
                        .map(known -> new Head.Office(
                                known.officeId().toString(), known.entry().shortName()))
                        .toList(),
                office == null ? "" : office.officeId().toString(),
                done != null
                                && DONE.matcher(done).matches()
                                && PreferredWords.of(request).has("people.done." + done)
                        ? done
                        : "");
    }

    /// A page.
    HttpResponse<String> page(String template, Object model) {
        return pages.page("people/" + template, model);
    }

    /// A form that comes back with what is to be mended.
    HttpResponse<String> refused(String template, Object model) {
        return answer(HttpStatus.BAD_REQUEST, template, model);
    }

    /// A page with another status.
    HttpResponse<String> answer(HttpStatus status, String template, Object model) {
        return pages.page(status, "people/" + template, model);
    }

    /// Leads to a page after something was done.
    static HttpResponse<String> done(String path, String what) {
        return HttpResponse.seeOther(URI.create(path + (path.contains("?") ? "&" : "?") + "done=" + what));
    }
}
