package kr.dolbom.caseworker.console.resident;

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
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.setting.ModeBook;
import kr.dolbom.caseworker.setting.ResidentModes;

/// The page of one resident and what its forms do.
@Controller("/residents/{residentId}")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ResidentController {
    private static final Set<String> NOTICES = Set.of(
            "note-added",
            "mode-set",
            "mode-ended",
            "consent-changed",
            "rules-changed",
            "spoken",
            "robot-unreachable",
            "robot-quiet",
            "robot-often");
    private static final int LEAST_REASON = 3;
    private static final int LONGEST_REASON = 500;

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
        Frame frame = frames.of(request, viewer, Section.PEOPLE);
        ResidentFile file = transactions.run(connection -> files.get(connection, residentId, viewer));
        return pages.page(
                "resident/resident.jte",
                telling.page(
                        frame, file, viewer, notice.filter(NOTICES::contains).orElse("")));
    }

    /// What became of what the robot was to say: the page asks while a sentence is under way.
    @Get("/spoken")
    HttpResponse<String> spoken(HttpRequest<?> request, Viewer viewer, UUID residentId) {
        Frame frame = frames.of(request, viewer, Section.PEOPLE);
        return transactions.run(connection -> {
            ResidentFile.Who who = files.getWho(connection, residentId, viewer);
            AuditLog.write(connection, viewer.actor(), "resident-read", who.number(), Map.of("parts", "spoken"));
            return pages.page(
                    "resident/spoken.jte",
                    ResidentTelling.spoken(frame, who, files.listSpoken(connection, who.number())));
        });
    }

    @Post("/notes")
    HttpResponse<?> note(Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        desk.note(residentId, form.getOrDefault("text", ""), viewer);
        return back(residentId, "note-added", "notes");
    }

    @Post("/mode")
    HttpResponse<?> mode(Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        String mode = form.getOrDefault("mode", "");
        if (!mode.equals("away") && !mode.equals("hospital")) {
            throw Problem.invalid("mode", mode, "away or hospital");
        }
        String reason = form.getOrDefault("reason", "").strip();
        if (reason.length() < LEAST_REASON || reason.length() > LONGEST_REASON) {
            throw Problem.invalid("reason", reason.length() + " characters", "3 to 500 characters");
        }
        modes.set(residentId, new ResidentModes.NewMode(mode, until(form.getOrDefault("until", "")), reason), viewer);
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
    HttpResponse<?> agree(Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        String guardian = form.getOrDefault("guardian", "");
        desk.agree(
                residentId,
                form.getOrDefault("consent", ""),
                guardian.isEmpty() ? null : id(guardian),
                form.getOrDefault("given", "").equals("true"),
                form.getOrDefault("note", ""),
                viewer);
        return back(residentId, "consent-changed", "consent");
    }

    @Post("/robot")
    HttpResponse<?> rule(Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        var rules = new ResidentDesk.Rules(
                form.getOrDefault("spokenName", ""),
                form.getOrDefault("answerSeconds", ""),
                time("quietBegins", form),
                time("quietEnds", form));
        desk.rule(residentId, rules, form.getOrDefault("reason", ""), viewer);
        return back(residentId, "rules-changed", "robot");
    }

    @Post("/speak")
    @Secured({Role.CASEWORKER, Role.SUPERVISOR})
    HttpResponse<?> speak(Viewer viewer, UUID residentId, @Body Map<String, String> form) {
        return back(
                residentId,
                desk.speak(residentId, form.getOrDefault("text", ""), viewer).word(),
                "speak");
    }

    private static HttpResponse<?> back(UUID residentId, String notice, String part) {
        return HttpResponse.seeOther(URI.create("/residents/" + residentId + "?notice=" + notice + "#" + part));
    }

    private OffsetDateTime until(String text) {
        try {
            return LocalDateTime.parse(text).atZone(clock.getZone()).toOffsetDateTime();
        } catch (DateTimeParseException e) {
            throw Problem.invalid("until", text, "a day and a time of day");
        }
    }

    private static LocalTime time(String field, Map<String, String> form) {
        String text = form.getOrDefault(field, "");
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.invalid(field, text, "a time of day such as 22:00");
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
