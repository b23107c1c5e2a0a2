package kr.dolbom.caseworker.roster.plan;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.roster.Rosters;
import kr.dolbom.caseworker.roster.ShiftBook;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.words.Words;

/// Makes a month's roster from patterns, people, leave and the rules of fairness, and takes it back.
@Controller("/api/v1/rosters")
@Tag(name = "rosters")
@Secured({Role.OPERATOR, Role.CASEWORKER})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class RosterApi {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int MONTHS_AHEAD = 12;

    private final Transactions transactions;
    private final Clock clock;

    RosterApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A roster to make.
    ///
    /// @param officeId for which office
    /// @param month for which month
    /// @param preview true: nothing is saved
    @Introspected
    public record NewRoster(
            @NotNull(message = "the id of an office") UUID officeId,
            @NotNull(message = "a month such as 2026-08") YearMonth month,
            boolean preview) {}

    /// A roster as it was made.
    ///
    /// @param officeId for which office
    /// @param month for which month
    /// @param saved false: a preview
    /// @param shifts who takes what, by start and position
    /// @param unfilled what nobody can take, and why not
    /// @param people what everybody has in this month, what they had before included
    @Introspected
    public record MadeRoster(
            UUID officeId,
            YearMonth month,
            boolean saved,
            List<MadeShift> shifts,
            List<OpenShift> unfilled,
            List<PersonsMonth> people) {}

    /// A shift that was made.
    ///
    /// @param caseworkerId who
    /// @param name their name
    /// @param pattern from which pattern
    /// @param position 1 is called first
    /// @param startsAt from when on, in the office's time
    /// @param endsAt until when
    @Introspected
    public record MadeShift(
            UUID caseworkerId,
            String name,
            String pattern,
            int position,
            OffsetDateTime startsAt,
            OffsetDateTime endsAt) {}

    /// A shift that nobody can take.
    ///
    /// @param pattern from which pattern
    /// @param position 1 is called first
    /// @param startsAt from when on, in the office's time
    /// @param endsAt until when
    /// @param whyKo why not, one person after the other, in Korean
    /// @param whyEn the same in English
    @Introspected
    public record OpenShift(
            String pattern, int position, OffsetDateTime startsAt, OffsetDateTime endsAt, String whyKo, String whyEn) {}

    /// What somebody has in a month.
    ///
    /// @param caseworkerId who
    /// @param name their name
    /// @param shifts how many
    /// @param nights how many of them reach into the time from 00:00 to 06:00
    /// @param daysOff how many begin on a Saturday, a Sunday or a holiday
    /// @param hours how long they last, all together
    @Introspected
    public record PersonsMonth(UUID caseworkerId, String name, int shifts, int nights, int daysOff, long hours) {}

    /// Fills what is still open of a month: shifts that are there, made or by hand, stay and count.
    @Post
    HttpResponse<MadeRoster> make(@Body @Valid NewRoster roster, @Parameter(hidden = true) Viewer viewer) {
        MadeRoster made = transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, roster.officeId());
            ShiftBook.lock(connection);
            ZoneId zone = Rosters.zoneOf(connection, office);
            YearMonth present = YearMonth.from(clock.instant().atZone(zone));
            if (roster.month().isBefore(present) || roster.month().isAfter(present.plusMonths(MONTHS_AHEAD))) {
                throw Problem.invalid("month", roster.month(), "the present month or one of the 12 to come");
            }
            if (PatternApi.list(connection, office).isEmpty()) {
                throw Problem.conflict(
                        "This office has no shift patterns, so there is nothing to make: add them first (POST /api/v1/shift-patterns).");
            }
            Month month = Month.load(connection, office, roster.month(), clock.instant());
            Plan plan = Planner.plan(month.open(), month.people());
            if (!roster.preview()) {
                plan.made()
                        .forEach(shift -> ShiftBook.add(
                                connection,
                                office,
                                shift.caseworkerNo(),
                                shift.vacancy().position(),
                                shift.vacancy().span(),
                                shift.vacancy().patternNo()));
                AuditLog.write(
                        connection,
                        viewer.actor(),
                        "roster-made",
                        null,
                        Map.of(
                                "office", roster.officeId().toString(),
                                "month", roster.month().toString()));
            }
            return body(roster, month, plan);
        });
        return HttpResponse.created(made);
    }

    /// Takes back the shifts of a month that were made and have not begun; those by hand stay.
    @Delete("/{officeId}/{month}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(UUID officeId, YearMonth month, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, officeId);
            ShiftBook.lock(connection);
            Span span = Month.span(month, Rosters.zoneOf(connection, office));
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "roster-removed",
                    null,
                    Map.of("office", officeId.toString(), "month", month.toString()));
            return Sql.on(connection, """
                            delete from on_call_shift
                             where office_no = :office and pattern_no is not null and starts_at > :now
                               and starts_at >= :from and starts_at < :until""")
                    .with("office", office)
                    .with("now", clock.instant())
                    .with("from", span.start())
                    .with("until", span.end())
                    .update();
        });
    }

    private static MadeRoster body(NewRoster roster, Month month, Plan plan) {
        Map<Integer, Candidate> people =
                month.people().stream().collect(Collectors.toMap(Candidate::caseworkerNo, person -> person));
        List<MadeShift> shifts = plan.made().stream()
                .map(shift -> new MadeShift(
                        id(month, shift.caseworkerNo()),
                        Objects.requireNonNull(people.get(shift.caseworkerNo())).name(),
                        shift.vacancy().pattern(),
                        shift.vacancy().position(),
                        shift.vacancy().span().start().atZone(month.zone()).toOffsetDateTime(),
                        shift.vacancy().span().end().atZone(month.zone()).toOffsetDateTime()))
                .toList();
        return new MadeRoster(
                roster.officeId(),
                roster.month(),
                !roster.preview(),
                shifts,
                plan.unfilled().stream().map(open -> open(open, month.zone())).toList(),
                month.people().stream()
                        .map(person -> {
                            Load load = plan.made().stream()
                                    .filter(shift -> shift.caseworkerNo() == person.caseworkerNo())
                                    .map(shift -> Load.of(shift.vacancy()))
                                    .reduce(person.load(), Load::plus);
                            return new PersonsMonth(
                                    id(month, person.caseworkerNo()),
                                    person.name(),
                                    load.shifts(),
                                    load.nights(),
                                    load.daysOff(),
                                    load.minutes() / 60);
                        })
                        .toList());
    }

    private static UUID id(Month month, int caseworkerNo) {
        return Objects.requireNonNull(month.ids().get(caseworkerNo));
    }

    private static OpenShift open(Plan.Unfilled open, ZoneId zone) {
        Vacancy vacancy = open.vacancy();
        return new OpenShift(
                vacancy.pattern(),
                vacancy.position(),
                vacancy.span().start().atZone(zone).toOffsetDateTime(),
                vacancy.span().end().atZone(zone).toOffsetDateTime(),
                why(open, zone, Words.KO),
                why(open, zone, Words.EN));
    }

    private static String why(Plan.Unfilled open, ZoneId zone, Words words) {
        String reasons = open.obstacles().isEmpty()
                ? words.text("roster.why.nobody")
                : open.obstacles().stream()
                        .map(obstacle -> words.text(
                                "roster.why." + obstacle.why().name().toLowerCase(java.util.Locale.ROOT),
                                obstacle.candidate().name()))
                        .collect(Collectors.joining(", "));
        Vacancy vacancy = open.vacancy();
        return words.text(
                "roster.unfilled",
                vacancy.pattern(),
                MOMENT.format(vacancy.span().start().atZone(zone)),
                MOMENT.format(vacancy.span().end().atZone(zone)),
                vacancy.position(),
                reasons);
    }
}
