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
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.intake.Reading;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.ProblemException;
import kr.dolbom.caseworker.registry.Offices;
import kr.dolbom.caseworker.registry.ResidentNames;
import kr.dolbom.caseworker.setting.Advisories;
import kr.dolbom.caseworker.setting.RiskPreviews;
import kr.dolbom.caseworker.setting.RiskSettings;
import kr.dolbom.caseworker.setting.WeatherAdvisories;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// The tab of thresholds: what would another value have done, then set it with a reason, or return from it; quiet hours
/// and weather advisories.
@Controller("/people/thresholds")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ThresholdPages {
    private static final String TAB = "thresholds";
    private static final String QUIET = "quiet.";
    /// An engine begins within a second; one that has not by then is not there or far behind.
    private static final Duration LATE = Duration.ofSeconds(20);

    private final PeopleDesk desk;

    ThresholdPages(PeopleDesk desk) {
        this.desk = desk;
    }

    @Get
    HttpResponse<String> look(HttpRequest<?> request, Viewer viewer, @Nullable @QueryValue String office) {
        return desk.page(
                "thresholds.jte",
                desk.run(connection -> page(
                        connection,
                        request,
                        viewer,
                        PeopleDesk.office(connection, viewer, office),
                        Form.of(Map.of()))));
    }

    @Post("/{officeId}/previews")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> ask(HttpRequest<?> request, Viewer viewer, String officeId, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Offices.Known office = PeopleDesk.office(connection, viewer, officeId);
            Map<String, @Nullable String> proposed = new TreeMap<>();
            Reading reading = Reading.of(form);
            List<RiskSettings.Setting> settings =
                    RiskSettings.overview(connection, scope(office)).settings();
            for (RiskSettings.Setting setting : settings) {
                String value = SettingText.stored(reading.raw(setting.name()));
                if (!setting.name().startsWith(QUIET) && !value.isEmpty() && !value.equals(setting.value())) {
                    proposed.put(setting.name(), value);
                }
            }
            Words words = PreferredWords.of(request);
            if (proposed.isEmpty()) {
                return refused(
                        connection,
                        request,
                        viewer,
                        office,
                        Form.of(form).with(words.text("people.thresholds.nothing")));
            }
            try {
                var question = new RiskPreviews.Question(proposed, null, null);
                RiskPreviews.Preview preview =
                        RiskPreviews.ask(connection, scope(office), question, viewer, desk.now());
                return HttpResponse.seeOther(URI.create(path(office) + "/previews/" + preview.previewId()));
            } catch (ProblemException e) {
                return refused(connection, request, viewer, office, faulty(form, e, words, settings));
            }
        });
    }

    private static Form faulty(
            Map<String, String> form, ProblemException problem, Words words, List<RiskSettings.Setting> settings) {
        Set<String> wrong = problem.problem().errors().stream()
                .map(error -> error.field().replaceFirst("^settings\\.", ""))
                .collect(Collectors.toSet());
        Map<String, String> faults = settings.stream()
                .filter(setting -> wrong.contains(setting.name()))
                .collect(Collectors.toMap(
                        RiskSettings.Setting::name,
                        setting -> words.text(
                                "people.thresholds.bounds",
                                SettingText.told(words, setting.name(), setting.lowest()),
                                SettingText.told(words, setting.name(), setting.highest()))));
        Form again = new Form(form, faults, "");
        return faults.isEmpty() ? again.with(words.text("people.thresholds.busy")) : again;
    }

    @Get("/{officeId}/previews/{previewId}")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    HttpResponse<String> preview(HttpRequest<?> request, Viewer viewer, String officeId, UUID previewId) {
        return desk.page("preview.jte", desk.run(connection -> {
            Offices.Known office = PeopleDesk.office(connection, viewer, officeId);
            Head head = desk.head(connection, request, viewer, TAB, office);
            RiskPreviews.Preview preview = RiskPreviews.look(connection, scope(office), previewId, viewer);
            return new PreviewTelling(head, desk.now(), LATE).page(preview, Form.of(Map.of()));
        }));
    }

    @Post("/{officeId}/previews/{previewId}/apply")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> apply(
            HttpRequest<?> request, Viewer viewer, String officeId, UUID previewId, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Offices.Known office = PeopleDesk.office(connection, viewer, officeId);
            RiskPreviews.Preview preview = RiskPreviews.look(connection, scope(office), previewId, viewer);
            Reading reading = Reading.of(form);
            String reason = reading.reason("reason");
            if (!reading.faults().isEmpty()) {
                Head head = desk.head(connection, request, viewer, TAB, office);
                Form again = Form.refused(form, reading.faults(), head.words());
                return desk.refused("preview.jte", new PreviewTelling(head, desk.now(), LATE).page(preview, again));
            }
            preview.settings()
                    .forEach((name, value) -> RiskSettings.change(
                            connection, scope(office), name, new RiskSettings.Wish(value, reason, previewId), viewer));
            return done(office, "threshold-applied");
        });
    }

    @Post("/{officeId}/return")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> takeBack(
            HttpRequest<?> request, Viewer viewer, String officeId, @Body Map<String, String> form) {
        return desk.run(connection -> {
            Offices.Known office = PeopleDesk.office(connection, viewer, officeId);
            String before = form.getOrDefault("before", "");
            String reason = PreferredWords.of(request).text("people.thresholds.returned");
            RiskSettings.change(
                    connection,
                    scope(office),
                    form.getOrDefault("name", ""),
                    new RiskSettings.Wish(before.isEmpty() ? null : before, reason, null),
                    viewer);
            return done(office, "threshold-returned");
        });
    }

    @Post("/{officeId}/quiet")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> quiet(HttpRequest<?> request, Viewer viewer, String officeId, @Body Map<String, String> form) {
        Words words = PreferredWords.of(request);
        Reading reading = Reading.of(form);
        String reason = reading.reason("quiet-reason");
        try {
            return desk.run(connection -> {
                Offices.Known office = PeopleDesk.office(connection, viewer, officeId);
                if (!reading.faults().isEmpty()) {
                    Form again = Form.refused(form, reading.faults(), words);
                    return refused(connection, request, viewer, office, again);
                }
                for (RiskSettings.Setting setting :
                        RiskSettings.overview(connection, scope(office)).settings()) {
                    String value = SettingText.stored(reading.raw(setting.name()));
                    if (setting.name().startsWith(QUIET) && !value.isEmpty() && !value.equals(setting.value())) {
                        var wish = new RiskSettings.Wish(value, reason, null);
                        RiskSettings.change(connection, scope(office), setting.name(), wish, viewer);
                    }
                }
                return done(office, "quiet-changed");
            });
        } catch (ProblemException e) {
            if (e.problem().errors().isEmpty()) {
                throw e;
            }
            // The work before it was rolled back.
            return desk.run(connection -> refused(
                    connection,
                    request,
                    viewer,
                    PeopleDesk.office(connection, viewer, officeId),
                    Form.of(form).with(words.text("people.thresholds.quiet.refused"))));
        }
    }

    @Post("/{officeId}/advisories")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> enter(HttpRequest<?> request, Viewer viewer, String officeId, @Body Map<String, String> form) {
        try {
            return desk.run(connection -> {
                Offices.Known office = PeopleDesk.office(connection, viewer, officeId);
                Reading reading = Reading.of(form);
                String kind = reading.word(
                        "kind", Map.of("heat-wave", "heat-wave", "cold-wave", "cold-wave"), "heat-wave", "choice");
                String place = reading.raw("place");
                String source = reading.raw("source");
                Advisories.enter(
                        connection,
                        new WeatherAdvisories.NewAdvisory(
                                kind,
                                office.officeId(),
                                place.isEmpty() ? null : place,
                                moment(form, "starts"),
                                moment(form, "ends"),
                                source.isEmpty() ? null : source),
                        viewer,
                        desk.now());
                return done(office, "advisory-entered");
            });
        } catch (ProblemException | DateTimeParseException e) {
            String why = PreferredWords.of(request).text("people.advisory.refused");
            return desk.run(connection -> refused(
                    connection,
                    request,
                    viewer,
                    PeopleDesk.office(connection, viewer, officeId),
                    Form.of(form).with(why)));
        }
    }

    private OffsetDateTime moment(Map<String, String> form, String field) {
        return LocalDateTime.parse(form.getOrDefault(field, ""))
                .atZone(desk.clock().getZone())
                .toOffsetDateTime();
    }

    @Post("/{officeId}/advisories/{advisoryId}/end")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.ALL)
    HttpResponse<String> end(Viewer viewer, String officeId, UUID advisoryId) {
        return desk.run(connection -> {
            Offices.Known office = PeopleDesk.office(connection, viewer, officeId);
            Advisories.end(connection, advisoryId, office.number(), viewer, desk.now());
            return done(office, "advisory-ended");
        });
    }

    private static HttpResponse<String> done(Offices.Known office, String what) {
        return PeopleDesk.done("/people/thresholds?office=" + office.officeId(), what);
    }

    private static String path(Offices.Known office) {
        return "/people/thresholds/" + office.officeId();
    }

    private static RiskSettings.Scope scope(Offices.Known office) {
        return new RiskSettings.Scope(office.number(), null);
    }

    private HttpResponse<String> refused(
            Connection connection, HttpRequest<?> request, Viewer viewer, Offices.Known office, Form form) {
        return desk.refused("thresholds.jte", page(connection, request, viewer, office, form));
    }

    private ThresholdsPage page(
            Connection connection, HttpRequest<?> request, Viewer viewer, Offices.Known office, Form form) {
        Head head = desk.head(connection, request, viewer, TAB, office);
        RiskSettings.Overview overview = RiskSettings.overview(connection, scope(office));
        List<ThresholdsPage.Setting> settings = overview.settings().stream()
                .map(setting -> setting(head, setting))
                .toList();
        return new ThresholdsPage(
                head,
                form,
                settings.stream()
                        .filter(setting -> !setting.name().startsWith(QUIET))
                        .toList(),
                settings.stream()
                        .filter(setting -> setting.name().startsWith(QUIET))
                        .toList(),
                RiskPreviews.findOpen(connection, scope(office))
                        .map(UUID::toString)
                        .orElse(""),
                changes(head, overview.changes()),
                ResidentNames.neighbourhoods(connection, office.number()),
                Advisories.list(connection, office.number(), desk.now()).stream()
                        .map(advisory -> advisory(head, advisory))
                        .toList());
    }

    private static ThresholdsPage.Setting setting(Head head, RiskSettings.Setting setting) {
        String name = setting.name();
        return new ThresholdsPage.Setting(
                setting.name(),
                label(head, setting.name()),
                head.text("setting." + setting.name() + ".meaning"),
                told(head, name, setting.value()),
                head.text("thresholds.from." + setting.from()),
                head.text(
                        "thresholds.usual",
                        told(head, name, setting.usual()),
                        told(head, name, setting.lowest()),
                        told(head, name, setting.highest())));
    }

    /// A setting's name in words.
    static String label(Head head, String name) {
        return head.text("setting." + name);
    }

    private static List<ThresholdsPage.Change> changes(Head head, List<RiskSettings.Change> changes) {
        return IntStream.range(0, changes.size())
                .mapToObj(i -> {
                    RiskSettings.Change change = changes.get(i);
                    String before = changes.subList(i + 1, changes.size()).stream()
                            .filter(older -> older.name().equals(change.name()))
                            .findFirst()
                            .map(older -> Objects.requireNonNullElse(older.value(), ""))
                            .orElse("");
                    boolean isLatest = changes.subList(0, i).stream()
                            .noneMatch(newer -> newer.name().equals(change.name()));
                    return new ThresholdsPage.Change(
                            change.name(),
                            label(head, change.name()),
                            told(head, change.name(), change.value()),
                            before,
                            told(head, change.name(), before.isEmpty() ? null : before),
                            change.changedBy(),
                            change.reason(),
                            head.frame().phrasing().dateTime(change.changedAt().toInstant()),
                            Objects.toString(change.previewId(), ""),
                            isLatest);
                })
                .toList();
    }

    /// A value in words.
    static String told(Head head, String name, @Nullable String value) {
        return value == null ? head.text("thresholds.usual-value") : SettingText.told(head.words(), name, value);
    }

    private ThresholdsPage.Advisory advisory(Head head, WeatherAdvisories.Advisory advisory) {
        boolean isOver = !advisory.endsAt().toInstant().isAfter(desk.now());
        String state = advisory.inForce() ? "now" : isOver ? "over" : "coming";
        return new ThresholdsPage.Advisory(
                advisory.advisoryId().toString(),
                head.text("advisory." + advisory.kind()),
                Objects.requireNonNullElse(advisory.neighbourhood(), head.text("advisory.everywhere")),
                head.frame().phrasing().dateTime(advisory.startsAt().toInstant()) + " – "
                        + head.frame().phrasing().dateTime(advisory.endsAt().toInstant()),
                advisory.source(),
                head.text("advisory." + state),
                !isOver && advisory.endedBy() == null);
    }
}
