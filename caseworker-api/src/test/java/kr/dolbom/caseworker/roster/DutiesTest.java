package kr.dolbom.caseworker.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DutiesTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final int OFFICE = 1;
    private static final int CENTRE = 2;
    /// 1 December 2026 is a Tuesday.
    private static final Span WEEK = span("2026-12-01T00:00", "2026-12-08T00:00");

    @Test
    void whoStandsInCountsInsteadOfTheShiftsOwnPersonForJustThatTime() {
        Roster roster = roster(
                List.of(
                        shift(1, 10, "2026-12-01T09:00", "2026-12-01T18:00"),
                        shift(2, 20, "2026-12-01T09:00", "2026-12-01T18:00"),
                        override(1, 30, "2026-12-01T12:00", "2026-12-01T14:00")),
                Map.of());

        assertEquals(List.of(10, 20), at(roster, "2026-12-01T11:59"));
        assertEquals(List.of(30, 20), at(roster, "2026-12-01T12:00"));
        assertEquals(List.of(10, 20), at(roster, "2026-12-01T14:00"));
        assertEquals(List.of(), at(roster, "2026-12-01T18:00"));
    }

    @Test
    void whoeverIsAwayDoesNotCountAndAStandInWhoLeavesGivesThePlaceBack() {
        Roster roster = roster(
                List.of(
                        shift(1, 10, "2026-12-01T09:00", "2026-12-02T09:00"),
                        shift(2, 20, "2026-12-01T09:00", "2026-12-02T09:00"),
                        override(1, 30, "2026-12-01T12:00", "2026-12-02T09:00")),
                Map.of(
                        20, List.of(span("2026-12-01T10:00", "2026-12-01T11:00")),
                        30, List.of(Span.of(moment("2026-12-01T20:00"), null))));

        assertEquals(List.of(10), at(roster, "2026-12-01T10:30"));
        assertEquals(List.of(30, 20), at(roster, "2026-12-01T19:59"));
        assertEquals(List.of(10, 20), at(roster, "2026-12-01T20:00"));
    }

    @Test
    void aBackupWhoStandsInForThePrimaryIsCalledOnce() {
        Roster roster = roster(
                List.of(
                        shift(1, 10, "2026-12-01T09:00", "2026-12-01T18:00"),
                        shift(2, 20, "2026-12-01T09:00", "2026-12-01T18:00"),
                        override(1, 20, "2026-12-01T09:00", "2026-12-01T18:00")),
                Map.of());

        assertEquals(List.of(20), at(roster, "2026-12-01T10:00"));
    }

    @Test
    void aNightCentresPeopleGoBeforeTheOfficesOwnWhileItAnswersAndAreNobodyByDay() {
        var cover = new NightCover(CENTRE, LocalTime.of(18, 0), LocalTime.of(9, 0), false);
        List<Duty> duties = List.of(
                shift(1, 10, "2026-12-01T00:00", "2026-12-08T00:00"),
                new Duty(new UUID(0, 9), false, CENTRE, 1, 90, WEEK),
                new Duty(new UUID(0, 8), false, CENTRE, 2, 80, WEEK));
        Roster roster = new Roster(OFFICE, WEEK, duties, Map.of(), cover.spans(WEEK, SEOUL, Set.of()), Map.of());

        assertEquals(List.of(90, 80, 10), at(roster, "2026-12-01T08:59"));
        assertEquals(List.of(10), at(roster, "2026-12-01T09:00"));
        assertEquals(List.of(90, 80, 10), at(roster, "2026-12-01T18:00"));
        assertEquals(15, roster.segments().size(), "seven days, seven nights and the rest of one");
    }

    @Test
    void aNightCentreMayAnswerAllDayOnDaysOff() {
        var cover = new NightCover(CENTRE, LocalTime.of(18, 0), LocalTime.of(9, 0), true);
        List<Span> spans = cover.spans(WEEK, SEOUL, Set.of(LocalDate.of(2026, 12, 3)));

        // Thursday the 3rd is a holiday: from Wednesday's evening to Friday's morning it is one stretch.
        assertEquals(span("2026-12-02T18:00", "2026-12-04T09:00"), spans.get(2));
        assertEquals(span("2026-12-04T18:00", "2026-12-07T09:00"), spans.get(3));
        assertEquals(span("2026-12-01T00:00", "2026-12-01T09:00"), spans.getFirst());
    }

    @Test
    void segmentsCoverTheWindowWithoutHolesAndNameTheGaps() {
        Roster roster = roster(
                List.of(
                        shift(1, 10, "2026-12-01T09:00", "2026-12-01T18:00"),
                        shift(1, 10, "2026-12-01T18:00", "2026-12-02T09:00"),
                        shift(1, 20, "2026-12-02T10:00", "2026-12-30T09:00")),
                Map.of());
        List<String> told = new ArrayList<>();
        Instant end = WEEK.start();
        for (Roster.Segment segment : roster.segments()) {
            assertEquals(end, segment.span().start());
            end = segment.span().end();
            told.add(segment.caseworkers() + " " + segment.span().length().toHours());
        }

        assertEquals(WEEK.end(), end);
        assertEquals(List.of("[] 9", "[10] 24", "[] 1", "[20] 134"), told);
    }

    @Test
    void spansAreCutAndMerged() {
        Span day = span("2026-12-01T00:00", "2026-12-02T00:00");
        List<Span> cuts = List.of(
                span("2026-12-01T10:00", "2026-12-01T12:00"),
                span("2026-12-01T11:00", "2026-12-01T13:00"),
                span("2026-12-01T23:00", "2026-12-03T00:00"));

        assertEquals(
                List.of(span("2026-12-01T00:00", "2026-12-01T10:00"), span("2026-12-01T13:00", "2026-12-01T23:00")),
                day.without(cuts));
        assertEquals(2, Span.union(cuts).size());
        assertEquals(List.of(), day.without(List.of(WEEK)));
        assertThrows(IllegalArgumentException.class, () -> new Span(day.end(), day.end()));
        assertEquals(true, day.isCloserThan(Duration.ofHours(2), span("2026-12-02T01:59", "2026-12-02T03:00")));
        assertEquals(false, day.isCloserThan(Duration.ofHours(2), span("2026-12-02T02:00", "2026-12-02T03:00")));
    }

    private static Roster roster(List<Duty> duties, Map<Integer, List<Span>> away) {
        return new Roster(OFFICE, WEEK, duties, away, List.of(), Map.of());
    }

    private static List<Integer> at(Roster roster, String moment) {
        return roster.at(moment(moment)).stream().map(Duty::caseworkerNo).toList();
    }

    private static Duty shift(int position, int caseworker, String from, String to) {
        return new Duty(new UUID(0, 1), false, OFFICE, position, caseworker, span(from, to));
    }

    private static Duty override(int position, int caseworker, String from, String to) {
        return new Duty(new UUID(0, 2), true, OFFICE, position, caseworker, span(from, to));
    }

    private static Span span(String from, String to) {
        return new Span(moment(from), moment(to));
    }

    private static Instant moment(String local) {
        return ZonedDateTime.parse(local + "+09:00[Asia/Seoul]").toInstant();
    }
}
