package kr.dolbom.caseworker.console.people;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.intake.Intake;
import kr.dolbom.caseworker.intake.Kind;
import kr.dolbom.caseworker.intake.Plan;
import kr.dolbom.caseworker.intake.Reading;
import kr.dolbom.caseworker.page.Csv;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.problem.ProblemException;
import kr.dolbom.caseworker.registry.Offices;
import kr.dolbom.caseworker.words.Phrasing;
import org.jspecify.annotations.Nullable;

/// The tab of imports: bring a file, look at what would become of it, confirm it.
@Controller("/people/import")
@Hidden
@Secured({Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ImportPages {
    private static final String TAB = "import";
    private static final String PATH = "/people/import";
    private static final int SHOWN_BAD = 300;
    private static final int SHOWN_STEPS = 100;
    private static final int LONGEST_GIVEN = 60;

    private final PeopleDesk desk;
    private final Intake intake;

    ImportPages(PeopleDesk desk, Intake intake) {
        this.desk = desk;
        this.intake = intake;
    }

    @Get
    HttpResponse<String> look(HttpRequest<?> request, Viewer viewer, @Nullable @QueryValue String office) {
        return desk.page(
                "import.jte",
                desk.run(connection -> page(
                        connection,
                        request,
                        viewer,
                        PeopleDesk.office(connection, viewer, office),
                        Form.of(Map.of()))));
    }

    /// Titles alone: a row of example would be imported by whoever forgets to remove it.
    @Get("/templates/{kind}")
    @Produces("text/csv;charset=utf-8")
    HttpResponse<String> template(String kind) {
        Kind known = kind(kind);
        return HttpResponse.ok(Csv.of(List.of(
                        known.columns().stream().map(Kind.Column::korean).toList())))
                .header("Content-Disposition", "attachment; filename=\"dolbom-" + known.word() + ".csv\"");
    }

    @Post
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<String> bring(
            HttpRequest<?> request,
            Viewer viewer,
            @Part("kind") String kind,
            @Nullable @Part("office") String office,
            @Part("file") CompletedFileUpload file) {
        Offices.Known into = desk.run(connection -> PeopleDesk.office(connection, viewer, office));
        Kind known = kind(kind);
        refuseDevices(known, viewer);
        try {
            UUID importId = intake.bring(into, known, bytes(file), viewer);
            return HttpResponse.seeOther(URI.create(PATH + "/" + importId));
        } catch (ProblemException e) {
            String why = PreferredWords.of(request).text("people.import.no-text");
            return desk.run(connection -> desk.refused(
                    "import.jte",
                    page(
                            connection,
                            request,
                            viewer,
                            into,
                            Form.of(Map.of("kind", kind)).with(why))));
        }
    }

    private static byte[] bytes(CompletedFileUpload file) {
        try {
            return file.getBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Get("/{importId}")
    HttpResponse<String> preview(HttpRequest<?> request, Viewer viewer, UUID importId) {
        return desk.page("import-preview.jte", preview(request, viewer, importId, Form.of(Map.of())));
    }

    @Post("/{importId}/confirm")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> confirm(HttpRequest<?> request, Viewer viewer, UUID importId, @Body Map<String, String> form) {
        Reading reading = Reading.of(form);
        String reason = reading.reason("reason");
        if (!reading.faults().isEmpty()) {
            Form again = Form.refused(request, form, reading);
            return desk.refused("import-preview.jte", preview(request, viewer, importId, again));
        }
        refuseDevices(intake.look(importId, viewer).file().kind(), viewer);
        return switch (intake.confirm(importId, form.getOrDefault("hash", ""), reason, viewer)) {
            case DONE -> PeopleDesk.done(PATH + "/" + importId, "imported");
            case DONE_BEFORE -> PeopleDesk.done(PATH + "/" + importId, "imported-before");
            case CHANGED -> {
                Form again = Form.of(form).with(PreferredWords.of(request).text("people.import.changed"));
                yield desk.answer(HttpStatus.CONFLICT, "import-preview.jte", preview(request, viewer, importId, again));
            }
        };
    }

    @Post("/{importId}/discard")
    @Consumes(MediaType.ALL)
    HttpResponse<String> discard(Viewer viewer, UUID importId) {
        intake.discard(importId, viewer);
        return PeopleDesk.done(PATH, "discarded");
    }

    private static Kind kind(String word) {
        return Kind.find(word).orElseThrow(() -> Problem.notFound("kind of file", word));
    }

    /// A device has no office until it stands in a home: operators keep them, as by REST.
    private static void refuseDevices(Kind kind, Viewer viewer) {
        if (kind == Kind.DEVICES && viewer.officeNo() != null) {
            throw Problem.forbidden("Devices are imported by an operator.");
        }
    }

    private ImportPage page(
            Connection connection, HttpRequest<?> request, Viewer viewer, Offices.Known office, Form form) {
        Head head = desk.head(connection, request, viewer, TAB, office);
        List<ImportPage.Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.DEVICES || viewer.officeNo() == null)
                .map(kind -> new ImportPage.Kind(
                        kind.word(),
                        head.text("tab-kind." + kind.word()),
                        kind.columns().stream()
                                .map(column -> new ImportPage.Column(
                                        column.korean(),
                                        column.isRequired(),
                                        head.text("column." + kind.word() + "." + column.field())))
                                .toList()))
                .toList();
        List<ImportPage.Done> done = intake.listDone(connection, office).stream()
                .map(known -> {
                    Intake.Done what = Objects.requireNonNull(known.done());
                    return new ImportPage.Done(
                            head.frame().phrasing().dateTime(what.at()),
                            what.by(),
                            head.text("tab-kind." + known.kind().word()) + " · " + result(head, what),
                            what.reason());
                })
                .toList();
        return new ImportPage(head, form, kinds, done);
    }

    private static String result(Head head, Intake.Done done) {
        return head.text("import.result", done.added(), done.changed(), done.unchanged());
    }

    private ImportPreviewPage preview(HttpRequest<?> request, Viewer viewer, UUID importId, Form form) {
        Intake.Preview preview = intake.look(importId, viewer);
        Intake.Import file = preview.file();
        Head head = desk.run(connection -> desk.head(connection, request, viewer, TAB, file.office()));
        Plan plan = preview.plan();
        Intake.Done done = file.done();
        List<Plan.BadRow> bad = plan == null ? List.of() : plan.bad();
        List<Plan.Step> steps = plan == null
                ? List.of()
                : plan.steps().stream()
                        .filter(step -> step.action() != Plan.Action.SAME)
                        .toList();
        return new ImportPreviewPage(
                head,
                importId.toString(),
                head.text("tab-kind." + file.kind().word()),
                head.text(
                        "import.brought",
                        file.uploadedBy(),
                        head.frame().phrasing().dateTime(file.uploadedAt())),
                plan != null,
                done == null
                        ? plan == null ? head.text("import.gone") : ""
                        : head.text(
                                "import.done",
                                result(head, done),
                                done.by(),
                                head.frame().phrasing().dateTime(done.at()),
                                done.reason()),
                counts(plan),
                bad.stream()
                        .limit(SHOWN_BAD)
                        .map(row -> bad(head, file.kind(), row))
                        .toList(),
                Math.max(0, bad.size() - SHOWN_BAD),
                steps.stream().limit(SHOWN_STEPS).map(step -> step(head, step)).toList(),
                Math.max(0, steps.size() - SHOWN_STEPS),
                plan != null && plan.isGood(),
                plan == null ? "" : Intake.hash(plan),
                form);
    }

    private static ImportPreviewPage.Counts counts(@Nullable Plan plan) {
        if (plan == null) {
            return new ImportPreviewPage.Counts(0, 0, 0, 0, 0);
        }
        return new ImportPreviewPage.Counts(
                plan.rows(),
                plan.count(Plan.Action.ADD),
                plan.count(Plan.Action.CHANGE),
                plan.count(Plan.Action.SAME),
                (int) plan.bad().stream().map(Plan.BadRow::line).distinct().count());
    }

    private static ImportPreviewPage.Bad bad(Head head, Kind kind, Plan.BadRow row) {
        String field = row.fault().field();
        String title = kind.columns().stream()
                .filter(column -> column.field().equals(field))
                .map(Kind.Column::korean)
                .findFirst()
                .orElse("");
        String given = row.fault().given();
        return new ImportPreviewPage.Bad(
                row.line() == 0 ? "" : Integer.toString(row.line()),
                title,
                given.length() > LONGEST_GIVEN ? given.substring(0, LONGEST_GIVEN) + "…" : given,
                Form.sentence(row.fault(), head.words()));
    }

    private static ImportPreviewPage.Step step(Head head, Plan.Step step) {
        return new ImportPreviewPage.Step(
                step.line(),
                head.text(step.action() == Plan.Action.ADD ? "import.add" : "import.change"),
                step.action() == Plan.Action.ADD,
                step.who(),
                step.differences().stream()
                        .map(one -> head.text(
                                "import.difference",
                                head.text("field." + one.field()),
                                told(head, one.field(), one.before()),
                                told(head, one.field(), one.after())))
                        .toList());
    }

    private static String told(Head head, String field, String value) {
        if (value.isEmpty()) {
            return head.text("none");
        }
        return switch (field) {
            case "phone" -> Phrasing.phone(value);
            case "language" -> head.text("language." + value);
            case "duty" -> head.text("duty." + value);
            case "consent", "transcript-consent" -> head.text(value.equals("true") ? "yes" : "no");
            default -> value;
        };
    }
}
