package kr.dolbom.caseworker.roster.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kr.dolbom.caseworker.page.Csv;
import kr.dolbom.caseworker.roster.Duty;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.words.Words;

/// A month's duties as they stand, swaps and overrides included, for a spreadsheet or a calendar. Phone
/// numbers are not in it: it may be carried off.
///
/// @param office the office's short name
/// @param zone where it is
/// @param month which month
/// @param roster read for [#window]
record RosterSheet(String office, ZoneId zone, YearMonth month, Roster roster) {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int FOLD_OCTETS = 75;

    /// The month, and what a night that begins on its last day needs.
    static Span window(YearMonth month, ZoneId zone) {
        Span span = Month.span(month, zone);
        return new Span(span.start(), span.end().plus(java.time.Duration.ofDays(1)));
    }

    /// The duties that begin in the month or last into it, by start and order of calling.
    List<Duty> duties() {
        Instant end = Month.span(month, zone).end();
        return roster.duties().stream()
                .filter(duty -> duty.span().start().isBefore(end))
                .map(duty -> duty.span().end().isBefore(roster.window().end())
                        ? duty
                        : new Duty(
                                duty.id(),
                                duty.standsIn(),
                                duty.officeNo(),
                                duty.position(),
                                duty.caseworkerNo(),
                                new Span(duty.span().start(), end)))
                .sorted(Comparator.comparing((Duty duty) -> duty.span().start())
                        .thenComparing(duty -> duty.officeNo() == roster.officeNo())
                        .thenComparingInt(Duty::position))
                .toList();
    }

    /// Comma-separated, one duty a line, as spreadsheets read it.
    String csv(Words words) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                words.text("roster.sheet.from"),
                words.text("roster.sheet.to"),
                words.text("roster.sheet.position"),
                words.text("roster.sheet.name"),
                words.text("roster.sheet.kind")));
        duties().forEach(duty -> rows.add(List.of(
                LOCAL.format(duty.span().start().atZone(zone)),
                LOCAL.format(duty.span().end().atZone(zone)),
                Integer.toString(duty.position()),
                roster.person(duty.caseworkerNo()).person().name(),
                kind(duty, words))));
        return Csv.of(rows);
    }

    /// A calendar after RFC 5545, one event a duty.
    ///
    /// @param now when it is made
    String calendar(Words words, Instant now) {
        var text = new StringBuilder();
        add(text, "BEGIN:VCALENDAR");
        add(text, "VERSION:2.0");
        add(text, "PRODID:-//Dolbom//Roster//KO");
        for (Duty duty : duties()) {
            add(text, "BEGIN:VEVENT");
            add(
                    text,
                    "UID:%s-%d@dolbom".formatted(duty.id(), duty.span().start().getEpochSecond()));
            add(text, "DTSTAMP:" + UTC.format(now));
            add(text, "DTSTART:" + UTC.format(duty.span().start()));
            add(text, "DTEND:" + UTC.format(duty.span().end()));
            add(
                    text,
                    "SUMMARY:"
                            + escape(words.text(
                                    "roster.sheet.event",
                                    office,
                                    kind(duty, words),
                                    roster.person(duty.caseworkerNo()).person().name())));
            add(text, "END:VEVENT");
        }
        add(text, "END:VCALENDAR");
        return text.toString();
    }

    private String kind(Duty duty, Words words) {
        String kind = words.text(duty.position() == 1 ? "roster.kind.primary" : "roster.kind.backup");
        if (duty.officeNo() != roster.officeNo()) {
            kind += " · " + words.text("roster.kind.night-centre");
        }
        return duty.standsIn() ? kind + " · " + words.text("roster.kind.stands-in") : kind;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\r\n?|\n", "\\\\n");
    }

    /// Adds a line, folded so that none has more octets than the standard wants.
    private static void add(StringBuilder text, String line) {
        int octets = 0;
        for (int i = 0; i < line.length(); ) {
            int character = line.codePointAt(i);
            String one = Character.toString(character);
            int more = one.getBytes(StandardCharsets.UTF_8).length;
            if (octets + more > FOLD_OCTETS) {
                text.append("\r\n ");
                octets = 1;
            }
            text.append(one);
            octets += more;
            i += one.length();
        }
        text.append("\r\n");
    }
}
