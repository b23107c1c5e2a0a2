package kr.dolbom.caseworker.console.resident;

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
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.console.people.Form;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.intake.Reading;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.setting.ModeBook;
import kr.dolbom.caseworker.setting.ResidentModes;
import kr.dolbom.caseworker.words.Words;

/// The page of one resident and what its forms do.
@Controller("/residents/{residentId}")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ResidentController {
    private static final Set<String> NOTICES =
            Set.of("note-added", "mode-set", "mode-ended", "consent-changed", "rules-changed", "spoken");
    private static final Map<String, String> MODES = Map.of("away", "away", "hospital", "hospital");

    private final ResidentFiles files;
    private final ResidentTelling telling;
    private final ResidentDesk desk;
    private final ModeBook modes;
    private final Frames frames;
    private final Pages pages;
    private final Transactions transactions;
    private final Clock clock;

    ResidentController(
            ResidentFiles files,
            ResidentTelling telling,
            ResidentDesk desk,
            ModeBook modes,
            Frames frames,
            Pages pages,
            Transactions transactions,
            Clock clock) {
        this.files = files;
        this.telling = telling;
        this.desk = desk;
        this.modes = modes;
        this.frames = frames;
        this.pages = pages;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Get
    HttpResponse<String> show(
            HttpRequest<?> request, Viewer viewer, UUID residentId, @QueryValue Optional<String> notice) {
        Words words = PreferredWords.of(request);
        return page(
                request,
                viewer,
                residentId,
                HttpStatus.OK,
                notice.filter(NOTICES::contains)
                        .map(done -> ResidentPage.Notice.done(done, words))
                        .orElse(ResidentPage.Notice.NONE));
    }

    private HttpResponse<String> page(
            HttpRequest<?> request, Viewer viewer, UUID residentId, HttpStatus status, ResidentPage.Notice notice) {
        Frame frame = frames.of(request, viewer, Section.PEOPLE);
        ResidentFile file = transactions.run(connection -> files.get(connection, residentId, viewer));
        return pages.page(status, "resident/resident.jte", telling.page(frame, file, viewer, notice));
    }

    /// What became of what the robot was to say: the page asks while a sentence is under way.
    ///
    /// @param seen what the page has; when nothing is new there is nothing to tell, and nothing to note
    @Get("/spoken")
    HttpResponse<String> spoken(
            HttpRequest<?> request, Viewer viewer, UUID residentId, @QueryValue(defaultValue = "") String seen) {
        Frame frame = frames.of(request, viewer, Section.PEOPLE);
        return transactions.run(connection -> {
            ResidentFile.Who who = files.getWho(connection, residentId, viewer);
            ResidentPage.Spoken page = ResidentTelling.spoken(frame, who, files.listSpoken(connection, who.number()));
            if (page.seen().equals(seen)) {
                return HttpResponse.noContent();
            }
            AuditLog.write(connection, viewer.actor(), "resident-read", who.number(), Map.of("parts", "spoken"));
            return pages.page("resident/spoken.jte", page);
        });
    }

    @Post("/notes")
    HttpResponse<?> note(HttpRequest<?> request, Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        Reading reading = Reading.of(form);
        // A browser counts the end of a line as one character and sends two.
        String text = form.getOrDefault("text", "").replace("\r\n", "\n").strip();
        if (text.isEmpty() || text.length() > ResidentDesk.LONGEST_NOTE) {
            reading.fault("text", "text", Integer.toString(ResidentDesk.LONGEST_NOTE));
            return refused(request, viewer, residentId, "notes", form, reading);
        }
        desk.note(residentId, text, viewer);
        return back(residentId, "note-added", "notes");
    }

    @Post("/mode")
    HttpResponse<?> mode(HttpRequest<?> request, Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        Reading reading = Reading.of(form);
        String mode = reading.word("mode", MODES, "", "choice");
        if (mode.isEmpty()) {
            reading.fault("mode", "choice", "");
        }
        OffsetDateTime until = until(reading);
        String reason = reading.reason("reason");
        if (!reading.faults().isEmpty()) {
            return refused(request, viewer, residentId, "mode", form, reading);
        }
        modes.set(residentId, new ResidentModes.NewMode(mode, until, reason), viewer);
        return back(residentId, "mode-set", "mode");
    }

    @Post("/mode/end")
    @Consumes(MediaType.ALL)
    HttpResponse<?> endMode(Viewer viewer, UUID residentId) {
        modes.end(residentId, viewer);
        return back(residentId, "mode-ended", "mode");
    }

    @Post("/consent")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    HttpResponse<?> agree(HttpRequest<?> request, Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        Reading reading = Reading.of(form);
        String guardian = form.getOrDefault("guardian", "");
        String note = reading.reason("note");
        if (!reading.faults().isEmpty()) {
            return refused(request, viewer, residentId, "consent", form, reading);
        }
        desk.agree(
                residentId,
                form.getOrDefault("consent", ""),
                guardian.isEmpty() ? null : id(guardian),
                form.getOrDefault("given", "").equals("true"),
                note,
                viewer);
        return back(residentId, "consent-changed", "consent");
    }

    @Post("/robot")
    HttpResponse<?> rule(HttpRequest<?> request, Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        Reading reading = Reading.of(form);
        ResidentDesk.Rules rules = ResidentDesk.Rules.of(reading);
        String reason = reading.reason("reason");
        if (!reading.faults().isEmpty()) {
            return refused(request, viewer, residentId, "robot", form, reading);
        }
        desk.rule(residentId, rules, reason, viewer);
        return back(residentId, "rules-changed", "robot");
    }

    @Post("/speak")
    @Secured({Role.CASEWORKER, Role.SUPERVISOR})
    HttpResponse<?> speak(HttpRequest<?> request, Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        Reading reading = Reading.of(form);
        String text = reading.text("text", ResidentDesk.LONGEST_SENTENCE);
        if (!reading.faults().isEmpty()) {
            return refused(request, viewer, residentId, "speak", form, reading);
        }
        ResidentDesk.Said said = desk.speak(residentId, text, viewer);
        if (said == ResidentDesk.Said.SPOKEN) {
            return back(residentId, said.word(), "speak");
        }
        String why = PreferredWords.of(request).text("resident.notice." + said.word());
        return page(
                request,
                viewer,
                residentId,
                HttpStatus.CONFLICT,
                ResidentPage.Notice.refused("speak", Form.of(form).with(why)));
    }

    private static HttpResponse<?> back(UUID residentId, String notice, String part) {
        return HttpResponse.seeOther(URI.create("/residents/" + residentId + "?notice=" + notice + "#" + part));
    }

    /// The page once more, with what was typed and what of it is to be mended.
    private HttpResponse<String> refused(
            HttpRequest<?> request,
            Viewer viewer,
            UUID residentId,
            String part,
            Map<String, String> form,
            Reading reading) {
        Form typed = Form.refused(request, form, reading);
        return page(
                request,
                viewer,
                residentId,
                HttpStatus.BAD_REQUEST,
                ResidentPage.Notice.refused(
                        part, typed.with(PreferredWords.of(request).text("people.refused"))));
    }

    private OffsetDateTime until(Reading form) {
        Instant now = clock.instant();
        Optional<OffsetDateTime> until = parse(form.raw("until"))
                .filter(moment ->
                        moment.toInstant().isAfter(now) && !moment.toInstant().isAfter(now.plus(ModeBook.LONGEST)));
        if (until.isEmpty()) {
            form.fault("until", "within-days", Long.toString(ModeBook.LONGEST.toDays()));
        }
        return until.orElse(OffsetDateTime.MIN);
    }

    private Optional<OffsetDateTime> parse(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text).atZone(clock.getZone()).toOffsetDateTime());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("guardian", text, "the id of a guardian");
        }
    }
}
