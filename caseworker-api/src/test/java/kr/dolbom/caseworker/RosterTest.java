package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.RosterOffice.at;
import static kr.dolbom.caseworker.RosterOffice.created;
import static kr.dolbom.caseworker.RosterOffice.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RosterTest {
    private final YearMonth month = YearMonth.now(RosterOffice.SEOUL).plusMonths(2);
    private final LocalDate monday = month.atDay(8).with(DayOfWeek.MONDAY);

    private final Town town = new Town();
    private final Client operator = new Client(town.url);

    @BeforeAll
    void start() {
        town.start();
        operator.signIn("operator", Town.PASSWORD).with("Accept", "*/*");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void aMonthIsMadeFromPatternsPeopleLeaveAndHolidaysAndGivesASpreadsheetAndACalendar() {
        var office = new RosterOffice(town, operator, 8);
        LocalDate holiday = monday.plusDays(1);
        HttpResponse<String> csv =
                operator.csv("/api/v1/holidays/csv?officeId=" + office.id, "\uFEFF%s,창립일\n\n".formatted(holiday));
        assertEquals(201, csv.statusCode(), csv.body());
        office.pattern("주간", "\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"", "09:00", "18:00", 1, 2);
        office.pattern("휴일", "\"sat\",\"sun\",\"holiday\"", "09:00", "18:00", 1, 2);
        office.pattern(
                "야간", "\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\",\"holiday\"", "18:00", "09:00", 1, 2);
        created(operator.post(
                "/api/v1/leaves", """
                {"caseworkerId": "%s", "fromDay": "%s", "toDay": "%s"}""".formatted(office.caseworkers.getFirst(), monday, monday.plusDays(2))));

        JsonNode preview = office.make(month, true);
        assertEquals(0, office.shifts().size(), "a preview saves nothing");
        JsonNode made = office.make(month, false);

        assertEquals(0, made.get("unfilled").size());
        assertEquals(preview.get("shifts"), made.get("shifts"));
        assertEquals(month.lengthOfMonth() * 4, office.shifts().size());
        List<Integer> nights = StreamSupport.stream(made.get("people").spliterator(), false)
                .filter(person -> !person.get("caseworkerId").asText().equals(office.caseworkers.getFirst()))
                .map(person -> person.get("nights").asInt())
                .sorted()
                .toList();
        assertTrue(nights.getLast() - nights.getFirst() <= 1, nights.toString());
        for (LocalDate day = monday; day.isBefore(monday.plusDays(3)); day = day.plusDays(1)) {
            for (String hour : List.of("T10:00", "T20:00")) {
                List<Integer> onCall = office.onCall(day + hour);
                assertEquals(2, onCall.size());
                assertTrue(!onCall.contains(0), "on leave");
            }
        }
        assertTrue(
                StreamSupport.stream(made.get("shifts").spliterator(), false)
                        .anyMatch(shift -> shift.get("pattern").asText().equals("휴일")
                                && shift.get("startsAt").asText().startsWith(holiday.toString())),
                "the holiday is one");
        assertEquals(0, office.make(month, false).get("shifts").size(), "what is filled stays");

        String sheet = "/api/v1/rosters/" + office.id + "/" + month;
        assertEquals(1, read(operator, sheet).get("gaps").size(), "before the first desk opens");
        String table = operator.get(sheet + "/roster.csv?reason=for%20the%20wall%20of%20the%20office")
                .body();
        assertTrue(table.startsWith("\uFEFF시작,끝,순번,이름,구분\r\n"), table.substring(0, 40));
        assertEquals(1 + month.lengthOfMonth() * 4, table.lines().count());
        HttpResponse<String> calendar = operator.get(sheet + "/roster.ics?reason=for%20the%20calendar");
        assertEquals(
                "text/calendar;charset=utf-8",
                calendar.headers().firstValue("Content-Type").orElseThrow().replace(" ", ""));
        assertEquals(month.lengthOfMonth() * 4, calendar.body().split("BEGIN:VEVENT", -1).length - 1);

        assertEquals(204, operator.delete(sheet).statusCode());
        assertEquals(0, office.shifts().size());
    }

    @Test
    void whatNobodyCanTakeIsNamedWithTheReason() {
        var office = new RosterOffice(town, operator, 1);
        office.pattern("야간", "\"mon\",\"tue\"", "18:00", "09:00", 1, 1);
        created(operator.post("/api/v1/leaves", """
                {"caseworkerId": "%s", "fromDay": "%s", "toDay": "%s"}""".formatted(
                        office.caseworkers.getFirst(), monday.plusDays(1), monday.plusDays(1))));

        JsonNode unfilled = office.make(month, false).get("unfilled");
        List<String> why = new ArrayList<>();
        unfilled.forEach(open -> why.add(open.get("whyEn").asText()));
        String name = town.text(
                "select name as text from caseworker where caseworker_id = :value",
                UUID.fromString(office.caseworkers.getFirst()));

        assertTrue(
                why.contains("야간, %s 18:00 to %s 09:00, position 1: %s is on leave or has left."
                        .formatted(monday, monday.plusDays(1), name)),
                why.toString());
        assertTrue(
                why.stream().anyMatch(text -> text.endsWith(name + " would have less than 11 hours of rest.")),
                why.toString());
    }

    @Test
    void aShiftThatOverlapsAnotherOfItsPersonOrItsPositionIsRefusedAndTheOtherNamed() {
        var office = new RosterOffice(town, operator, 2);
        String shift = created(office.shift(0, 1, monday + "T09:00", monday + "T18:00"))
                .get("shiftId")
                .asText();

        for (HttpResponse<String> refused : List.of(
                office.shift(0, 2, monday + "T17:59", monday + "T20:00"),
                office.shift(1, 1, monday + "T08:00", monday + "T09:01"))) {
            assertEquals(409, refused.statusCode(), refused.body());
            String detail = Client.json(refused).get("detail").asText();
            assertTrue(detail.contains("shift " + shift), detail);
            assertTrue(detail.contains(monday + " 09:00 to " + monday + " 18:00"), detail);
        }
        assertEquals(1, office.shifts().size());
        created(office.shift(1, 1, monday + "T18:00", monday + "T20:00"));
        created(office.shift(1, 2, monday + "T09:00", monday + "T18:00"));
    }

    @Test
    void ofTwoShiftsForOnePositionAtTheSameMomentOneIsSaved() throws InterruptedException, ExecutionException {
        var office = new RosterOffice(town, operator, 2);
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(IntStream.range(0, 2)
                    .<Callable<Integer>>mapToObj(
                            person -> () -> office.shift(person, 1, monday + "T09:00", monday + "T18:00")
                                    .statusCode())
                    .toList())) {
                answers.add(answer.get());
            }
        }

        assertEquals(List.of(201, 409), answers.stream().sorted().toList());
        assertEquals(1, office.shifts().size());
    }

    @Test
    void twoPeopleSwapUnlessOneWouldHaveTooLittleRest() {
        var office = new RosterOffice(town, operator, 3);
        LocalDate tuesday = monday.plusDays(1);
        String day = id(office.shift(0, 1, monday + "T09:00", monday + "T18:00"));
        String night = id(office.shift(1, 1, monday + "T18:00", tuesday + "T09:00"));
        String nextDay = id(office.shift(2, 1, tuesday + "T09:00", tuesday + "T18:00"));
        String late = id(office.shift(0, 2, tuesday + "T19:00", tuesday + "T22:00"));

        HttpResponse<String> tired = swap(night, late);
        assertEquals(409, tired.statusCode(), tired.body());
        assertTrue(tired.body().contains("11 hours"), tired.body());
        assertTrue(tired.body().contains("shift " + day), tired.body());
        assertEquals(200, swap(night, nextDay).statusCode());

        assertEquals(List.of(2), office.onCall(monday + "T20:00"));
        assertEquals(List.of(1), office.onCall(tuesday + "T10:00"));
        assertEquals(400, swap(day, day).statusCode(), "with itself");
    }

    @Test
    void overridesCountAndWhoeverIsOnLeaveOrHasLeftDoesNot() {
        var office = new RosterOffice(town, operator, 4);
        created(office.shift(0, 1, monday + "T09:00", monday + "T18:00"));
        created(office.shift(1, 2, monday + "T09:00", monday + "T18:00"));
        String override = created(office.override(2, 1, monday + "T12:00", monday + "T14:00"))
                .get("overrideId")
                .asText();

        assertEquals(List.of(0, 1), office.onCall(monday + "T11:00"));
        assertEquals(List.of(2, 1), office.onCall(monday + "T13:00"));
        assertEquals(
                409, office.override(3, 1, monday + "T13:00", monday + "T15:00").statusCode());
        JsonNode now = office.nowAndNext(monday + "T11:00");
        assertEquals(
                office.caseworkers.get(0), now.at("/now/people/0/caseworkerId").asText());
        assertEquals(monday + "T12:00:00+09:00", now.at("/next/from").asText());
        assertEquals(
                office.caseworkers.get(2), now.at("/next/people/0/caseworkerId").asText());
        assertTrue(now.at("/next/people/0/standsIn").asBoolean());

        assertEquals(
                204, operator.delete("/api/v1/on-call-overrides/" + override).statusCode());
        assertEquals(List.of(0, 1), office.onCall(monday + "T13:00"));
        JsonNode leave =
                created(operator.post("/api/v1/leaves", """
                {"caseworkerId": "%s", "fromDay": "%s", "toDay": "%s"}""".formatted(office.caseworkers.getFirst(), monday, monday)));
        assertEquals(1, leave.get("openedShiftIds").size());
        assertEquals(List.of(1), office.onCall(monday + "T13:00"));
        assertEquals(
                200,
                operator.post("/api/v1/caseworkers/" + office.caseworkers.get(1) + "/left", "{}")
                        .statusCode());
        assertEquals(List.of(), office.onCall(monday + "T13:00"));
        assertEquals(
                409, office.shift(1, 3, monday + "T09:00", monday + "T10:00").statusCode());
    }

    @Test
    void aNightCentresPeopleAnswerForTheCoveredOfficeAtNight() {
        var office = new RosterOffice(town, operator, 1);
        var centre = new RosterOffice(town, operator, 2);
        created(office.shift(0, 1, monday + "T09:00", monday + "T18:00"));
        created(centre.shift(0, 1, monday + "T00:00", monday.plusDays(2) + "T00:00"));
        created(centre.shift(1, 2, monday + "T00:00", monday.plusDays(2) + "T00:00"));
        String settings = """
                {"nightCentre": {"officeId": "%s", "from": "18:00", "to": "09:00", "onDaysOff": true}}""";
        assertEquals(
                200,
                operator.put("/api/v1/offices/" + office.id + "/roster-settings", settings.formatted(centre.id))
                        .statusCode());

        assertEquals(List.of(0), office.onCall(monday + "T10:00"));
        JsonNode night = office.nowAndNext(monday + "T20:00");
        assertEquals(2, night.at("/now/people").size());
        assertEquals(
                centre.caseworkers.getFirst(),
                night.at("/now/people/0/caseworkerId").asText());
        assertTrue(night.at("/now/people/0/nightCentre").asBoolean());
        assertEquals(
                monday.plusDays(1) + "T09:00:00+09:00", night.at("/next/from").asText());
        assertEquals(
                409,
                operator.put("/api/v1/offices/" + centre.id + "/roster-settings", settings.formatted(office.id))
                        .statusCode(),
                "no centre is covered itself");
    }

    @Test
    void supervisorsChangeTheirOwnOfficesRosterAndCaseworkersSeeIt() {
        var office = new RosterOffice(town, operator, 0);
        String boss = created(operator.post("/api/v1/caseworkers", """
                {"officeId": "%s", "name": "정팀장", "phone": "+821098760001", "login": "boss",
                 "password": "a long first password"}""".formatted(office.id)))
                .get("caseworkerId")
                .asText();
        office.caseworkers.add(boss);
        var client = new Client(town.url).as("boss", "a long first password");
        String shift = """
                {"officeId": "%s", "caseworkerId": "%s", "position": 1, "startsAt": "%s", "endsAt": "%s"}""".formatted(office.id, boss, at(monday + "T09:00"), at(monday + "T18:00"));

        assertEquals(403, client.post("/api/v1/on-call-shifts", shift).statusCode());
        assertEquals(
                200,
                operator.post("/api/v1/caseworkers/" + boss + "/change", "{\"duty\": \"supervisor\"}")
                        .statusCode());
        created(client.post("/api/v1/on-call-shifts", shift));
        assertEquals(200, client.get("/api/v1/on-call?officeId=" + office.id).statusCode());
        assertEquals(
                1,
                Client.json(client.get("/api/v1/on-call-shifts")).get("shifts").size());
        String other = town.text("select office_id::text as text from office where office_no = :value", 2);
        assertEquals(400, client.get("/api/v1/on-call?officeId=" + other).statusCode());
        assertEquals(
                403,
                client.post("/api/v1/holidays", "{\"day\": \"2027-01-01\", \"name\": \"신정\"}")
                        .statusCode(),
                "every office's holidays are the operators'");
        assertEquals(1, town.list("""
                        select action as text from audit_event where actor = :value and action = 'shift-added'""", "boss").size());
    }

    @Test
    void patternsThatNeedAPositionTwiceAreRefused() {
        var office = new RosterOffice(town, operator, 1);
        String night = office.pattern("야간", "\"sun\"", "18:00", "09:00", 1, 2);
        HttpResponse<String> clash = operator.post("/api/v1/shift-patterns", """
                {"officeId": "%s", "name": "새벽", "days": ["mon"], "startsAt": "06:00", "endsAt": "12:00", "position": 2,
                 "people": 1}""".formatted(office.id));

        assertEquals(409, clash.statusCode(), clash.body());
        assertTrue(clash.body().contains(night), clash.body());
        HttpResponse<String> wrong = operator.post("/api/v1/shift-patterns", """
                {"officeId": "%s", "name": "x", "days": ["funday"], "startsAt": "06:00", "endsAt": "12:00"}""".formatted(office.id));
        assertEquals(400, wrong.statusCode());
        assertEquals("days", Client.json(wrong).at("/errors/0/field").asText());
    }

    @Test
    void aWrongLineOfAHolidayFileSavesNoneOfIt() {
        HttpResponse<String> wrong = operator.csv("/api/v1/holidays/csv", "2031-01-01,신정\n2031-13-01,없는 날\n");

        assertEquals(400, wrong.statusCode(), wrong.body());
        assertEquals("line 2", Client.json(wrong).at("/errors/0/field").asText());
        assertEquals(0, read(operator, "/api/v1/holidays?year=2031").size());
        assertEquals(
                201, operator.csv("/api/v1/holidays/csv", "2031-01-01,신정\n").statusCode());
        assertEquals(
                "신정", read(operator, "/api/v1/holidays?year=2031").at("/0/name").asText());
        assertEquals(204, operator.delete("/api/v1/holidays/2031-01-01").statusCode());
        assertEquals(404, operator.delete("/api/v1/holidays/2031-01-01").statusCode());
    }

    @Test
    void aTeamsPeopleAloneTakeItsPattern() {
        var office = new RosterOffice(town, operator, 4);
        String team = created(operator.post("/api/v1/teams", """
                {"officeId": "%s", "name": "야간팀", "caseworkerIds": ["%s", "%s"]}""".formatted(
                                office.id, office.caseworkers.get(1), office.caseworkers.get(2))))
                .get("teamId")
                .asText();
        created(operator.post("/api/v1/shift-patterns", """
                {"officeId": "%s", "teamId": "%s", "name": "야간", "days": ["mon", "wed"], "startsAt": "22:00",
                 "endsAt": "06:00", "people": 1}""".formatted(office.id, team)));
        JsonNode made = office.make(month, false);

        made.get("shifts")
                .forEach(shift -> assertTrue(List.of(1, 2)
                        .contains(office.caseworkers.indexOf(
                                shift.get("caseworkerId").asText()))));
        assertTrue(made.get("shifts").size() >= 8);
        assertEquals(409, operator.delete("/api/v1/teams/" + team).statusCode(), "a pattern needs it");
    }

    private HttpResponse<String> swap(String shift, String with) {
        return operator.post("/api/v1/on-call-shifts/" + shift + "/swap", "{\"withShiftId\": \"%s\"}".formatted(with));
    }

    private static String id(HttpResponse<String> shift) {
        return created(shift).get("shiftId").asText();
    }
}
