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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.intake.Fault;
import kr.dolbom.caseworker.intake.Reading;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.registry.Offices;

/// The tab of offices: their names and numbers, which operators change.
@Controller("/people/offices")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OfficePages {
    private static final String TAB = "offices";
    private static final String PATH = "/people/offices";

    private final PeopleDesk desk;

    OfficePages(PeopleDesk desk) {
        this.desk = desk;
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, Viewer viewer) {
        return desk.page(
                "offices.jte", desk.run(connection -> page(connection, request, viewer, "", Form.of(Map.of()))));
    }

    @Post
    @Secured(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> add(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Reading reading = Reading.of(form);
            Offices.Entry entry = entry(reading);
            if (!reading.faults().isEmpty()) {
                return refused(connection, request, viewer, "", form, reading.faults());
            }
            Offices.add(connection, entry, viewer);
            return PeopleDesk.done(PATH, "office-added");
        });
    }

    @Post("/{officeId}")
    @Secured(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> change(
            HttpRequest<?> request, Viewer viewer, String officeId, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Offices.Known office = PeopleDesk.office(connection, viewer, officeId);
            Reading reading = Reading.of(form);
            Offices.Entry entry = entry(reading);
            if (!reading.faults().isEmpty()) {
                return refused(connection, request, viewer, officeId, form, reading.faults());
            }
            Offices.change(connection, office.officeId(), entry, viewer);
            return PeopleDesk.done(PATH, "office-changed");
        });
    }

    private static Offices.Entry entry(Reading form) {
        return new Offices.Entry(
                form.text("name-ko", 60),
                form.text("name-en", 80),
                form.text("short-name", 20),
                form.raw("alimtalk-wait").isEmpty() ? null : form.number("alimtalk-wait", 10, 600));
    }

    private HttpResponse<String> refused(
            Connection connection,
            HttpRequest<?> request,
            Viewer viewer,
            String officeId,
            Map<String, String> form,
            List<Fault> faults) {
        Form again = Form.refused(form, faults, PreferredWords.of(request));
        return desk.refused("offices.jte", page(connection, request, viewer, officeId, again));
    }

    /// @param officeId whose form comes back; empty: that of a new office
    private OfficesPage page(Connection connection, HttpRequest<?> request, Viewer viewer, String officeId, Form form) {
        Map<Integer, OfficesPage.Row> counts = new HashMap<>();
        Sql.on(connection, """
                        select o.office_no,
                               (select count(*) from resident r where r.office_no = o.office_no and r.left_at is null)::int as residents,
                               (select count(*) from caseworker c where c.office_no = o.office_no and c.left_at is null)::int as caseworkers,
                               (select count(*) from device d join resident r using (resident_no)
                                 where r.office_no = o.office_no and d.revoked_at is null)::int as devices
                          from office o where (:office::int is null or o.office_no = :office)""")
                .with("office", viewer.officeNo())
                .list(row -> counts.put(
                        row.number("office_no"),
                        new OfficesPage.Row(
                                "",
                                Form.of(Map.of()),
                                row.number("residents"),
                                row.number("caseworkers"),
                                row.number("devices"))));
        List<OfficesPage.Row> rows = PeopleDesk.offices(connection, viewer).stream()
                .map(office -> {
                    String id = office.officeId().toString();
                    OfficesPage.Row count = Objects.requireNonNull(counts.get(office.number()));
                    return new OfficesPage.Row(
                            id,
                            id.equals(officeId) ? form : Form.of(values(office.entry())),
                            count.residents(),
                            count.caseworkers(),
                            count.devices());
                })
                .toList();
        return new OfficesPage(
                desk.head(connection, request, viewer, TAB, null), rows, officeId.isEmpty() ? form : Form.of(Map.of()));
    }

    private static Map<String, String> values(Offices.Entry entry) {
        return Map.of(
                "name-ko", entry.nameKo(),
                "name-en", entry.nameEn(),
                "short-name", entry.shortName(),
                "alimtalk-wait", Objects.toString(entry.alimTalkWaitSeconds(), ""));
    }
}
