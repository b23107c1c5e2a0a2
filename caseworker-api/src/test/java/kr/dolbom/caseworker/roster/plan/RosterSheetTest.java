package kr.dolbom.caseworker.roster.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.roster.Duty;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.words.Words;
import org.junit.jupiter.api.Test;

class RosterSheetTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final YearMonth MONTH = YearMonth.of(2026, 12);
    private static final Span WINDOW = RosterSheet.window(MONTH, SEOUL);

    private final RosterSheet sheet = new RosterSheet(
            "고양시 노인복지과, 돌봄팀",
            SEOUL,
            MONTH,
            new Roster(
                    1,
                    WINDOW,
                    List.of(
                            duty(1, false, 2, 10, "2026-12-01T00:00:00Z", "2026-12-01T09:00:00Z"),
                            duty(2, true, 1, 20, "2026-12-31T09:00:00Z", "2027-01-01T00:00:00Z"),
                            duty(3, false, 3, 10, "2026-01-01T00:00:00Z", "9999-12-31T00:00:00Z"),
                            duty(4, false, 1, 10, "2026-12-31T15:00:00Z", "2027-01-01T09:00:00Z")),
                    Map.of(),
                    List.of(),
                    Map.of(10, person(10, "=이\"민지\", 주임"), 20, person(20, "박준호"))));

    @Test
    void aSpreadsheetGetsOneLineADutyAndRunsNoFormula() {
        assertEquals("""
                \uFEFFFrom,To,Position,Name,Kind
                2026-12-01 00:00,2027-01-01 00:00,3,"'=이""민지"", 주임",backup
                2026-12-01 09:00,2026-12-01 18:00,2,"'=이""민지"", 주임",backup
                2026-12-31 18:00,2027-01-01 09:00,1,박준호,primary · stands in
                """.replace("\n", "\r\n"), sheet.csv(Words.EN));
    }

    @Test
    void aCalendarIsFoldedEscapedAndInUniversalTime() {
        String calendar = sheet.calendar(Words.KO, Instant.parse("2026-11-20T00:00:00Z"));

        assertTrue(calendar.startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assertTrue(calendar.endsWith("END:VCALENDAR\r\n"));
        for (String line : calendar.split("\r\n", -1)) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 75, line);
            assertFalse(line.contains("\n"));
        }
        String unfolded = calendar.replace("\r\n ", "");
        assertEquals(3, unfolded.split("BEGIN:VEVENT", -1).length - 1);
        assertTrue(unfolded.contains("DTSTART:20261231T090000Z\r\nDTEND:20270101T000000Z\r\n"));
        assertTrue(unfolded.contains("SUMMARY:고양시 노인복지과\\, 돌봄팀 당직(주 당직 · 대신 근무): 박준호\r\n"));
        assertTrue(unfolded.contains("UID:00000000-0000-0000-0000-000000000002-1798707600@dolbom\r\n"));
        assertFalse(calendar.contains("+8210"), "no phone numbers");
    }

    private static Duty duty(int number, boolean standsIn, int position, int caseworker, String from, String to) {
        return new Duty(
                new UUID(0, number),
                standsIn,
                1,
                position,
                caseworker,
                new Span(Instant.parse(from), Instant.parse(to)));
    }

    private static Recipient person(int number, String name) {
        return new Recipient(Alert.Person.caseworker(number, new UUID(1, number), name), "+821011110001", "ko");
    }
}
