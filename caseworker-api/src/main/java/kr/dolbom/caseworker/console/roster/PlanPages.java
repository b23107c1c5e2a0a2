package kr.dolbom.caseworker.console.roster;

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
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.console.people.Form;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.ProblemException;
import kr.dolbom.caseworker.roster.plan.Bend;
import kr.dolbom.caseworker.roster.plan.MadeRoster;
import kr.dolbom.caseworker.roster.plan.PatternDesk;
import kr.dolbom.caseworker.roster.plan.RosterDesk;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Filling a month: a draft is shown with what it cannot do, then saved as it was shown.
@Controller("/roster/plan")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PlanPages {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

    private static final Set<String> DONE = Set.of("pattern", "unpattern");

    private final RosterDesk desk;
    private final PatternDesk patterns;
    private final RosterReader reader;
    private final Frames frames;
    private final Pages pages;
    private final Clock clock;

    PlanPages(RosterDesk desk, PatternDesk patterns, RosterReader reader, Frames frames, Pages pages, Clock clock) {
        this.desk = desk;
        this.patterns = patterns;
        this.reader = reader;
        this.frames = frames;
        this.pages = pages;
        this.clock = clock;
    }

    @Get
    HttpResponse<String> show(
            HttpRequest<?> request,
            Viewer viewer,
            @QueryValue @Nullable UUID office,
            @QueryValue @Nullable YearMonth month,
            @QueryValue @Nullable String done) {
        return page(
                request,
                viewer,
                office,
                month,
                HttpStatus.OK,
                new Outcome("", done != null && DONE.contains(done) ? done : "", PatternForm.BLANK));
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> publish(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> body) {
        var form = new RosterForm(body);
        UUID office = form.uuid("office");
        YearMonth month = form.month();
        try {
            desk.publish(viewer, office, month, form.value("print"));
        } catch (ProblemException e) {
            return e.told(frames.of(request, viewer, Section.ROSTER).words())
                    .<HttpResponse<?>>map(
                            told -> page(request, viewer, office, month, HttpStatus.CONFLICT, Outcome.refused(told)))
                    .orElseThrow(() -> e);
        }
        return HttpResponse.seeOther(
                URI.create("/roster?office=" + office + "&view=month&day=" + month.atDay(1) + "&done=plan"));
    }

    @Post("/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> remove(Viewer viewer, @Body Map<String, String> body) {
        var form = new RosterForm(body);
        UUID office = form.uuid("office");
        YearMonth month = form.month();
        desk.remove(viewer, office, month);
        return HttpResponse.seeOther(
                URI.create("/roster?office=" + office + "&view=month&day=" + month.atDay(1) + "&done=unplan"));
    }

    /// Adds a shift pattern.
    @Post("/pattern")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> addPattern(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> body) {
        var form = new RosterForm(body);
        UUID office = form.uuid("office");
        YearMonth month = form.month();
        Words words = PreferredWords.of(request);
        Set<String> teams = body.getOrDefault("team", "").isEmpty()
                ? Set.of()
                : patterns.teams(viewer, office).keySet();
        PatternForm wanted = PatternForm.read(body, teams, words);
        String message = words.text("roster.pattern.refused");
        if (wanted.faults().isEmpty()) {
            try {
                patterns.add(viewer, wanted.pattern(office));
                return HttpResponse.seeOther(planned(office, month, "pattern"));
            } catch (ProblemException e) {
                message = e.told(words).orElseThrow(() -> e);
            }
        }
        HttpStatus status = wanted.faults().isEmpty() ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST;
        return page(request, viewer, office, month, status, new Outcome(message, "", wanted.again()));
    }

    /// Removes one; the shifts that were made from it stay.
    @Post("/pattern/{patternId}/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> removePattern(Viewer viewer, UUID patternId, @Body Map<String, String> body) {
        var form = new RosterForm(body);
        URI back = planned(form.uuid("office"), form.month(), "unpattern");
        patterns.remove(viewer, patternId);
        return HttpResponse.seeOther(back);
    }

    private static URI planned(UUID office, YearMonth month, String done) {
        return URI.create("/roster/plan?office=" + office + "&month=" + month + "&done=" + done);
    }

    /// What came of what was asked: why not, what, and the form of a pattern.
    private record Outcome(String message, String done, Form form) {
        static Outcome refused(String message) {
            return new Outcome(message, "", PatternForm.BLANK);
        }
    }

    private HttpResponse<String> page(
            HttpRequest<?> request,
            Viewer viewer,
            @Nullable UUID wishedOffice,
            @Nullable YearMonth wishedMonth,
            HttpStatus status,
            Outcome outcome) {
        Frame frame = frames.of(request, viewer, Section.ROSTER);
        UUID office = reader.officeOf(viewer, wishedOffice);
        YearMonth present = YearMonth.from(clock.instant().atZone(reader.zoneOf(viewer, office)));
        YearMonth month = wishedMonth == null || wishedMonth.isBefore(present) ? present : wishedMonth;
        RosterDesk.Draft draft = null;
        String told = outcome.message();
        try {
            draft = desk.draft(viewer, office, month);
        } catch (ProblemException e) {
            String why = e.told(frame.words()).orElseThrow(() -> e);
            told = told.isEmpty() ? why : told;
        }
        return pages.page(
                status,
                "roster/plan.jte",
                page(frame, viewer, office, month, months(frame, present, month), told, draft, outcome));
    }

    private static List<RosterPage.Choice> months(Frame frame, YearMonth present, YearMonth chosen) {
        return IntStream.rangeClosed(0, RosterDesk.MONTHS_AHEAD)
                .mapToObj(present::plusMonths)
                .map(month ->
                        new RosterPage.Choice(month.toString(), title(frame.words(), month), month.equals(chosen)))
                .toList();
    }

    private static String title(Words words, YearMonth month) {
        return DateTimeFormatter.ofPattern(words.text("roster.month"), words.locale())
                .format(month.atDay(1));
    }

    private PlanPage page(
            Frame frame,
            Viewer viewer,
            UUID office,
            YearMonth month,
            List<RosterPage.Choice> months,
            String message,
            RosterDesk.@Nullable Draft draft,
            Outcome outcome) {
        Words words = frame.words();
        MadeRoster roster = draft == null ? null : draft.roster();
        Map<String, String> teams = patterns.teams(viewer, office);
        return new PlanPage(
                frame,
                office.toString(),
                reader.nameOf(viewer, office),
                words.text("roster.plan.title", title(words, month)),
                month.toString(),
                months,
                "/roster?office=" + office + "&view=month&day=" + month.atDay(1),
                message,
                roster == null ? "" : summary(words, roster),
                roster == null
                        ? List.of()
                        : roster.unfilled().stream()
                                .map(open -> words == Words.KO ? open.whyKo() : open.whyEn())
                                .toList(),
                draft == null
                        ? List.of()
                        : draft.bends().stream().map(bend -> told(words, bend)).toList(),
                roster == null ? List.of() : people(roster),
                roster == null ? List.of() : days(frame, roster),
                roster == null || roster.shifts().isEmpty() ? "" : roster.print(),
                outcome.done().isEmpty() ? "" : words.text("roster.done." + outcome.done()),
                patterns.list(viewer, office).stream()
                        .map(pattern -> PatternForm.told(words, teams, pattern))
                        .toList(),
                PatternForm.weekdays(words),
                teams,
                outcome.form());
    }

    private static String summary(Words words, MadeRoster roster) {
        int made = roster.shifts().size();
        int open = made + roster.unfilled().size();
        return open == 0 ? words.text("roster.plan.full") : words.text("roster.plan.summary", open, made);
    }

    private static String told(Words words, Bend bend) {
        return words.text(
                "roster.bend." + bend.rule().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                bend.name(),
                figure(bend.even()),
                figure(bend.has()));
    }

    private static String figure(double number) {
        return String.format(Locale.ROOT, "%.1f", number).replace(".0", "");
    }

    private static List<PlanPage.Person> people(MadeRoster roster) {
        long most = Math.max(
                1,
                roster.people().stream()
                        .mapToLong(MadeRoster.PersonsMonth::hours)
                        .max()
                        .orElse(1));
        return roster.people().stream()
                .map(person -> new PlanPage.Person(
                        person.name(), person.shifts(), person.nights(), person.daysOff(), person.hours(), (int)
                                (100 * person.hours() / most)))
                .toList();
    }

    private static List<PlanPage.Day> days(Frame frame, MadeRoster roster) {
        Words words = frame.words();
        Map<LocalDate, List<MadeRoster.MadeShift>> days = roster.shifts().stream()
                .collect(Collectors.groupingBy(
                        shift -> shift.startsAt().toLocalDate(), LinkedHashMap::new, Collectors.toList()));
        return days.entrySet().stream()
                .map(day -> new PlanPage.Day(
                        frame.phrasing().date(day.getKey()),
                        day.getValue().stream()
                                .map(shift -> "%s–%s %s · %s · %s"
                                        .formatted(
                                                MINUTE.format(shift.startsAt()),
                                                MINUTE.format(shift.endsAt()),
                                                shift.pattern(),
                                                words.text(
                                                        shift.position() == 1
                                                                ? "roster.kind.primary"
                                                                : "roster.kind.backup"),
                                                shift.name()))
                                .toList()))
                .toList();
    }
}
