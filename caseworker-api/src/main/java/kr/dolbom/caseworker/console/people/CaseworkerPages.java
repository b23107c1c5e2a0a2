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
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.intake.Reading;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.ProblemException;
import kr.dolbom.caseworker.registry.Caseworkers;
import kr.dolbom.caseworker.registry.Offices;
import kr.dolbom.caseworker.roster.plan.LeaveApi;
import kr.dolbom.caseworker.roster.plan.TeamApi;
import kr.dolbom.caseworker.words.Phrasing;
import org.jspecify.annotations.Nullable;

/// The tab of caseworkers: their phones, language and duty, and when they are away. Accounts have a page of their own.
@Controller("/people/caseworkers")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class CaseworkerPages {
    private static final String TAB = "caseworkers";
    private static final Map<String, String> DUTIES = Map.of("caseworker", "caseworker", "supervisor", "supervisor");

    private final PeopleDesk desk;
    private final LeaveApi leaves;

    CaseworkerPages(PeopleDesk desk, LeaveApi leaves) {
        this.desk = desk;
        this.leaves = leaves;
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, Viewer viewer, @Nullable @QueryValue String office) {
        return desk.page("caseworkers.jte", desk.run(connection -> {
            Offices.Known shown = PeopleDesk.findOffice(connection, viewer, office);
            Head head = desk.head(connection, request, viewer, TAB, shown);
            List<Offices.Known> offices = shown == null ? PeopleDesk.offices(connection, viewer) : List.of(shown);
            Map<UUID, String> away = new HashMap<>();
            List<CaseworkersPage.Row> rows = new ArrayList<>();
            for (Offices.Known known : offices) {
                away.putAll(away(connection, head, known));
                Caseworkers.list(connection, known.number()).stream()
                        .sorted(Comparator.comparing((Caseworkers.Known one) -> one.leftAt() != null)
                                .thenComparing(one -> one.entry().duty(), Comparator.reverseOrder())
                                .thenComparingInt(Caseworkers.Known::number))
                        .map(one ->
                                row(head, one, away.getOrDefault(one.caseworkerId(), ""), shown == null ? known : null))
                        .forEach(rows::add);
            }
            return new CaseworkersPage(head, rows, shown == null ? List.of() : teams(connection, shown));
        }));
    }

    private List<CaseworkersPage.Team> teams(Connection connection, Offices.Known office) {
        Map<UUID, String> names = Caseworkers.list(connection, office.number()).stream()
                .collect(Collectors.toMap(
                        Caseworkers.Known::caseworkerId, one -> one.entry().name()));
        return TeamApi.list(connection, office.number()).stream()
                .map(team -> new CaseworkersPage.Team(
                        team.name(),
                        team.caseworkerIds().stream()
                                .map(id -> names.getOrDefault(id, ""))
                                .collect(Collectors.joining(", "))))
                .toList();
    }

    private Map<UUID, String> away(Connection connection, Head head, Offices.Known office) {
        return listLeaves(connection, office).stream()
                .collect(Collectors.toMap(
                        LeaveApi.Leave::caseworkerId, leave -> days(head, leave), (one, more) -> one + ", " + more));
    }

    private List<LeaveApi.Leave> listLeaves(Connection connection, Offices.Known office) {
        return LeaveApi.list(
                connection,
                office.number(),
                LocalDate.ofInstant(desk.now(), desk.clock().getZone()));
    }

    private static String days(Head head, LeaveApi.Leave leave) {
        Phrasing phrasing = head.frame().phrasing();
        return leave.fromDay().equals(leave.toDay())
                ? phrasing.date(leave.fromDay())
                : phrasing.date(leave.fromDay()) + " – " + phrasing.date(leave.toDay());
    }

    private static CaseworkersPage.Row row(
            Head head, Caseworkers.Known known, String leave, Offices.@Nullable Known office) {
        Caseworkers.Entry entry = known.entry();
        Instant leftAt = known.leftAt();
        return new CaseworkersPage.Row(
                known.caseworkerId().toString(),
                entry.name(),
                entry.phone(),
                Phrasing.phone(entry.phone()),
                head.text("duty." + entry.duty()),
                head.text("language." + entry.language()),
                Objects.requireNonNullElse(known.login(), ""),
                leave,
                office == null ? "" : office.entry().shortName(),
                leftAt == null
                        ? ""
                        : head.text("caseworkers.left", head.frame().phrasing().date(leftAt)));
    }

    @Get("/new")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    HttpResponse<String> blank(HttpRequest<?> request, Viewer viewer, @Nullable @QueryValue String office) {
        return desk.page(
                "caseworker.jte",
                desk.run(connection -> form(
                        connection,
                        request,
                        viewer,
                        PeopleDesk.office(connection, viewer, office),
                        null,
                        Form.of(Map.of("language", "ko", "duty", "caseworker")))));
    }

    @Post("/new")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> add(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Offices.Known office = PeopleDesk.office(connection, viewer, form.get("office"));
            Reading reading = Reading.of(form);
            Caseworkers.Entry entry = entry(reading);
            if (!reading.faults().isEmpty()) {
                Form again = Form.refused(request, form, reading);
                return desk.refused("caseworker.jte", form(connection, request, viewer, office, null, again));
            }
            Caseworkers.add(connection, office.number(), entry, viewer);
            return PeopleDesk.done("/people/caseworkers?office=" + office.officeId(), "caseworker-added");
        });
    }

    @Get("/{caseworkerId}")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    HttpResponse<String> look(HttpRequest<?> request, Viewer viewer, UUID caseworkerId) {
        return desk.page("caseworker.jte", desk.run(connection -> {
            Caseworkers.Known known = Caseworkers.get(connection, caseworkerId, viewer.officeNo());
            return form(connection, request, viewer, known, Form.of(values(known)));
        }));
    }

    @Post("/{caseworkerId}")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> change(
            HttpRequest<?> request, Viewer viewer, UUID caseworkerId, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Caseworkers.Known known = Caseworkers.get(connection, caseworkerId, viewer.officeNo());
            Reading reading = Reading.of(form);
            Caseworkers.Entry entry = entry(reading);
            if (!reading.faults().isEmpty()) {
                Form again = Form.refused(request, form, reading);
                return refused(connection, request, viewer, known, again);
            }
            Caseworkers.change(connection, known, entry, viewer);
            return PeopleDesk.done("/people/caseworkers?office=" + known.officeId(), "caseworker-changed");
        });
    }

    @Post("/{caseworkerId}/left")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.ALL)
    HttpResponse<String> leave(HttpRequest<?> request, Viewer viewer, UUID caseworkerId) {
        return desk.run(connection -> {
            Caseworkers.Known known = Caseworkers.get(connection, caseworkerId, viewer.officeNo());
            if (Objects.equals(known.number(), viewer.account().caseworkerNo())) {
                String why = PreferredWords.of(request).text("people.caseworkers.not-yourself");
                return refused(
                        connection,
                        request,
                        viewer,
                        known,
                        Form.of(values(known)).with(why));
            }
            Caseworkers.leave(connection, known, desk.now(), viewer);
            return PeopleDesk.done("/people/caseworkers?office=" + known.officeId(), "caseworker-left");
        });
    }

    @Post("/{caseworkerId}/leaves")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> addLeave(
            HttpRequest<?> request, Viewer viewer, UUID caseworkerId, @Body Map<String, String> form) {
        Caseworkers.Known known = desk.run(connection -> Caseworkers.get(connection, caseworkerId, viewer.officeNo()));
        try {
            leaves.add(
                    new LeaveApi.NewLeave(
                            caseworkerId,
                            LocalDate.parse(form.getOrDefault("from", "")),
                            LocalDate.parse(form.getOrDefault("to", ""))),
                    viewer);
        } catch (DateTimeParseException | ProblemException e) {
            Map<String, String> values = new HashMap<>(values(known));
            values.putAll(form);
            Form again =
                    new Form(values, Map.of("to", PreferredWords.of(request).text("people.expected.leave")), "");
            return desk.run(connection -> refused(connection, request, viewer, known, again));
        }
        return PeopleDesk.done("/people/caseworkers/" + caseworkerId, "leave-added");
    }

    @Post("/{caseworkerId}/leaves/{leaveId}/remove")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.ALL)
    HttpResponse<String> removeLeave(Viewer viewer, UUID caseworkerId, UUID leaveId) {
        desk.run(connection -> Caseworkers.get(connection, caseworkerId, viewer.officeNo()));
        leaves.remove(leaveId, viewer);
        return PeopleDesk.done("/people/caseworkers/" + caseworkerId, "leave-removed");
    }

    private HttpResponse<String> refused(
            Connection connection, HttpRequest<?> request, Viewer viewer, Caseworkers.Known known, Form again) {
        return desk.refused("caseworker.jte", form(connection, request, viewer, known, again));
    }

    private CaseworkerFormPage form(
            Connection connection, HttpRequest<?> request, Viewer viewer, Caseworkers.Known known, Form form) {
        Offices.Known office =
                PeopleDesk.office(connection, viewer, known.officeId().toString());
        return form(connection, request, viewer, office, known, form);
    }

    private CaseworkerFormPage form(
            Connection connection,
            HttpRequest<?> request,
            Viewer viewer,
            Offices.Known office,
            Caseworkers.@Nullable Known known,
            Form form) {
        Head head = desk.head(connection, request, viewer, TAB, office);
        List<CaseworkerFormPage.Leave> own = known == null
                ? List.of()
                : listLeaves(connection, office).stream()
                        .filter(leave -> leave.caseworkerId().equals(known.caseworkerId()))
                        .map(leave ->
                                new CaseworkerFormPage.Leave(leave.leaveId().toString(), days(head, leave)))
                        .toList();
        return new CaseworkerFormPage(
                head,
                form,
                known == null ? "" : known.caseworkerId().toString(),
                known != null && known.leftAt() != null,
                own);
    }

    private static Caseworkers.Entry entry(Reading form) {
        return new Caseworkers.Entry(
                form.text("name", 40),
                form.phone("phone"),
                form.language("language"),
                form.word("duty", DUTIES, "caseworker", "duty"));
    }

    private static Map<String, String> values(Caseworkers.Known known) {
        Caseworkers.Entry entry = known.entry();
        return Map.of(
                "name", entry.name(),
                "phone", Phrasing.phone(entry.phone()),
                "language", entry.language(),
                "duty", entry.duty());
    }
}
