package kr.dolbom.caseworker.console.roster;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.readiness.ReadinessDesk;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.roster.Rosters;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Reads an office's roster and puts it into words. Safe for use by many threads.
@Singleton
final class RosterReader {
    private static final int DAYS_PER_WEEK = 7;

    private final Transactions transactions;
    private final Frames frames;
    private final ReadinessDesk readiness;
    private final Clock clock;

    RosterReader(Transactions transactions, Frames frames, ReadinessDesk readiness, Clock clock) {
        this.transactions = transactions;
        this.frames = frames;
        this.readiness = readiness;
        this.clock = clock;
    }

    /// What somebody asks to see; null: the usual.
    ///
    /// @param office its public id; the own one or the first
    /// @param view `month` or `week`
    /// @param day a day of it; today
    /// @param shift what was chosen to be changed
    /// @param from where a chosen gap begins
    /// @param to where it ends
    /// @param typed what was refused and is shown again
    /// @param open its form: `swap`, `override` or `add`
    record Wish(
            @Nullable UUID office,
            @Nullable String view,
            @Nullable LocalDate day,
            @Nullable UUID shift,
            @Nullable LocalDateTime from,
            @Nullable LocalDateTime to,
            @Nullable RosterForm typed,
            String open) {}

    /// The page.
    ///
    /// @param message why something was not done; empty: nothing
    /// @param done what was done; empty: nothing
    RosterPage read(HttpRequest<?> request, Viewer viewer, Wish wish, String message, String done) {
        Words words = PreferredWords.of(request);
        String view = "week".equals(wish.view()) ? "week" : "month";
        Instant now = clock.instant();
        RosterRead read = transactions.run(connection -> {
            List<RosterRead.Office> offices = RosterRead.listOffices(connection, viewer);
            RosterRead.Office office = RosterRead.choose(offices, wish.office());
            List<LocalDate> shown = days(view, day(wish, office, now));
            return RosterRead.load(
                    connection,
                    viewer,
                    frames.of(connection, viewer, words, Section.ROSTER),
                    offices,
                    office,
                    shown.getFirst(),
                    shown.getLast(),
                    now);
        });
        LocalDate day = day(wish, read.office(), now);
        var asked = new RosterPage.Asked(
                read.office().id().toString(),
                view,
                day.toString(),
                YearMonth.from(day).toString());
        List<LocalDate> days = days(view, day);
        Phrasing phrasing = read.frame().phrasing();
        var told = new RosterWords(read, phrasing, now);
        var calendar = new RosterCalendar(told, asked, viewer.account().caseworkerNo());
        return new RosterPage(
                read.frame(),
                asked,
                viewer.officeNo() == null
                        ? read.offices().stream()
                                .map(office -> new RosterPage.Choice(
                                        office.id().toString(),
                                        office.name(),
                                        office.id().equals(read.office().id())))
                                .toList()
                        : List.of(),
                read.office().name(),
                view.equals("month")
                        ? told.day("roster.month", day)
                        : words.text(
                                "roster.week",
                                told.day("roster.day", days.getFirst()),
                                told.day("roster.day", days.getLast())),
                links(asked, day, LocalDate.ofInstant(now, read.office().zone())),
                days.stream()
                        .limit(DAYS_PER_WEEK)
                        .map(one -> one.getDayOfWeek().getDisplayName(TextStyle.SHORT, words.locale()))
                        .toList(),
                calendar.watches(),
                calendar.days(days, YearMonth.from(day)),
                read.mayChange(),
                read.people().stream()
                        .filter(RosterRead.Colleague::supervisor)
                        .map(person -> new RosterPage.Person(
                                person.name(),
                                words.text("roster.supervisor"),
                                person.phone(),
                                Phrasing.phone(person.phone())))
                        .toList(),
                read.mayChange() ? new RosterForms(told).of(wish) : RosterForms.none(),
                Stream.concat(
                                calendar.openFirst().stream(),
                                readiness.check(viewer, read.office().id()).stream()
                                        .map(found -> found.told(words)))
                        .toList(),
                words.text("roster.ready.at", told.moment(now)),
                read.mayChange()
                        ? RosterRings.told(
                                read.people(),
                                readiness.listRings(viewer, read.office().id()),
                                phrasing)
                        : List.of(),
                message,
                done);
    }

    /// The office that a wish means, as one's own border allows.
    UUID officeOf(Viewer viewer, @Nullable UUID wished) {
        return transactions.run(connection -> RosterRead.choose(RosterRead.listOffices(connection, viewer), wished)
                .id());
    }

    /// Where an office is.
    ZoneId zoneOf(Viewer viewer, UUID officeId) {
        return transactions.run(
                connection -> Rosters.zoneOf(connection, RosterAccess.see(connection, viewer, officeId)));
    }

    /// The office's short name.
    String nameOf(Viewer viewer, UUID officeId) {
        return transactions.run(connection -> RosterRead.choose(RosterRead.listOffices(connection, viewer), officeId)
                .name());
    }

    private static LocalDate day(Wish wish, RosterRead.Office office, Instant now) {
        LocalDate wished = wish.day();
        return wished == null ? LocalDate.ofInstant(now, office.zone()) : wished;
    }

    /// The days of whole weeks from Sunday on.
    private static List<LocalDate> days(String view, LocalDate day) {
        LocalDate start = view.equals("week") ? day : day.withDayOfMonth(1);
        LocalDate end = view.equals("week") ? day : day.with(TemporalAdjusters.lastDayOfMonth());
        LocalDate first = start.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        LocalDate last = end.with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
        return first.datesUntil(last.plusDays(1)).toList();
    }

    private static RosterPage.Links links(RosterPage.Asked asked, LocalDate day, LocalDate today) {
        boolean month = asked.view().equals("month");
        return new RosterPage.Links(
                address(asked, asked.view(), month ? day.minusMonths(1) : day.minusWeeks(1)),
                address(asked, asked.view(), month ? day.plusMonths(1) : day.plusWeeks(1)),
                address(asked, asked.view(), today),
                address(asked, "month", day),
                address(asked, "week", day),
                "/roster/plan?office=" + asked.office() + "&month=" + asked.month());
    }

    private static String address(RosterPage.Asked asked, String view, LocalDate day) {
        return new RosterPage.Asked(asked.office(), view, day.toString(), asked.month()).address();
    }
}
