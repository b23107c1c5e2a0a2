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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.intake.Reading;
import kr.dolbom.caseworker.registry.Consents;
import kr.dolbom.caseworker.registry.Guardians;
import kr.dolbom.caseworker.registry.NamePart;
import kr.dolbom.caseworker.registry.Offices;
import kr.dolbom.caseworker.registry.Residents;
import kr.dolbom.caseworker.words.Phrasing;
import org.jspecify.annotations.Nullable;

/// The tab of guardians, and the page of one resident's. Only who consents is ever called.
@Controller("/people")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class GuardianPages {
    private static final String TAB = "guardians";
    private static final int ROWS = 50;

    private final PeopleDesk desk;

    GuardianPages(PeopleDesk desk) {
        this.desk = desk;
    }

    @Get("/guardians")
    HttpResponse<String> list(HttpRequest<?> request, Viewer viewer) {
        return list(request, viewer, Map.of());
    }

    @Post("/guardians")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> search(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        return list(request, viewer, form);
    }

    private HttpResponse<String> list(HttpRequest<?> request, Viewer viewer, Map<String, String> form) {
        return desk.page("guardians.jte", desk.run(connection -> {
            Offices.Known office = PeopleDesk.findOffice(connection, viewer, form.get("office"));
            Head head = desk.head(connection, request, viewer, TAB, office);
            Integer officeNo = office == null ? null : office.number();
            NamePart wanted = NamePart.of(Reading.of(form).raw("name"));
            List<Guardians.Known> found = Guardians.listOfOffice(connection, officeNo).stream()
                    .filter(guardian -> wanted.fits(guardian.entry().name(), guardian.residentName()))
                    .toList();
            int pages = Math.max(1, (found.size() + ROWS - 1) / ROWS);
            String number = form.getOrDefault("page", "1");
            int page = Math.clamp(number.matches("\\d{1,5}") ? Integer.parseInt(number) : 1, 1, pages);
            List<Guardians.Known> shown = found.subList((page - 1) * ROWS, Math.min(page * ROWS, found.size()));
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "guardians-read",
                    shown.stream().map(Guardians.Known::residentNo).toList());
            return new GuardiansPage(
                    head,
                    Form.of(form),
                    null,
                    Form.of(Map.of()),
                    shown.stream().map(guardian -> row(head, guardian)).toList(),
                    found.size(),
                    page,
                    pages);
        }));
    }

    @Get("/residents/{residentId}/guardians")
    HttpResponse<String> ofResident(HttpRequest<?> request, Viewer viewer, UUID residentId) {
        return desk.page(
                "guardians.jte",
                desk.run(connection ->
                        ofResident(connection, request, viewer, residentId, Form.of(Map.of("language", "ko")))));
    }

    private GuardiansPage ofResident(
            Connection connection, HttpRequest<?> request, Viewer viewer, UUID residentId, Form form) {
        Residents.Known resident = Residents.get(connection, residentId, viewer.officeNo());
        Offices.Known office =
                PeopleDesk.office(connection, viewer, resident.officeId().toString());
        Head head = desk.head(connection, request, viewer, TAB, office);
        AuditLog.write(connection, viewer.actor(), "guardians-read", resident.number());
        List<Guardians.Known> guardians = Guardians.list(connection, resident.number());
        return new GuardiansPage(
                head,
                Form.of(Map.of()),
                ResidentPages.row(head, resident),
                form,
                guardians.stream().map(guardian -> row(head, guardian)).toList(),
                guardians.size(),
                1,
                1);
    }

    @Post("/residents/{residentId}/guardians")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> add(HttpRequest<?> request, Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Residents.Known resident = Residents.get(connection, residentId, viewer.officeNo());
            Reading reading = Reading.of(form);
            Guardians.Entry entry = entry(reading);
            boolean consents = Boolean.TRUE.equals(reading.findYes("consent"));
            if (!reading.faults().isEmpty()) {
                return refused(connection, request, viewer, residentId, form, reading);
            }
            Guardians.add(connection, resident.number(), entry, consents ? desk.now() : null, viewer);
            return PeopleDesk.done(path(residentId), "guardian-added");
        });
    }

    @Get("/residents/{residentId}/guardians/{guardianId}")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    HttpResponse<String> look(HttpRequest<?> request, Viewer viewer, UUID residentId, UUID guardianId) {
        return desk.page("guardian.jte", desk.run(connection -> {
            Guardians.Known guardian = find(connection, viewer, residentId, guardianId);
            AuditLog.write(connection, viewer.actor(), "guardians-read", guardian.residentNo());
            Guardians.Entry entry = guardian.entry();
            return formPage(
                    connection,
                    request,
                    viewer,
                    guardian,
                    Form.of(Map.of(
                            "name", entry.name(),
                            "relation", entry.relation(),
                            "phone", Phrasing.phone(entry.phone()),
                            "language", entry.language())));
        }));
    }

    @Post("/residents/{residentId}/guardians/{guardianId}")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> change(
            HttpRequest<?> request, Viewer viewer, UUID residentId, UUID guardianId, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Guardians.Known guardian = find(connection, viewer, residentId, guardianId);
            Reading reading = Reading.of(form);
            Guardians.Entry entry = entry(reading);
            if (!reading.faults().isEmpty()) {
                Form again = Form.refused(request, form, reading);
                return desk.refused("guardian.jte", formPage(connection, request, viewer, guardian, again));
            }
            Guardians.change(connection, guardian, entry, viewer);
            return PeopleDesk.done(path(residentId), "guardian-changed");
        });
    }

    @Post("/residents/{residentId}/guardians/{guardianId}/consent")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.ALL)
    HttpResponse<String> consent(Viewer viewer, UUID residentId, UUID guardianId) {
        return desk.run(connection -> {
            Guardians.Known guardian = find(connection, viewer, residentId, guardianId);
            Consents.guardian(connection, guardian.residentNo(), guardianId, true, null, viewer, desk.now());
            return PeopleDesk.done(path(residentId), "guardian-consented");
        });
    }

    @Post("/residents/{residentId}/guardians/{guardianId}/withdraw")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.ALL)
    HttpResponse<String> withdraw(Viewer viewer, UUID residentId, UUID guardianId) {
        return desk.run(connection -> {
            Guardians.Known guardian = find(connection, viewer, residentId, guardianId);
            Consents.guardian(connection, guardian.residentNo(), guardianId, false, null, viewer, desk.now());
            return PeopleDesk.done(path(residentId), "guardian-withdrew");
        });
    }

    private static Guardians.Known find(Connection connection, Viewer viewer, UUID residentId, UUID guardianId) {
        Residents.Known resident = Residents.get(connection, residentId, viewer.officeNo());
        return Guardians.get(connection, guardianId, resident.number());
    }

    private static String path(UUID residentId) {
        return "/people/residents/" + residentId + "/guardians";
    }

    private static Guardians.Entry entry(Reading form) {
        return new Guardians.Entry(
                form.text("name", 40), form.text("relation", 20), form.phone("phone"), form.language("language"));
    }

    private HttpResponse<String> refused(
            Connection connection,
            HttpRequest<?> request,
            Viewer viewer,
            UUID residentId,
            Map<String, String> form,
            Reading reading) {
        Form again = Form.refused(request, form, reading);
        return desk.refused("guardians.jte", ofResident(connection, request, viewer, residentId, again));
    }

    private GuardianFormPage formPage(
            Connection connection, HttpRequest<?> request, Viewer viewer, Guardians.Known guardian, Form form) {
        Residents.Known resident = Residents.get(connection, guardian.residentId(), viewer.officeNo());
        Offices.Known office =
                PeopleDesk.office(connection, viewer, resident.officeId().toString());
        return new GuardianFormPage(
                desk.head(connection, request, viewer, TAB, office),
                form,
                guardian.residentId().toString(),
                guardian.guardianId().toString());
    }

    private static GuardiansPage.Row row(Head head, Guardians.Known guardian) {
        Guardians.Entry entry = guardian.entry();
        return new GuardiansPage.Row(
                guardian.guardianId().toString(),
                guardian.residentId().toString(),
                guardian.residentName(),
                entry.name(),
                entry.relation(),
                entry.phone(),
                Phrasing.phone(entry.phone()),
                head.text("language." + entry.language()),
                consent(head, guardian.consentedAt(), guardian.withdrawnAt()),
                guardian.mayBeCalled());
    }

    private static String consent(Head head, @Nullable Instant consented, @Nullable Instant withdrawn) {
        if (consented == null) {
            return head.text("consent.never");
        }
        Phrasing phrasing = head.frame().phrasing();
        return withdrawn == null
                ? head.text("consent.since", phrasing.date(consented))
                : head.text("consent.withdrawn", phrasing.date(withdrawn));
    }
}
