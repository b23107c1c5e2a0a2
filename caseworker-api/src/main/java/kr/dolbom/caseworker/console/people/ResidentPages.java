package kr.dolbom.caseworker.console.people;

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
import java.sql.Connection;
import java.text.CollationKey;
import java.text.Collator;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.intake.Reading;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.registry.Caseworkers;
import kr.dolbom.caseworker.registry.Consents;
import kr.dolbom.caseworker.registry.NamePart;
import kr.dolbom.caseworker.registry.Offices;
import kr.dolbom.caseworker.registry.ResidentNames;
import kr.dolbom.caseworker.registry.Residents;
import kr.dolbom.caseworker.words.Phrasing;
import org.jspecify.annotations.Nullable;

/// The tab of residents. What is looked for comes by POST: it is in no address and in no log.
@Controller("/people")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ResidentPages {
    private static final String TAB = "residents";
    private static final int ROWS = 50;
    private static final Map<String, String> REASONS =
            Map.of("moved-out", "moved-out", "deceased", "deceased", "other", "other");

    private final PeopleDesk desk;

    ResidentPages(PeopleDesk desk) {
        this.desk = desk;
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, Viewer viewer, @Nullable @QueryValue String office) {
        return list(request, viewer, office, Map.of());
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> search(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        return list(request, viewer, form.get("office"), form);
    }

    private HttpResponse<String> list(
            HttpRequest<?> request, Viewer viewer, @Nullable String officeId, Map<String, String> form) {
        return desk.page("residents.jte", desk.run(connection -> {
            Offices.Known office = PeopleDesk.findOffice(connection, viewer, officeId);
            Head head = desk.head(connection, request, viewer, TAB, office);
            List<Integer> offices = PeopleDesk.offices(connection, viewer).stream()
                    .map(Offices.Known::number)
                    .toList();
            Integer officeNo = office == null ? null : office.number();
            List<ResidentNames.Named> all = ResidentNames.list(connection, officeNo).stream()
                    .filter(resident -> offices.contains(resident.officeNo()))
                    .toList();
            Collator order = Collator.getInstance(Locale.KOREAN);
            record Ordered(CollationKey key, int number) {}
            List<Integer> found = all.stream()
                    .filter(isWanted(Reading.of(form)))
                    .map(named -> new Ordered(order.getCollationKey(named.name()), named.number()))
                    .sorted(Comparator.comparing(Ordered::key).thenComparingInt(Ordered::number))
                    .map(Ordered::number)
                    .toList();
            int pages = Math.max(1, (found.size() + ROWS - 1) / ROWS);
            int page = Math.clamp(pageOf(form), 1, pages);
            List<Residents.Known> shown =
                    Residents.list(connection, found.subList((page - 1) * ROWS, Math.min(page * ROWS, found.size())));
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "resident-listed",
                    shown.stream().map(Residents.Known::number).toList());
            return new ResidentsPage(
                    head,
                    Form.of(form),
                    caseworkers(connection, officeNo),
                    all.stream()
                            .map(ResidentNames.Named::neighbourhood)
                            .distinct()
                            .sorted(order)
                            .toList(),
                    shown.stream().map(known -> row(head, known)).toList(),
                    found.size(),
                    page,
                    pages);
        }));
    }

    private static int pageOf(Map<String, String> form) {
        String page = form.getOrDefault("page", "1");
        return page.matches("\\d{1,5}") ? Integer.parseInt(page) : 1;
    }

    private static Predicate<ResidentNames.Named> isWanted(Reading search) {
        NamePart name = NamePart.of(search.raw("name"));
        String neighbourhood = search.raw("neighbourhood");
        String caseworker = search.raw("caseworker");
        boolean left = !search.raw("left").isEmpty();
        return resident -> resident.hasLeft() == left
                && name.fits(resident.name())
                && (neighbourhood.isEmpty() || resident.neighbourhood().equals(neighbourhood))
                && (caseworker.isEmpty()
                        || (caseworker.equals("none")
                                ? resident.caseworkerId() == null
                                : caseworker.equals(Objects.toString(resident.caseworkerId()))));
    }

    /// A resident in words.
    static ResidentsPage.Row row(Head head, Residents.Known known) {
        Residents.Entry entry = known.entry();
        String phone = Objects.requireNonNullElse(entry.phone(), "");
        String because = known.leftBecause();
        return new ResidentsPage.Row(
                known.residentId().toString(),
                entry.name(),
                head.frame().phrasing().age(entry.birthYear()),
                entry.neighbourhood(),
                entry.address(),
                phone,
                Phrasing.phone(phone),
                Objects.requireNonNullElse(known.caseworkerName(), ""),
                head.officeId().isEmpty()
                        ? head.offices().stream()
                                .filter(office ->
                                        office.id().equals(known.officeId().toString()))
                                .map(Head.Office::name)
                                .findFirst()
                                .orElse("")
                        : "",
                because == null ? "" : head.text("left." + because));
    }

    /// Those who are there, by public id, in order of their names.
    static Map<String, String> caseworkers(Connection connection, @Nullable Integer officeNo) {
        Map<String, String> names = new LinkedHashMap<>();
        Caseworkers.list(connection, officeNo).stream()
                .filter(caseworker -> caseworker.leftAt() == null)
                .sorted(Comparator.comparing(
                        caseworker -> caseworker.entry().name(), Collator.getInstance(Locale.KOREAN)))
                .forEach(caseworker -> names.put(
                        caseworker.caseworkerId().toString(), caseworker.entry().name()));
        return names;
    }

    @Get("/residents/new")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    HttpResponse<String> blank(HttpRequest<?> request, Viewer viewer, @Nullable @QueryValue String office) {
        return desk.page(
                "resident.jte",
                desk.run(connection -> form(
                        connection,
                        request,
                        viewer,
                        PeopleDesk.office(connection, viewer, office),
                        null,
                        Form.of(Map.of("language", "ko")))));
    }

    @Post("/residents/new")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> add(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Offices.Known office = PeopleDesk.office(connection, viewer, form.get("office"));
            Reading reading = Reading.of(form);
            Residents.Entry entry = entry(connection, reading, office.number());
            boolean consent = Boolean.TRUE.equals(reading.findYes("transcript-consent"));
            if (!reading.faults().isEmpty()) {
                Form again = Form.refused(request, form, reading);
                return desk.refused("resident.jte", form(connection, request, viewer, office, null, again));
            }
            Residents.add(connection, office.number(), entry, consent, viewer);
            return PeopleDesk.done("/people", "resident-added");
        });
    }

    @Get("/residents/{residentId}")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    HttpResponse<String> look(HttpRequest<?> request, Viewer viewer, UUID residentId) {
        return desk.page("resident.jte", desk.run(connection -> {
            Residents.Known known = Residents.get(connection, residentId, viewer.officeNo());
            AuditLog.write(connection, viewer.actor(), "resident-read", known.number());
            return form(connection, request, viewer, known, Form.of(values(known)));
        }));
    }

    @Post("/residents/{residentId}")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> change(
            HttpRequest<?> request, Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Residents.Known known = Residents.get(connection, residentId, viewer.officeNo());
            Reading reading = Reading.of(form);
            Residents.Entry entry = entry(connection, reading, known.officeNo());
            boolean consent = Boolean.TRUE.equals(reading.findYes("transcript-consent"));
            if (!reading.faults().isEmpty()) {
                return refused(connection, request, viewer, known, Form.refused(request, form, reading));
            }
            Residents.change(connection, known, entry, viewer);
            if (consent != known.transcriptConsent()) {
                Consents.transcripts(connection, known.number(), consent, null, viewer, desk.now());
            }
            return PeopleDesk.done("/people", "resident-changed");
        });
    }

    @Post("/residents/{residentId}/left")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> leave(HttpRequest<?> request, Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Residents.Known known = Residents.get(connection, residentId, viewer.officeNo());
            Reading reading = Reading.of(form);
            String because = reading.word("because", REASONS, "", "choice");
            if (because.isEmpty()) {
                Map<String, String> values = values(known);
                Form again = new Form(values, Map.of("because", form(request, "expected.choice")), "");
                return refused(connection, request, viewer, known, again);
            }
            Residents.leave(connection, known, because, desk.now(), viewer);
            return PeopleDesk.done("/people", "resident-left");
        });
    }

    @Post("/residents/{residentId}/back")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.ALL)
    HttpResponse<String> comeBack(Viewer viewer, UUID residentId) {
        return desk.run(connection -> {
            Residents.comeBack(connection, Residents.get(connection, residentId, viewer.officeNo()), viewer);
            return PeopleDesk.done("/people", "resident-back");
        });
    }

    private static String form(HttpRequest<?> request, String key) {
        return PreferredWords.of(request).text("people." + key, "");
    }

    private HttpResponse<String> refused(
            Connection connection, HttpRequest<?> request, Viewer viewer, Residents.Known known, Form again) {
        return desk.refused("resident.jte", form(connection, request, viewer, known, again));
    }

    private ResidentFormPage form(
            Connection connection, HttpRequest<?> request, Viewer viewer, Residents.Known known, Form form) {
        Offices.Known office =
                PeopleDesk.office(connection, viewer, known.officeId().toString());
        return form(connection, request, viewer, office, known, form);
    }

    private ResidentFormPage form(
            Connection connection,
            HttpRequest<?> request,
            Viewer viewer,
            Offices.Known office,
            Residents.@Nullable Known known,
            Form form) {
        return new ResidentFormPage(
                desk.head(connection, request, viewer, TAB, office),
                form,
                known == null ? "" : known.residentId().toString(),
                caseworkers(connection, office.number()),
                known != null && known.leftAt() != null);
    }

    private Residents.Entry entry(Connection connection, Reading form, int officeNo) {
        UUID caseworkerId = form.findId("caseworker");
        Integer caseworkerNo = caseworkerId == null
                ? null
                : Caseworkers.find(connection, caseworkerId, officeNo)
                        .filter(caseworker -> caseworker.leftAt() == null)
                        .map(Caseworkers.Known::number)
                        .orElse(null);
        if (caseworkerId != null && caseworkerNo == null) {
            form.fault("caseworker", "caseworker", "");
        }
        return new Residents.Entry(
                caseworkerNo,
                form.text("name", 40),
                form.birthYear("birth-year", desk.thisYear()),
                form.text("neighbourhood", 40),
                form.text("address", 200),
                form.findPhone("phone"),
                form.language("language"));
    }

    private static Map<String, String> values(Residents.Known known) {
        Residents.Entry entry = known.entry();
        return Map.of(
                "name", entry.name(),
                "birth-year", Integer.toString(entry.birthYear()),
                "neighbourhood", entry.neighbourhood(),
                "address", entry.address(),
                "phone", entry.phone() == null ? "" : Phrasing.phone(entry.phone()),
                "language", entry.language(),
                "caseworker", Objects.toString(known.caseworkerId(), ""),
                "transcript-consent", known.transcriptConsent() ? "yes" : "");
    }
}
