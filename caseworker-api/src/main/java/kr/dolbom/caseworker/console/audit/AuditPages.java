package kr.dolbom.caseworker.console.audit;

import io.micronaut.http.HttpHeaders;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Csv;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.ResidentNames.Named;
import kr.dolbom.caseworker.trail.AuditRecord;
import kr.dolbom.caseworker.trail.AuditTrail;
import kr.dolbom.caseworker.trail.Downloads;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// The audit log: looked through by form, so that nothing that is looked for stands in an address. Auditors see
/// residents by their public id alone. To read it is noted as well.
@Controller("/audit")
@Hidden
@Secured({Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditPages {
    private static final int PAGE = 50;
    private static final int MOST_COUNTED = 500;
    private static final int MOST_DOWNLOADED = 100_000;
    private static final String ACTION = "audit.action.";
    private static final String DETAIL = "audit.detail.";
    private static final MediaType CSV = MediaType.of("text/csv;charset=utf-8");

    private final Transactions transactions;
    private final Pages pages;
    private final Frames frames;
    private final Clock clock;

    AuditPages(Transactions transactions, Pages pages, Frames frames, Clock clock) {
        this.transactions = transactions;
        this.pages = pages;
        this.frames = frames;
        this.clock = clock;
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request, Viewer viewer) {
        return log(request, viewer, Map.of());
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> search(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        return log(request, viewer, form);
    }

    private HttpResponse<String> log(HttpRequest<?> request, Viewer viewer, Map<String, String> form) {
        Frame frame = frames.of(request, viewer, Section.AUDIT);
        AuditSearch search = AuditSearch.of(form, clock.getZone());
        return pages.page(
                "audit/log.jte", transactions.run(connection -> page(connection, viewer, frame, search, form, "")));
    }

    /// An event, or several counted together, before the resident's name is known.
    private record Found(
            Instant at,
            String actor,
            String action,
            @Nullable UUID resident,
            String address,
            String detail) {}

    /// What is looked for, once it is known whom a name means.
    ///
    /// @param searched what was typed of a name; empty for nothing
    /// @param candidates whom it can mean
    /// @param missing what has to be said before it can be answered, as a key of words; empty for nothing
    private record Wanted(AuditSearch search, String searched, List<Named> candidates, String missing) {
        static Wanted of(Connection connection, Viewer viewer, AuditSearch asked, Map<String, String> form) {
            String searched = ShownResidents.mayBeNamed(viewer)
                    ? form.getOrDefault("name", "").strip()
                    : "";
            List<Named> candidates = ShownResidents.candidates(connection, viewer, searched);
            // The only one whom a name can mean is meant.
            AuditSearch search = asked.filter().residentId() == null && candidates.size() == 1
                    ? asked.about(candidates.getFirst().residentId())
                    : asked;
            return new Wanted(search, searched, candidates, search.missing(searched, candidates.isEmpty()));
        }
    }

    /// @param refusal why what was asked for was not done; empty for nothing
    private AuditPage page(
            Connection connection,
            Viewer viewer,
            Frame frame,
            AuditSearch asked,
            Map<String, String> form,
            String refusal) {
        Integer officeNo = viewer.officeNo();
        Wanted whom = Wanted.of(connection, viewer, asked, form);
        AuditSearch search = whom.search();
        String missing = whom.missing();
        List<Named> candidates = whom.candidates();
        List<Found> found = new ArrayList<>();
        String older = "";
        if (missing.isEmpty() && search.view().equals("log")) {
            List<AuditRecord> events =
                    AuditTrail.list(connection, officeNo, search.filter(), search.before(), PAGE + 1);
            events.stream().limit(PAGE).forEach(event -> found.add(found(frame.words(), event)));
            older = events.size() > PAGE ? Long.toString(events.get(PAGE - 1).number()) : "";
        } else if (missing.isEmpty()) {
            looks(connection, officeNo, search)
                    .forEach(looks -> found.add(new Found(
                            looks.last(),
                            Objects.toString(looks.account(), ""),
                            frame.words().text("audit.times", looks.count()),
                            looks.residentId(),
                            "",
                            "")));
        }
        UUID wanted = search.filter().residentId();
        ShownResidents residents = ShownResidents.of(
                connection,
                viewer,
                Stream.of(
                                found.stream().map(Found::resident),
                                candidates.stream().map(Named::residentId),
                                Stream.of(wanted))
                        .flatMap(ids -> ids));
        if (wanted != null && !residents.has(wanted)) {
            throw Problem.notFound("resident", wanted);
        }
        AuditLog.write(
                connection, viewer.actor(), "audit-read", null, search.filter().detail());
        Map<String, String> fields = new HashMap<>(form);
        fields.put("resident", Objects.toString(wanted, ""));
        return new AuditPage(
                frame,
                ShownResidents.mayBeNamed(viewer),
                fields,
                AuditTrail.listAccounts(connection, officeNo),
                actions(frame.words()),
                candidates.stream()
                        .map(resident ->
                                new AuditPage.Choice(resident.residentId().toString(), resident.name()))
                        .toList(),
                whom.searched(),
                residents.who(wanted),
                missing,
                refusal,
                found.stream()
                        .map(one -> new AuditPage.Row(
                                frame.phrasing().when(one.at()).exact(),
                                one.actor(),
                                one.action(),
                                residents.who(one.resident()),
                                Objects.toString(one.resident(), ""),
                                one.address(),
                                one.detail()))
                        .toList(),
                older);
    }

    private static List<AuditTrail.Looks> looks(Connection connection, @Nullable Integer officeNo, AuditSearch search) {
        return search.view().equals("residents")
                ? AuditTrail.listLookedAt(connection, officeNo, search.filter(), MOST_COUNTED)
                : AuditTrail.listLookers(connection, officeNo, search.filter(), MOST_COUNTED);
    }

    private static Found found(Words words, AuditRecord event) {
        String key = ACTION + event.action();
        return new Found(
                event.at(),
                event.account(),
                words.has(key) ? words.text(key) : event.action(),
                event.residentId(),
                event.address(),
                detail(event, name -> words.has(DETAIL + name) ? words.text(DETAIL + name) : name));
    }

    private static String detail(AuditRecord event, Function<String, String> named) {
        return new TreeMap<>(event.detail())
                .entrySet().stream()
                        .map(one -> named.apply(one.getKey()) + ": " + one.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static List<AuditPage.Choice> actions(Words words) {
        Map<String, String> actions = new TreeMap<>();
        words.keys().stream()
                .filter(key -> key.startsWith(ACTION))
                .forEach(key -> actions.put(words.text(key), key.substring(ACTION.length())));
        return actions.entrySet().stream()
                .map(one -> new AuditPage.Choice(one.getValue(), one.getKey()))
                .toList();
    }

    /// What was found as a file, for a reason. What is not a whole answer to what was asked is
    /// none: the page comes back and says what to do.
    @Post("/download")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces({MediaType.TEXT_HTML, "text/csv"})
    HttpResponse<?> download(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        String reason = Downloads.reason(form.get("reason"));
        Frame frame = frames.of(request, viewer, Section.AUDIT);
        AuditSearch asked = AuditSearch.of(form, clock.getZone());
        return transactions.run(connection -> {
            Wanted wanted = Wanted.of(connection, viewer, asked, form);
            List<AuditRecord> events = wanted.missing().isEmpty()
                    ? AuditTrail.list(
                            connection,
                            viewer.officeNo(),
                            wanted.search().filter(),
                            wanted.search().before(),
                            MOST_DOWNLOADED + 1)
                    : List.of();
            if (!wanted.missing().isEmpty() || events.size() > MOST_DOWNLOADED) {
                String why = wanted.missing().isEmpty()
                        ? frame.words().text("audit.too-many", "%,d".formatted(MOST_DOWNLOADED))
                        : frame.words().text(wanted.missing());
                return pages.page(
                        HttpStatus.BAD_REQUEST, "audit/log.jte", page(connection, viewer, frame, asked, form, why));
            }
            Map<String, String> detail = new HashMap<>(wanted.search().filter().detail());
            detail.put("entries", Integer.toString(events.size()));
            Downloads.note(connection, viewer.actor(), "audit-downloaded", reason, detail);
            ShownResidents residents =
                    ShownResidents.of(connection, viewer, events.stream().map(AuditRecord::residentId));
            Stream<List<String>> head =
                    Stream.of(Stream.of("at", "account", "action", "resident", "name", "address", "detail")
                            .map(column -> frame.words().text("audit.column." + column))
                            .toList());
            return HttpResponse.ok(Csv.of(Stream.concat(head, events.stream().map(event -> line(event, residents)))))
                    .contentType(CSV)
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"dolbom-audit.csv\"");
        });
    }

    private static List<String> line(AuditRecord event, ShownResidents residents) {
        return List.of(
                event.at().toString(),
                event.account(),
                event.action(),
                Objects.toString(event.residentId(), ""),
                residents.name(event.residentId()),
                event.address(),
                detail(event, Function.identity()));
    }
}
