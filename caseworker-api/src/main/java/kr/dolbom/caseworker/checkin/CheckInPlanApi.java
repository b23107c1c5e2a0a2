package kr.dolbom.caseworker.checkin;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.Consents;
import kr.dolbom.caseworker.response.QuietHours;
import kr.dolbom.caseworker.roster.RosterAccess;
import org.jspecify.annotations.Nullable;

/// When residents are asked how they are, and what. An office's plan is that of all its residents who
/// have none of their own; its supervisors set it. A resident's own is set by any caseworker of the
/// office.
@Controller("/api/v1")
@Tag(name = "check-ins")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class CheckInPlanApi {
    private static final String DAYS = "days of mon, tue, wed, thu, fri, sat, sun; none for never";
    private static final String QUESTIONS = "one to five of sleep, meal, medicine, pain, need";
    private static final String TIME = "a time of day such as 09:00";

    private final Transactions transactions;
    private final Clock clock;

    CheckInPlanApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A plan to set.
    ///
    /// @param days on which; none: never, for a resident who wants none of the office's
    /// @param at the time of day, office time
    /// @param questions what is asked, in this order
    @Introspected
    public record Wish(
            @NotNull(message = DAYS) @Size(max = 7, message = DAYS) List<String> days,

            @NotNull(message = TIME) @Pattern(regexp = "([01][0-9]|2[0-3]):[0-5][0-9]", message = TIME)
            String at,

            @NotEmpty(message = QUESTIONS) @Size(max = 5, message = QUESTIONS) List<String> questions) {}

    /// The plan that counts.
    ///
    /// @param from `resident`: the own one; `office`: the office's; `none`: nobody is asked
    /// @param days on which
    /// @param at the time of day, office time; missing where there is no plan
    /// @param questions what is asked
    /// @param callConsent whether the resident may be asked by phone; missing for an office
    /// @param changedAt since when; missing where there is no plan
    /// @param changedBy whose login
    @Introspected
    public record PlanBody(
            String from,
            List<String> days,
            @Nullable String at,
            List<String> questions,
            @Nullable Boolean callConsent,
            @Nullable Instant changedAt,
            @Nullable String changedBy) {}

    /// What a resident has decided about calls.
    ///
    /// @param consents whether they may be asked by phone how they are
    @Introspected
    public record CallConsent(
            @NotNull(message = "true or false") Boolean consents) {}

    /// An office's plan.
    @Get("/offices/{officeId}/check-in-plan")
    PlanBody ofOffice(UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> office(connection, RosterAccess.see(connection, viewer, officeId)));
    }

    /// Sets an office's plan from now on.
    @Put("/offices/{officeId}/check-in-plan")
    PlanBody setOfOffice(UUID officeId, @Body @Valid Wish wish, @Parameter(hidden = true) Viewer viewer) {
        CheckInPlan plan = plan(wish);
        return transactions.run(connection -> {
            int office = supervised(connection, viewer, officeId);
            refuseQuiet(QuietHours.ofOffice(connection, office), plan);
            CheckInPlans.set(
                    connection, ofOffice(office), plan, viewer.account().login(), clock.instant());
            note(connection, viewer, "check-in-plan-set", null, officeId, plan);
            return office(connection, office);
        });
    }

    /// Takes an office's plan away: only residents with an own one are asked.
    @Delete("/offices/{officeId}/check-in-plan")
    @Status(HttpStatus.NO_CONTENT)
    void deleteOfOffice(UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            int office = supervised(connection, viewer, officeId);
            if (CheckInPlans.delete(connection, ofOffice(office))) {
                note(connection, viewer, "check-in-plan-deleted", null, officeId, null);
            }
            return office;
        });
    }

    /// The plan that counts for a resident.
    @Get("/residents/{residentId}/check-in-plan")
    PlanBody ofResident(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            Home home = Home.get(connection, residentId, viewer);
            AuditLog.write(connection, viewer.actor(), "check-in-plan-read", home.residentNo());
            return resident(connection, home);
        });
    }

    /// Sets a resident's own plan from now on.
    @Put("/residents/{residentId}/check-in-plan")
    PlanBody setOfResident(UUID residentId, @Body @Valid Wish wish, @Parameter(hidden = true) Viewer viewer) {
        CheckInPlan plan = plan(wish);
        return transactions.run(connection -> {
            Home home = Home.get(connection, residentId, viewer);
            refuseQuiet(QuietHours.get(connection, home.residentNo()), plan);
            CheckInPlans.set(
                    connection, ofResident(home), plan, viewer.account().login(), clock.instant());
            note(connection, viewer, "check-in-plan-set", home.residentNo(), residentId, plan);
            return resident(connection, home);
        });
    }

    /// Takes a resident's own plan away: the office's counts.
    @Delete("/residents/{residentId}/check-in-plan")
    @Status(HttpStatus.NO_CONTENT)
    void deleteOfResident(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            Home home = Home.get(connection, residentId, viewer);
            if (CheckInPlans.delete(connection, ofResident(home))) {
                note(connection, viewer, "check-in-plan-deleted", home.residentNo(), residentId, null);
            }
            return home;
        });
    }

    /// Notes whether a resident may be asked by phone how they are; without it nobody is.
    @Put("/residents/{residentId}/check-in-call-consent")
    CallConsent consent(UUID residentId, @Body @Valid CallConsent consent, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            Home home = Home.get(connection, residentId, viewer);
            Consents.checkInCalls(connection, home.residentNo(), consent.consents(), null, viewer, clock.instant());
            return home;
        });
        return consent;
    }

    private static CheckInPlan plan(Wish wish) {
        return new CheckInPlan(
                wish.days().stream()
                        .map(day -> CheckInPlan.findDay(day).orElseThrow(() -> Problem.invalid("days", day, DAYS)))
                        .distinct()
                        .toList(),
                LocalTime.parse(wish.at()),
                wish.questions().stream()
                        .map(word -> CheckInQuestion.find(word)
                                .orElseThrow(() -> Problem.invalid("questions", word, QUESTIONS)))
                        .distinct()
                        .toList());
    }

    private static void refuseQuiet(QuietHours quiet, CheckInPlan plan) {
        if (quiet.contains(plan.at())) {
            throw Problem.invalid(
                    "at",
                    plan.at(),
                    "a time outside of the quiet hours from %s to %s".formatted(quiet.begins(), quiet.ends()));
        }
    }

    private static int supervised(Connection connection, Viewer viewer, UUID officeId) {
        int office = RosterAccess.see(connection, viewer, officeId);
        if (!RosterAccess.supervises(connection, viewer, office)) {
            throw Problem.forbidden(
                    "Only a supervisor of the office or an operator may set its check-ins; ask one of them.");
        }
        return office;
    }

    private static CheckInPlans.Owner ofOffice(int office) {
        return new CheckInPlans.Owner(office, null);
    }

    private static CheckInPlans.Owner ofResident(Home home) {
        return new CheckInPlans.Owner(null, home.residentNo());
    }

    private static PlanBody office(Connection connection, int office) {
        return CheckInPlans.find(connection, ofOffice(office))
                .map(kept -> body("office", kept, null))
                .orElseGet(() -> none(null));
    }

    private static PlanBody resident(Connection connection, Home home) {
        Optional<PlanBody> own =
                CheckInPlans.find(connection, ofResident(home)).map(kept -> body("resident", kept, home.callConsent()));
        return own.or(() -> CheckInPlans.find(connection, ofOffice(home.officeNo()))
                        .map(kept -> body("office", kept, home.callConsent())))
                .orElseGet(() -> none(home.callConsent()));
    }

    private static PlanBody body(String from, CheckInPlans.Kept kept, @Nullable Boolean callConsent) {
        CheckInPlan plan = kept.plan();
        return new PlanBody(
                from,
                plan.days().stream().map(CheckInPlan::word).toList(),
                plan.at().toString(),
                plan.questions().stream().map(CheckInQuestion::word).toList(),
                callConsent,
                kept.changedAt(),
                kept.changedBy());
    }

    private static PlanBody none(@Nullable Boolean callConsent) {
        return new PlanBody("none", List.of(), null, List.of(), callConsent, null, null);
    }

    private static void note(
            Connection connection,
            Viewer viewer,
            String action,
            @Nullable Integer residentNo,
            UUID of,
            @Nullable CheckInPlan plan) {
        AuditLog.write(
                connection,
                viewer.actor(),
                action,
                residentNo,
                plan == null
                        ? Map.of("of", of.toString())
                        : Map.of(
                                "of",
                                of.toString(),
                                "days",
                                CheckInPlan.writeDays(plan.days()),
                                "at",
                                plan.at().toString(),
                                "questions",
                                CheckInQuestion.write(plan.questions())));
    }

    /// A resident whom a request names.
    record Home(int residentNo, int officeNo, boolean callConsent) {

        /// @throws kr.dolbom.caseworker.problem.ProblemException when there is none whom this viewer may
        ///     see
        static Home get(Connection connection, UUID residentId, Viewer viewer) {
            Integer own = viewer.officeNo();
            return Sql.on(connection, """
                            select resident_no, office_no, check_in_call_consent from resident where resident_id = :id""")
                    .with("id", residentId)
                    .find(row -> new Home(
                            row.number("resident_no"), row.number("office_no"), row.flag("check_in_call_consent")))
                    .filter(home -> own == null || Objects.equals(own, home.officeNo()))
                    .orElseThrow(() -> Problem.notFound("resident", residentId));
        }
    }
}
