package kr.dolbom.caseworker.console.roster;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import kr.dolbom.caseworker.roster.Duty;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;

/// How duties and times are said on the page. Immutable.
///
/// @param read what was read
/// @param phrasing the language, and how moments are written in it
/// @param now the time
record RosterWords(RosterRead read, Phrasing phrasing, Instant now) {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");
    private static final int MINUTES_PER_HOUR = 60;

    Words words() {
        return phrasing.words();
    }

    ZoneId zone() {
        return read.office().zone();
    }

    /// A day as a text of the resource files says.
    String day(String key, LocalDate day) {
        return DateTimeFormatter.ofPattern(words().text(key), words().locale()).format(day);
    }

    /// A minute as a form's field has it.
    static String field(LocalDateTime moment) {
        return LOCAL.format(moment);
    }

    LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment, zone());
    }

    /// A day with its minute.
    String moment(Instant moment) {
        LocalDate day = LocalDate.ofInstant(moment, zone());
        return day("roster.day", day) + " " + MINUTE.format(moment.atZone(zone()));
    }

    /// What somebody does in a duty, and for whom.
    String kind(Duty duty) {
        String kind = words().text(duty.position() == 1 ? "roster.kind.primary" : "roster.kind.backup");
        String number = duty.position() > 2 ? kind + " " + (duty.position() - 1) : kind;
        String place = duty.officeNo() == read.office().number()
                ? number
                : words().text("roster.kind.night-centre") + " · " + number;
        return duty.standsIn() ? place + " · " + words().text("roster.kind.stands-in") : place;
    }

    /// From when to when, as it stands under a day.
    String times(Span day, Span span) {
        if (!span.start().isAfter(day.start()) && span.end().equals(day.end())) {
            return words().text("roster.all-day");
        }
        String from = MINUTE.format(span.start().atZone(zone()));
        if (span.end().equals(day.end())) {
            return from + "–24:00";
        }
        String to = MINUTE.format(span.end().atZone(zone()));
        return span.end().isAfter(day.end()) ? words().text("roster.to-next-day", from, to) : from + "–" + to;
    }

    /// How long.
    String length(Duration length) {
        long hours = length.toHours();
        long minutes = length.toMinutes() % MINUTES_PER_HOUR;
        if (hours == 0) {
            return words().text("roster.length.minutes", minutes);
        }
        return minutes == 0
                ? words().text("roster.length.hours", hours)
                : words().text("roster.length.both", hours, minutes);
    }

    /// All of a duty in one line.
    String told(Duty duty) {
        LocalDate day = LocalDate.ofInstant(duty.span().start(), zone());
        Span whole = new Span(
                day.atStartOfDay(zone()).toInstant(),
                day.plusDays(1).atStartOfDay(zone()).toInstant());
        String times = duty.span().end().equals(Span.NEVER)
                ? MINUTE.format(duty.span().start().atZone(zone())) + "– " + words().text("roster.open-end")
                : times(whole, duty.span());
        return "%s %s · %s · %s"
                .formatted(
                        day("roster.day", day),
                        times,
                        read.roster().person(duty.caseworkerNo()).person().name(),
                        kind(duty));
    }
}
