package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.RosterOffice.created;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.browser.Chromium;
import kr.dolbom.caseworker.browser.Screen;
import kr.dolbom.caseworker.browser.Visitor;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The roster's page in a browser: seen, swapped by form and by drag, filled.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RosterBrowserTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final List<String> NAMES = List.of("이민지", "박준호", "최서연", "정하늘", "강도윤", "윤가람");

    private final LocalDate today = LocalDate.now(SEOUL);
    private final YearMonth month = YearMonth.from(today).plusMonths(1);
    private final LocalDate monday = month.atDay(8).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));

    private final Town town = new Town();
    private final Client operator = new Client(town.url);
    private RosterOffice office;
    private RosterOffice empty;

    @BeforeAll
    void start() {
        town.start();
        operator.signIn("operator", Town.PASSWORD).with("Accept", "*/*");
        empty = new RosterOffice(town, operator, 1);
        office = new RosterOffice(town, operator, 6);
        town.execute("update office set short_name = '수원시 노인복지과' where office_no = " + office.number);
        IntStream.range(0, NAMES.size())
                .forEach(i -> town.execute("update caseworker set name = '%s' where caseworker_id = '%s'"
                        .formatted(NAMES.get(i), office.caseworkers.get(i))));
        String supervisor = office.add();
        town.execute("update caseworker set name = '한과장', duty = 'supervisor' where caseworker_id = '%s'"
                .formatted(supervisor));
        office.live();
        account("han", Role.CASEWORKER, supervisor);
        account("minji", Role.CASEWORKER, office.caseworkers.getFirst());
        operator.csv("/api/v1/holidays/csv?officeId=" + office.id, "%s,창립일\n".formatted(monday.plusDays(4)));
        created(operator.post("/api/v1/leaves", """
                {"caseworkerId": "%s", "fromDay": "%s", "toDay": "%s"}""".formatted(office.caseworkers.get(5), monday, monday.plusDays(2))));
        office.pattern("주간", "\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"", "09:00", "18:00", 1, 2);
        office.pattern("휴일", "\"sat\",\"sun\",\"holiday\"", "09:00", "18:00", 1, 2);
        office.pattern(
                "야간", "\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\",\"holiday\"", "18:00", "09:00", 1, 2);
        // Somebody is on call now.
        String since = LocalDateTime.now(SEOUL).truncatedTo(ChronoUnit.HOURS).toString();
        String until = LocalDateTime.now(SEOUL)
                .truncatedTo(ChronoUnit.HOURS)
                .plusHours(9)
                .toString();
        created(office.shift(4, 1, since, until));
        created(office.shift(5, 2, since, until));
        // By hand: two desks of a Monday, and nobody in the night between them and Tuesday's.
        created(office.shift(0, 1, monday + "T09:00", monday + "T18:00"));
        created(office.shift(1, 2, monday + "T09:00", monday + "T18:00"));
        created(office.shift(2, 1, monday.plusDays(1) + "T09:00", monday.plusDays(1) + "T18:00"));
        created(office.shift(3, 1, monday.plusDays(2) + "T09:00", monday.plusDays(2) + "T18:00"));
        created(office.shift(4, 2, monday.plusDays(2) + "T09:00", monday.plusDays(2) + "T18:00"));
    }

    private void account(String login, String role, String caseworkerId) {
        int number = Integer.parseInt(town.text(
                "select caseworker_no::text as text from caseworker where caseworker_id = :value",
                java.util.UUID.fromString(caseworkerId)));
        town.transactions.run(connection -> Accounts.add(connection, login, Town.PASSWORD, role, number));
    }

    @AfterAll
    void close() {
        town.close();
    }

    private String page(String view, LocalDate day) {
        return "/roster?office=" + office.id + "&view=" + view + "&day=" + day;
    }

    @Test
    void aGapIsRedSaysSoAndHowLongAndIsFilledByItsForm() {
        try (Visitor visitor = Chromium.visit(town.url, Screen.DESKTOP).signIn("operator", Town.PASSWORD)) {
            visitor.open(page("week", monday.plusWeeks(1)));
            Locator gap = visitor.page().locator(".day:nth-child(3) .gap");
            assertEquals("비어 있음 종일 24시간", gap.textContent());
            assertEquals(
                    "rgb(179, 22, 27)",
                    gap.evaluate("gap => getComputedStyle(gap).color"),
                    "the red of the stylesheet");

            gap.click();
            visitor.page().selectOption("#add-caseworker", office.caseworkers.get(2));
            visitor.page().click("#add form button");

            assertEquals("근무를 넣었습니다.", visitor.page().textContent(".notice"));
            assertEquals(0, visitor.page().locator(".day:nth-child(3) .gap").count());
        }
    }

    @Test
    void twoPeopleSwapByTheFormAndBackByDragging() {
        try (Visitor visitor = Chromium.visit(town.url, Screen.DESKTOP).signIn("han", Town.PASSWORD)) {
            visitor.expect("409").open(page("week", monday));
            Locator first = visitor.page().locator(".day:nth-child(2) .shift.primary");
            Locator third = visitor.page().locator(".day:nth-child(4) .shift.primary");
            assertEquals("이민지", first.locator("strong").textContent());

            first.click();
            visitor.page().selectOption("#swap-second", third.getAttribute("data-shift"));
            visitor.page().click("#swap-do");
            assertEquals("정하늘", first.locator("strong").textContent());
            assertEquals("이민지", third.locator("strong").textContent());

            first.dragTo(third);
            assertTrue(visitor.page().textContent("#swap-told").contains("↔"));
            visitor.page().click("#swap-do");
            assertEquals("이민지", first.locator("strong").textContent());
            assertEquals("두 근무의 담당자를 바꾸었습니다.", visitor.page().textContent(".notice"));

            first.click();
            visitor.page()
                    .selectOption(
                            "#swap-second",
                            visitor.page()
                                    .locator(".day:nth-child(4) .shift:not(.primary)")
                                    .getAttribute("data-shift"));
            visitor.page().selectOption("#swap-first", first.getAttribute("data-shift"));
            office.override(0, 3, monday.plusDays(2) + "T10:00", monday.plusDays(2) + "T12:00");
            visitor.page().click("#swap-do");
            assertTrue(visitor.page().textContent("[role=alert]").contains("두 근무를 하게 됩니다"));
            visitor.assertGood();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void twoPeopleSwapOnEveryScreen(Screen screen) {
        LocalDate week = monday.plusWeeks(screen == Screen.PHONE ? 2 : 3);
        created(office.shift(0, 1, week + "T09:00", week + "T18:00"));
        created(office.shift(3, 1, week.plusDays(2) + "T09:00", week.plusDays(2) + "T18:00"));
        try (Visitor visitor = Chromium.visit(town.url, screen).signIn("han", Town.PASSWORD)) {
            visitor.open(page("week", week));
            Locator first = visitor.page().locator(".day:nth-child(2) .shift.primary");
            Locator third = visitor.page().locator(".day:nth-child(4) .shift.primary");
            assertEquals("이민지", first.locator("strong").textContent());

            first.click();
            visitor.page().selectOption("#swap-second", third.getAttribute("data-shift"));
            visitor.page().click("#swap-do");

            assertEquals("두 근무의 담당자를 바꾸었습니다.", visitor.page().textContent(".notice"));
            assertEquals("정하늘", first.locator("strong").textContent());
            assertEquals("이민지", third.locator("strong").textContent());
            visitor.assertGood();
        }
    }

    @Test
    void aCaseworkerSeesTheOwnShiftsAndWhomToAskAndChangesNothing() {
        Client minji = new Client(town.url).signIn("minji", Town.PASSWORD);

        String page = minji.get(page("week", monday)).body();

        assertTrue(page.contains("내 근무"), page);
        assertTrue(page.contains("한과장") && page.contains("href=\"tel:+82"), page);
        assertFalse(page.contains("swap-form"), page);
        String shift = office.shifts().get(0).get("shiftId").asText();
        assertEquals(
                403,
                minji.form("/roster/shift/" + shift + "/remove", Map.of("x", ""))
                        .statusCode());
        assertEquals(
                404,
                minji.get("/roster?office=" + empty.id + "&view=week&day=" + monday)
                        .statusCode(),
                "another office");
    }

    @Test
    void anOfficeWithoutAPrimarySaysSoAndARefusedEntryIsStillInItsForm() {
        var night = new RosterOffice(town, operator, 3);
        String primary = night.open(0, 1, town.clock.instant().minusSeconds(60));
        String backup = night.open(1, 2, town.clock.instant().minusSeconds(60));
        Client desk = new Client(town.url).signIn("operator", Town.PASSWORD);
        String roster = "/roster?office=" + night.id + "&view=week";
        Document page = Jsoup.parse(desk.get(roster).body());
        assertTrue(page.select(".watches h2").text().contains("따로 정할 때까지"), page.text());
        assertFalse(page.text().contains("때까지까지"), page.text());
        assertTrue(page.select(".drag-hint").text().contains("대신 근무를 넣어 주세요"), page.text());

        String shift = night.shifts().get(0).get("shiftId").asText();
        Element asks = Jsoup.parse(desk.get(roster + "&shift=" + shift).body())
                .select("form[action='/roster/shift/" + shift + "/remove'] details.ask")
                .first();
        assertFalse(Objects.requireNonNull(asks).hasAttr("open"), "one press opens the question alone");

        Map<String, String> wrong = Map.of(
                "office",
                night.id,
                "view",
                "week",
                "day",
                monday.toString(),
                "caseworker",
                backup,
                "position",
                "1",
                "from",
                monday + "T09:00",
                "to",
                monday + "T18:00");
        Document refused = Jsoup.parse(desk.form("/roster/shift", wrong).body());
        assertTrue(refused.select("[role=alert]").text().contains("부터 따로 정할 때까지"), refused.text());
        assertTrue(refused.select("#add").hasAttr("open"));
        assertEquals(backup, refused.select("#add-caseworker option[selected]").val());
        assertEquals(monday + "T18:00", refused.select("#add-to").val());

        Map<String, String> place = Map.of("office", night.id, "view", "week");
        assertEquals(303, desk.form("/roster/shift/" + shift + "/remove", place).statusCode());
        Document after = Jsoup.parse(desk.get(roster + "&done=remove").body());
        assertTrue(after.select("[role=status]").text().contains("이제 비어 있습니다"), after.text());
        assertTrue(after.select(".problems").text().contains("주 당직 자리가 비어 있습니다"), after.text());
        assertEquals("예비 당직", after.select(".watches .people .soft").eachText().getFirst());
        Document contacts = Jsoup.parse(desk.get("/contacts").body());
        String line = contacts.select("[href$=" + phone(backup).substring(1) + "]")
                .parents()
                .eachText()
                .getFirst();
        assertTrue(line.contains("예비 당직 · 2순번"), line);
        assertFalse(primary.equals(backup));
    }

    @Test
    void aNewOfficeGetsItsShiftPatternsOnThePageThatNeedsThem() {
        var young = new RosterOffice(town, operator, 4);
        Client desk = new Client(town.url).signIn("operator", Town.PASSWORD);
        String plan = "/roster/plan?office=" + young.id + "&month=" + month;
        Document empty = Jsoup.parse(desk.get(plan).body());
        assertTrue(empty.select("[role=alert]").text().contains("이 화면 아래에서"), empty.text());
        assertTrue(empty.select("#patterns details").hasAttr("open"));

        Map<String, String> night = new TreeMap<>(Map.of(
                "office",
                young.id,
                "month",
                month.toString(),
                "name",
                "야간",
                "from",
                "18:00",
                "to",
                "09:00",
                "position",
                "1",
                "people",
                "2"));
        Document dayless = Jsoup.parse(desk.form("/roster/plan/pattern", night).body());
        assertEquals("요일을 하나는 골라 주세요.", dayless.select("#patterns .fault").text());
        assertEquals("야간", dayless.select("#pattern-name").val());
        assertEquals(
                0, dayless.select("#patterns input[type=checkbox][checked]").size(), "as it was sent");

        night.put("day-mon", "yes");
        night.put("day-holiday", "yes");
        HttpResponse<String> added = desk.form("/roster/plan/pattern", night);
        assertEquals(303, added.statusCode(), added.body());
        Document filled = Jsoup.parse(
                desk.get(added.headers().firstValue("Location").orElseThrow()).body());
        assertEquals("근무 형태를 넣었습니다.", filled.select("[role=status]").text());
        assertEquals(
                "월·공휴일 18:00–다음 날 09:00 · 1순번부터 2명",
                filled.select("#patterns .people .soft").text());
        assertTrue(filled.select(".lead").text().contains("빈 순번"), filled.text());

        HttpResponse<String> twice = desk.form("/roster/plan/pattern", night);
        assertEquals(409, twice.statusCode());
        assertTrue(
                Jsoup.parse(twice.body()).select("[role=alert]").text().contains("‘야간’(18:00–09:00, 순번 1–2)"),
                twice.body());

        String remove = filled.select("#patterns form[action$=remove]").attr("action");
        assertEquals(
                303,
                desk.form(remove, Map.of("office", young.id, "month", month.toString()))
                        .statusCode());
        assertEquals(
                0,
                Jsoup.parse(desk.get(plan).body())
                        .select("#patterns .people li")
                        .size());

        assertEquals(0, empty.select("#pattern-team").size(), "an office without teams has nothing to choose");
        assertEquals(
                201,
                operator.post("/api/v1/teams", """
                        {"officeId": "%s", "name": "야간팀", "caseworkerIds": ["%s"]}""".formatted(young.id, young.caseworkers.getFirst()))
                        .statusCode());
        String team = Jsoup.parse(desk.get(plan).body())
                .select("#pattern-team option:contains(야간팀)")
                .val();
        night.put("team", young.id);
        Document wrong = Jsoup.parse(desk.form("/roster/plan/pattern", night).body());
        assertEquals("이 부서의 팀에서 골라 주세요.", wrong.select("#pattern-team-fault").text());
        night.put("team", team);
        assertEquals(303, desk.form("/roster/plan/pattern", night).statusCode());
        assertEquals(
                "야간팀 · 월·공휴일 18:00–다음 날 09:00 · 1순번부터 2명",
                Jsoup.parse(desk.get(plan).body())
                        .select("#patterns .people .soft")
                        .text());
    }

    private String phone(String caseworkerId) {
        return town.text(
                "select phone as text from caseworker where caseworker_id = :value",
                java.util.UUID.fromString(caseworkerId));
    }

    @Test
    void aDownloadWantsAReasonWhichIsNoted() {
        String month = this.month.toString();
        assertEquals(
                400,
                operator.form("/roster/export", Map.of("office", office.id, "month", month, "reason", ""))
                        .statusCode());
        HttpResponse<String> file = operator.form(
                "/roster/export",
                Map.of("office", office.id, "month", month, "format", "csv", "reason", "과 회의에서 함께 볼 근무표"));

        assertEquals(200, file.statusCode());
        assertTrue(file.body().contains("이민지") && !file.body().contains("+82"), file.body());
        assertEquals(
                List.of("과 회의에서 함께 볼 근무표"),
                town.list(
                        "select detail ->> 'reason' as text from audit_event where action = :value",
                        "roster-exported"));
    }

    @Test
    void aMonthIsFilledAsItsDraftShowed() {
        YearMonth later = month.plusMonths(1);
        String day = later.atDay(12).toString();
        try (Visitor visitor = Chromium.visit(town.url, Screen.DESKTOP).signIn("operator", Town.PASSWORD)) {
            visitor.open("/roster/plan?office=" + office.id + "&month=" + later);
            visitor.picture("roster-plan").assertGood();
            assertTrue(visitor.page().textContent(".lead").contains("아직 저장하지 않았습니다"));
            visitor.page().click("text=이대로 당직표에 넣기");
            assertEquals("당직표를 채웠습니다.", visitor.page().textContent(".notice"));
        }
        town.execute("""
                delete from on_call_shift where office_no = %d and starts_at = '%sT18:00+09'""".formatted(office.number, day));
        for (Screen screen : List.of(Screen.DESKTOP, Screen.PHONE, Screen.DESKTOP_DARK)) {
            try (Visitor visitor = Chromium.visit(town.url, screen).signIn("operator", Town.PASSWORD)) {
                visitor.open(page("month", later.atDay(1)));
                assertEquals(
                        "비어 있음 18:00–24:00 6시간",
                        visitor.page()
                                .locator(".day:has(.full:text('%d월 12일')) .gap".formatted(later.getMonthValue()))
                                .first()
                                .textContent());
                visitor.picture("roster-month").assertGood();
                visitor.open(page("week", later.atDay(12)));
                visitor.picture("roster").assertGood();
            }
        }
    }
}
