package kr.dolbom.caseworker;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.Charset;
import java.util.List;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.browser.Chromium;
import kr.dolbom.caseworker.browser.Screen;
import kr.dolbom.caseworker.browser.Visitor;
import kr.dolbom.caseworker.database.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// People and settings as a supervisor sees them in a browser: every tab fits and can be read, a file with bad rows is
/// refused row by row, a mended one is imported, a threshold is replayed while one waits.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleBrowserTest {
    private static final String TITLES = "이름,출생 연도,동,주소,전화번호,담당자\r\n";

    private final Town town = new Town();
    private String office = "";

    @BeforeAll
    void start() {
        town.execute("update caseworker set duty = 'supervisor' where caseworker_no = 2");
        town.execute("""
                insert into resident (office_no, caseworker_no, name, birth_year, neighbourhood, address, phone)
                values (1, 1, '박순자', 1938, '마두동', '무궁화로 41, 1204호', '+82319002345'),
                       (1, 1, '이정숙', 1944, '주엽동', '주엽로 8, 203호', null),
                       (1, null, '최복순', 1936, '대화동', '대화2로 77, 지하 1호', '+821047281190'),
                       (1, 1, '한말년', 1932, '마두동', '강촌로 115, 904호', '+82319007788')""");
        town.execute("""
                insert into guardian (resident_no, name, relation, phone, consented_at, withdrawn_at)
                values (1, '김지은', '딸', '+821055550005', now(), null),
                       (2, '박성호', '아들', '+821066660006', now(), now()),
                       (3, '오미자', '이웃', '+821077770007', null, null)""");
        town.start();
        town.transactions.run(connection -> Accounts.add(connection, "junho", PASSWORD, Role.SUPERVISOR, 2));
        office = town.text("select office_id::text as text from office where office_no = :value", 1);
    }

    @AfterAll
    void close() {
        town.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE", "PHONE_DARK"})
    void everyTabFitsAndCanBeRead(Screen screen) {
        String resident = town.text("select resident_id::text as text from resident where resident_no = :value", 1);
        String caseworker =
                town.text("select caseworker_id::text as text from caseworker where caseworker_no = :value", 1);
        try (Visitor junho = Chromium.visit(town.url, screen).signIn("junho", PASSWORD)) {
            junho.open("/people").assertGood().picture("people");
            for (String path : List.of(
                    "guardians",
                    "residents/" + resident,
                    "residents/" + resident + "/guardians",
                    "caseworkers",
                    "caseworkers/" + caseworker,
                    "offices",
                    "policies",
                    "policies/" + office + "/urgent",
                    "thresholds",
                    "import")) {
                junho.open("/people/" + path).assertGood();
                assertEquals(
                        true,
                        junho.page().evalOnSelectorAll(".tabs [aria-current]", """
                                tabs => tabs.every(tab => {
                                  const own = tab.getBoundingClientRect();
                                  return own.left >= 0 && own.right <= innerWidth;
                                })"""),
                        "the open tab of " + path + " is in sight");
                junho.picture("people-" + path.replaceAll("[0-9a-f-]{36}/?", "").replace('/', '-'));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void theWayBackFromAPersonLeadsToASearchThatWorks(Screen screen) {
        try (Visitor junho = Chromium.visit(town.url, screen).signIn("junho", PASSWORD)) {
            Page page = junho.open("/people").page();
            page.fill("#name", "순자");
            page.click(".seek button");
            assertThat(page.locator(".people-cards tbody tr")).hasCount(1);
            assertThat(page.locator("#name")).hasValue("순자");
            assertEquals(town.url + "/people", page.url(), "no name in an address");
            page.click(".people-cards tbody th a");
            assertThat(page.locator("h1")).hasText("박순자");
            page.goBack();
            assertThat(page.locator(".people-cards tbody tr").nth(1)).isVisible();
            page.fill("#name", "복순");
            page.press("#name", "Enter");
            assertThat(page.locator(".people-cards tbody tr")).hasCount(1);
            junho.assertGood();

            page.navigate(town.url + "/people/guardians");
            page.fill("#name", "지은");
            page.click(".seek button");
            assertThat(page.locator(".people-cards tbody tr")).hasCount(1);
            page.click(".people-cards tbody td a");
            page.waitForURL("**/guardians");
            page.goBack();
            assertThat(page.locator(".people-cards tbody tr").nth(1)).isVisible();

            page.navigate(town.url + "/audit");
            page.fill("#name", "순자");
            page.click("#seek");
            assertThat(page.locator("#found")).containsText("박순자");
            assertThat(page.locator("#seek")).isFocused();
            page.click(".sections a[href='/people']");
            page.goBack();
            assertThat(page.locator("#seek")).isVisible();
        }
    }

    @Test
    void aSearchByWhomeverIsNoLongerSignedInLeadsToThePageThatAsksThemTo() {
        try (Visitor junho =
                Chromium.visit(town.url, Screen.DESKTOP).expect(".*").signIn("junho", PASSWORD)) {
            Page page = junho.open("/people").page();
            page.context().clearCookies();
            page.fill("#name", "순자");
            page.click(".seek button");
            page.waitForURL("**/sign-in*");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE_DARK"})
    void aFileWithBadRowsIsRefusedRowByRowAndAMendedOneIsImported(Screen screen) {
        String year = Integer.toString(1920 + List.of(Screen.values()).indexOf(screen));
        try (Visitor junho = Chromium.visit(town.url, screen).signIn("junho", PASSWORD)) {
            Page page = junho.open("/people/import").page();
            bring(page, """
                    정옥순,%1$s,대화동,"대화로 3, 2호",031-900-0001,이민지
                    ,41,대화동,,12,없는 담당
                    김영자,1941,마두동,마두로 9,,
                    정옥순,%1$s,대화동,대화로 4,,
                    신금례,1939,주엽동,주엽로 2,031-900-1234,
                    """.formatted(year).replace("\n", "\r\n"));
            page.waitForSelector("table.misfits");
            assertTrue(page.textContent("table.misfits").contains("2행과 같은 사람입니다"));
            assertTrue(page.textContent("table.misfits").contains("이미 김영자 님의 번호입니다"));
            assertEquals(0, page.locator("form[action$='/confirm']").count(), "nothing to confirm");
            junho.assertGood().picture("import");

            page.navigate(town.url + "/people/import");
            bring(page, "정옥순,%s,대화동,\"대화로 3, 2호\",,이민지\r\n".formatted(year));
            page.fill("#reason", "연말 명단");
            junho.assertGood().picture("import-good");
            page.click("form[action$='/confirm'] button");
            page.waitForSelector("text=모두 등록했습니다.");
            junho.assertGood();
            page.navigate(town.url + "/people");
            page.waitForSelector("text=정옥순");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void aThresholdIsReplayedWhileOneWaits(Screen screen) {
        town.execute("truncate risk_preview, risk_setting_change cascade");
        try (Visitor junho = Chromium.visit(town.url, screen).signIn("junho", PASSWORD)) {
            Page page = junho.open("/people/thresholds").page();
            page.fill("[name='caps.urgent']", "14h");
            page.click("form[action$='/previews'] button");
            page.waitForSelector("text=판단 엔진을 기다리고 있습니다.");
            junho.assertGood();
            answerPreviews(town);
            page.waitForSelector("text=이 기준이었다면 지난 30일 동안 알림이 주 3건 더 있었고, 1건을 4시간 먼저 찾았을 것입니다.");
            junho.assertGood().picture("people-preview");
            page.fill("#reason", "지난주 낙상");
            page.click("form[action$='/apply'] button");
            page.waitForSelector("text=새 기준을 적용했습니다.");
            junho.assertGood();
            page.click("form[action$='/return'] button");
            page.waitForSelector("text=이전 값으로 되돌렸습니다.");
        }
    }

    /// As `kr.dolbom.risk.preview.Result` writes it.
    static void answerPreviews(Town town) {
        String result = """
                    {
                      "from":"2026-03-01T00:00:00Z","to":"2026-03-31T00:00:00Z","residents":1204,"residentsReplayed":500,
                      "caseworkers":12,"personDays":15000,"enoughData":true,
                      "now":{"urgent":{"count":60,"per30PersonDays":0.12,"perDay":1.6,"perWorkerAndDay":0.13},
                        "checkIn":{"count":90,"per30PersonDays":0.18,"perDay":2.4,"perWorkerAndDay":0.2},
                        "injectedSilences":{"count":300,"medianHours":6.5,"daytimeMedianHours":5.5,"p90Hours":12}},
                      "proposed":{"urgent":{"count":76,"per30PersonDays":0.15,"perDay":2.03,"perWorkerAndDay":0.17},
                        "checkIn":{"count":88,"per30PersonDays":0.18,"perDay":2.3,"perWorkerAndDay":0.19},
                        "injectedSilences":{"count":300,"medianHours":5.5,"daytimeMedianHours":4.5,"p90Hours":10}},
                      "trueCases":{"ofSilence":3,"foundNow":3,"foundProposed":3,"lost":0,"ofOtherFamilies":1,"cases":[
                        {"alertId":"0195e5a0-0000-7000-8000-0000000000aa","residentId":"0195e5a0-0000-7000-8000-0000000000ab",
                         "raisedAt":"2026-03-03T00:00:00Z","verdict":"earlier","hoursLater":-4.0}]}}""";
        town.transactions.run(
                connection -> Sql.on(connection, """
                        update risk_preview set state = 'done', progress = 1, finished_at = now(), result = :result::jsonb""").with("result", result).update());
    }

    private static void bring(Page page, String rows) {
        byte[] content = (TITLES + rows).getBytes(Charset.forName("MS949"));
        page.setInputFiles("#file", new FilePayload("어르신.csv", "text/csv", content));
        page.click("form[enctype] button");
    }
}
