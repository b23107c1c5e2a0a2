package kr.dolbom.caseworker.console.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kr.dolbom.caseworker.roster.Duty;
import kr.dolbom.caseworker.roster.NightCover;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.roster.plan.LeaveApi;
import kr.dolbom.caseworker.words.Phrasing;
import org.jspecify.annotations.Nullable;

/// Who is on call now and next, and the days of the calendar. Immutable; for one use.
///
/// @param words how it is said
/// @param asked what is shown
/// @param viewerNo the caseworker who looks; null: nobody's own
record RosterCalendar(
        RosterWords words, RosterPage.Asked asked, @Nullable Integer viewerNo) {
    private RosterRead read() {
        return words.read();
    }

    List<RosterPage.Watch> watches() {
        List<Roster.Segment> segments = read().ahead().segments();
        List<RosterPage.Watch> watches = new ArrayList<>();
        watches.add(watch("roster.now", "roster.until", segments.getFirst()));
        if (segments.size() > 1) {
            watches.add(watch("roster.next", "roster.from-to", segments.get(1)));
        }
        return watches;
    }

    private RosterPage.Watch watch(String title, String when, Roster.Segment segment) {
        boolean ends = segment.span().end().isBefore(read().ahead().window().end());
        String end = ends ? words.moment(segment.span().end()) : "";
        List<RosterPage.Person> people = IntStream.range(0, segment.duties().size())
                .mapToObj(i -> person(segment.duties().get(i)))
                .toList();
        return new RosterPage.Watch(
                words.words().text(title),
                words.words()
                        .text(
                                ends ? when : when + ".open",
                                end,
                                words.moment(segment.span().start())),
                people);
    }

    /// Whether nobody has the first place now or next: somebody is called all the same, which is no gap.
    List<String> openFirst() {
        return read().ahead().segments().stream()
                .limit(2)
                .filter(segment -> segment.duties().stream().noneMatch(duty -> duty.position() == 1))
                .flatMap(segment -> segment.duties().stream().limit(1))
                .map(duty -> words.words()
                        .text(
                                "roster.ready.no-primary",
                                words.moment(
                                        duty.span().start().isBefore(words.now())
                                                ? words.now()
                                                : duty.span().start()),
                                read().ahead()
                                        .person(duty.caseworkerNo())
                                        .person()
                                        .name()))
                .limit(1)
                .toList();
    }

    private RosterPage.Person person(Duty duty) {
        Recipient who = read().ahead().person(duty.caseworkerNo());
        return new RosterPage.Person(who.person().name(), words.kind(duty), who.phone(), Phrasing.phone(who.phone()));
    }

    List<RosterPage.Day> days(List<LocalDate> days, YearMonth month) {
        RosterDays cut = RosterDays.of(read().roster(), words.zone());
        return days.stream().map(day -> day(cut, day, month)).toList();
    }

    private RosterPage.Day day(RosterDays cut, LocalDate day, YearMonth month) {
        List<Duty> duties = cut.on(day);
        boolean own = asked.view().equals("week") || YearMonth.from(day).equals(month);
        String holiday = read().holidays().getOrDefault(day, "");
        return new RosterPage.Day(
                words.day(day.getDayOfMonth() == 1 ? "roster.first" : "roster.number", day),
                words.phrasing().date(day),
                own,
                day.equals(LocalDate.ofInstant(words.now(), words.zone())),
                NightCover.isDayOff(day, read().holidays().keySet()),
                holiday,
                read().leaves().stream()
                        .filter(leave -> !day.isBefore(leave.fromDay()) && !day.isAfter(leave.toDay()))
                        .map(LeaveApi.Leave::name)
                        .distinct()
                        .toList(),
                shifts(duties, cut, day, true),
                shifts(duties, cut, day, false),
                cut.gaps(day).stream().map(gap -> gap(cut, day, gap)).toList(),
                bars(cut, day));
    }

    private List<RosterPage.Shift> shifts(List<Duty> duties, RosterDays cut, LocalDate day, boolean own) {
        return duties.stream()
                .filter(duty -> (duty.officeNo() == read().office().number()) == own)
                .map(duty -> shift(duty, cut, day))
                .toList();
    }

    private RosterPage.Shift shift(Duty duty, RosterDays cut, LocalDate day) {
        boolean own = duty.officeNo() == read().office().number();
        boolean coming = duty.span().end().isAfter(words.now());
        boolean begun = !duty.span().start().isAfter(words.now());
        boolean changes = read().mayChange() && own && coming;
        return new RosterPage.Shift(
                duty.id().toString(),
                read().roster().person(duty.caseworkerNo()).person().name(),
                words.kind(duty),
                words.times(cut.span(day), duty.span()),
                duty.position() == 1,
                viewerNo != null && viewerNo == duty.caseworkerNo(),
                duty.standsIn(),
                changes && !begun && !duty.standsIn(),
                changes ? asked.address() + "&shift=" + duty.id() + "#change" : "");
    }

    private RosterPage.Gap gap(RosterDays cut, LocalDate day, Span gap) {
        boolean past = !gap.end().isAfter(words.now());
        Instant from = gap.start().isBefore(words.now()) ? words.now() : gap.start();
        return new RosterPage.Gap(
                words.times(/* day= */ cut.span(day), /* span= */ gap),
                words.length(gap.length()),
                past,
                past || !read().mayChange()
                        ? ""
                        : asked.address() + "&from=" + RosterWords.field(words.local(from)) + "&to="
                                + RosterWords.field(words.local(gap.end())) + "#change");
    }

    private static List<RosterPage.Bar> bars(RosterDays cut, LocalDate day) {
        return Stream.of(
                        bars(cut, day, 0, 0, "none"),
                        bars(cut, day, 1, 1, "single"),
                        bars(cut, day, 2, Integer.MAX_VALUE, "several"))
                .flatMap(bars -> bars)
                .toList();
    }

    private static Stream<RosterPage.Bar> bars(RosterDays cut, LocalDate day, int fewest, int most, String kind) {
        return Span.union(cut.during(day, fewest, most).toList()).stream()
                .map(span -> new RosterPage.Bar(
                        cut.minutes(day, span.start()), (int) span.length().toMinutes(), kind));
    }
}
