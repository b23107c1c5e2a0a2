package kr.dolbom.caseworker.roster.plan;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
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

/// Makes a month's roster and takes it back, for whoever may. Safe for use by many threads.
@Singleton
public final class RosterDesk {
    /// For how many months ahead a roster can be made.
    public static final int MONTHS_AHEAD = 12;

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Transactions transactions;
    private final Clock clock;

    RosterDesk(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// What a roster would be, and how even it is.
    ///
    /// @param roster as it would be saved
    /// @param bends where what is wanted of a roster could not be had
    public record Draft(MadeRoster roster, List<Bend> bends) {
        /// Takes a copy.
        public Draft {
            bends = List.copyOf(bends);
        }
    }

    /// Fills what is still open of a month: shifts that are there, made or by hand, stay and count.
    ///
    /// @param preview true: nothing is saved
    public MadeRoster make(Viewer viewer, UUID officeId, YearMonth month, boolean preview) {
        return transactions.run(
                connection -> work(connection, viewer, officeId, month, preview).roster());
    }

    /// What [#make] would do.
    public Draft draft(Viewer viewer, UUID officeId, YearMonth month) {
        return transactions.run(connection -> work(connection, viewer, officeId, month, true));
    }

    /// Saves a roster as it was shown. Refused with 409, and nothing saved, when it would be another one by now.
    ///
    /// @param shown the [MadeRoster#print] of what was shown
    public MadeRoster publish(Viewer viewer, UUID officeId, YearMonth month, String shown) {
        return transactions.run(connection -> {
            MadeRoster made = work(connection, viewer, officeId, month, false).roster();
            if (!made.print().equals(shown)) {
                throw Problem.conflict(
                        "The roster has changed since it was shown; look at it again. Nothing was saved.",
                        "roster.refused.changed");
            }
            return made;
        });
    }

    private Draft work(Connection connection, Viewer viewer, UUID officeId, YearMonth wanted, boolean preview) {
        int office = RosterAccess.change(connection, viewer, officeId);
        ShiftBook.lock(connection);
        ZoneId zone = Rosters.zoneOf(connection, office);
        YearMonth present = YearMonth.from(clock.instant().atZone(zone));
        if (wanted.isBefore(present) || wanted.isAfter(present.plusMonths(MONTHS_AHEAD))) {
            throw Problem.invalid("month", wanted, "the present month or one of the 12 to come");
        }
        if (PatternDesk.list(connection, office).isEmpty()) {
            throw Problem.conflict(
                    "This office has no shift patterns, so there is nothing to make: add them first (POST /api/v1/shift-patterns).",
                    "roster.refused.patterns");
        }
        Month month = Month.load(connection, office, wanted, clock.instant());
        Plan plan = Planner.plan(month.open(), month.people());
        if (!preview) {
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
                    Map.of("office", officeId.toString(), "month", wanted.toString()));
        }
        return new Draft(body(officeId, wanted, !preview, month, plan), Bend.of(month.people(), plan));
    }

    /// Takes back the shifts of a month that were made and have not begun; those by hand stay.
    ///
    /// @return how many
    public int remove(Viewer viewer, UUID officeId, YearMonth month) {
        return transactions.run(connection -> {
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

    private static MadeRoster body(UUID officeId, YearMonth wanted, boolean saved, Month month, Plan plan) {
        Map<Integer, Candidate> people =
                month.people().stream().collect(Collectors.toMap(Candidate::caseworkerNo, person -> person));
        List<MadeRoster.MadeShift> shifts = plan.made().stream()
                .map(shift -> new MadeRoster.MadeShift(
                        id(month, shift.caseworkerNo()),
                        Objects.requireNonNull(people.get(shift.caseworkerNo())).name(),
                        shift.vacancy().pattern(),
                        shift.vacancy().position(),
                        shift.vacancy().span().start().atZone(month.zone()).toOffsetDateTime(),
                        shift.vacancy().span().end().atZone(month.zone()).toOffsetDateTime()))
                .toList();
        return new MadeRoster(
                officeId,
                wanted,
                saved,
                shifts,
                plan.unfilled().stream().map(open -> open(open, month.zone())).toList(),
                month.people().stream()
                        .map(person -> {
                            Load load = plan.made().stream()
                                    .filter(shift -> shift.caseworkerNo() == person.caseworkerNo())
                                    .map(shift -> Load.of(shift.vacancy()))
                                    .reduce(person.load(), Load::plus);
                            return new MadeRoster.PersonsMonth(
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

    private static MadeRoster.OpenShift open(Plan.Unfilled open, ZoneId zone) {
        Vacancy vacancy = open.vacancy();
        return new MadeRoster.OpenShift(
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
