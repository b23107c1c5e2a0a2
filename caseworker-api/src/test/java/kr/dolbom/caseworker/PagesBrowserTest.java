package kr.dolbom.caseworker;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kr.dolbom.caseworker.Town.PASSWORD;
import static kr.dolbom.caseworker.Town.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/// The pages that have no browser test of their own, and what holds for the others too: they are read at 200 %, in a
/// column of 320 px, with wide text, and the summary of an alert is one sheet of paper.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesBrowserTest {
    private static final String OWN = "a password of my own";
    private static final int MANY_ROUTES = 100;

    private final Town town = new Town().with("dolbom.totp.roles", "auditor");
    private String alert;

    @BeforeAll
    void start() {
        town.start();
        town.execute("update caseworker set duty = 'supervisor' where caseworker_no = 2");
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "junho", PASSWORD, Role.SUPERVISOR, 2));
        alert = raise();
    }

    @AfterAll
    void close() {
        town.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void everyStepOfSigningInIsGood(Screen screen) {
        try (Visitor stranger = Chromium.visit(town.url, screen).expect("40[01]")) {
            Page page = stranger.open("/sign-in").page();
            stranger.assertGood().picture("sign-in");
            type(page, "minji", "not the password");
            assertThat(page.locator("[role=alert]")).isVisible();
            stranger.assertGood().picture("sign-in-wrong");

            type(page, screen.word(), firstPassword(screen.word()));
            page.waitForURL("**/sign-in/change");
            stranger.assertGood().picture("sign-in-change");
            page.fill("[name=password]", "short");
            page.fill("[name=again]", "shorter");
            page.evaluate("() => document.querySelector('main form').submit()");
            assertThat(page.locator("[role=alert]")).isVisible();
            stranger.assertGood();
            page.fill("[name=password]", OWN);
            page.fill("[name=again]", OWN);
            page.click("main form button");
            page.waitForURL("**/sign-in/enrol");
            stranger.assertGood().picture("sign-in-enrol");
            String secret = page.locator("main code").textContent();
            page.fill("[name=code]", Codes.at(town.clock.instant(), secret));
            page.click("main form button");
            assertThat(page.locator(".codes li")).hasCount(10);
            stranger.assertGood().picture("sign-in-recovery");
            page.click("main a.button");
            assertThat(page.locator("h1")).isVisible();

            page.click(".me button");
            page.waitForURL("**/sign-in*");
            town.clock.pass(Duration.ofMinutes(1));
            type(page, screen.word(), OWN);
            page.waitForURL("**/sign-in/code");
            stranger.assertGood().picture("sign-in-code");
            page.fill("[name=code]", "000000");
            page.click("main form button");
            assertThat(page.locator("[role=alert]")).isVisible();
            stranger.assertGood();
        }
    }

    /// An auditor who has got a password from somebody else and has no one-time codes yet.
    private String firstPassword(String login) {
        Client operator = new Client(town.url).signIn("operator", PASSWORD);
        String added = operator.form("/accounts", Map.of("login", login, "role", "auditor"))
                .body();
        Matcher told = Pattern.compile("<code class=\"first\">([^<]+)</code>").matcher(added);
        assertTrue(told.find(), added);
        return told.group(1);
    }

    private static void type(Page page, String login, String password) {
        page.fill("[name=login]", login);
        page.fill("[name=password]", password);
        page.click("main form button");
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void accountsAndTheAuditChainsCheckAreGood(Screen screen) {
        try (Visitor junho = Chromium.visit(town.url, screen).signIn("junho", PASSWORD)) {
            Page page = junho.open("/me").page();
            junho.assertGood().picture("me");
            page.fill("#begin-password", PASSWORD);
            page.click("form[action='/me/codes/begin'] button");
            assertThat(page.locator("svg.qr")).isVisible();
            junho.assertGood().picture("me-codes");
            junho.open("/accounts");
            for (var summary : page.locator("main summary").all()) {
                summary.click();
            }
            junho.assertGood().picture("accounts");
        }
        try (Visitor operator = Chromium.visit(town.url, screen).signIn("operator", PASSWORD)) {
            operator.open("/accounts").page().locator("main summary").first().click();
            operator.assertGood();
            operator.open("/audit").page().click("form[action='/audit/check'] button");
            assertThat(operator.page().locator("[role=status]")).isVisible();
            operator.assertGood().picture("audit-check");
            operator.expect("404")
                    .open("/residents/0c7e0f0a-0000-4000-8000-000000000000")
                    .assertGood()
                    .picture("error");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void aGroupCallsPageFollowsTheCall(Screen screen) {
        town.execute("delete from guardian");
        town.execute("""
                insert into guardian (resident_no, name, relation, phone, consented_at)
                values (1, '김하나', '딸', '+821044440004', now())""");
        try (Visitor junho = Chromium.visit(town.url, screen).signIn("junho", PASSWORD)) {
            Page page = junho.open("/contacts").page();
            page.fill("#q", "영자");
            page.waitForSelector("#found >> text=김하나");
            page.fill("#q", "");
            page.waitForSelector("#found >> text=이민지");
            page.locator(".choose-one input").first().check();
            junho.assertGood().picture("contacts-chosen");
            page.click("#group > button");
            page.waitForURL("**/calls/*");
            var own = town.junho();
            own.awaitRinging(SOON);
            assertThat(page.locator("#call [role=status]")).containsText("내 전화가 울립니다");
            junho.assertGood().picture("call");
            own.answer();
            own.press("1");
            var other = town.minji();
            other.awaitRinging(SOON);
            junho.assertGood();
            other.answer();
            other.press("1");
            assertThat(page.locator(".legs li.in")).hasCount(2);
            junho.assertGood().picture("call-talk");
            page.click("#end-call");
            assertThat(page.locator("#end-call")).isHidden();
            own.awaitCallEnd(SOON);
            assertThat(page.locator("#call [role=status]")).containsText("통화를 마쳤습니다");
            junho.assertGood().picture("call-over");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void theViewerShowsTheRoutesUnderOurOwnPolicy(Screen screen) {
        try (Visitor programmer = Chromium.visit(town.url, screen).open("/openapi")) {
            Page page = programmer.page();
            page.waitForSelector(".opblock");
            assertTrue(
                    page.locator(".opblock").count() > MANY_ROUTES,
                    () -> page.locator(".opblock").count() + " routes are shown");
            page.locator(".opblock-summary-control").first().click();
            assertThat(page.locator(".responses-wrapper").first()).isVisible();
            programmer.picture("openapi").assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TWICE", "REFLOW"})
    void everyPageIsReadWhenItIsEnlarged(Screen screen) {
        try (Visitor operator = Chromium.visit(town.url, screen).signIn("operator", PASSWORD)) {
            String resident = town.text("select resident_id::text as text from resident where resident_no = :value", 1);
            for (String path : List.of(
                    "/",
                    "/alerts/" + alert,
                    "/alerts/" + alert + "/summary",
                    "/residents/" + resident,
                    "/roster?view=week",
                    "/roster?view=month",
                    "/fleet",
                    "/fleet/devices/robot-1",
                    "/people",
                    "/people/thresholds",
                    "/reports",
                    "/audit",
                    "/contacts",
                    "/accounts",
                    "/me")) {
                operator.open(path).assertFits().spreadText().assertFits();
            }
        }
    }

    @Test
    void theSummaryOfAnAlertIsOneSheet() {
        try (Visitor minji = Chromium.visit(town.url, Screen.DESKTOP).signIn("minji", PASSWORD)) {
            Page page = minji.open("/alerts/" + alert + "/summary").page();
            Locator lines = page.locator(".so-far li");
            assertThat(lines).hasCount(14);
            // What it began with is there however often people were called.
            assertThat(lines.nth(0)).containsText("알림이 생겼습니다.");
            assertThat(lines.nth(1)).containsText("로봇에게 안부를 묻게 했습니다.");
            assertThat(lines.nth(2)).containsText("로봇의 질문에 대답이 없으셨습니다.");
            assertThat(lines.nth(3)).containsText("대답이 없으셔서 담당자를 부릅니다.");
            assertThat(lines.nth(4)).containsText("전화 24번(");
            assertThat(lines.nth(4)).containsText("전화를 받지 않았습니다.");
            assertThat(lines.nth(5)).containsText("줄인 것: 26건");
            assertThat(lines.nth(13)).containsText("다시 도움을 요청하셨습니다.");
            byte[] paper = page.pdf(new Page.PdfOptions().setFormat("A4").setPreferCSSPageSize(true));
            assertEquals(1, sheets(paper), "sheets of paper");
        }
    }

    /// A page in a PDF is an object of the type Page; the list of them of the type Pages.
    private static int sheets(byte[] pdf) {
        Matcher page = Pattern.compile("/Type\\s*/Page\\b(?!s)").matcher(new String(pdf, StandardCharsets.ISO_8859_1));
        return (int) page.results().count();
    }

    /// An alert about which there is much to say: long evidence, twelve calls and more, and a note.
    private String raise() {
        String id = town.transactions.run(connection -> Sql.on(connection, """
                        insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment, raised_at,
                                           acknowledged_at, acknowledged_by, resolved_at, outcome, outcome_note)
                        values (1, 'silence', 'urgent', 'resolved',
                                '보통 아침 7시 10분이면 부엌에 나오시는데, 오늘은 10시 25분까지 움직임이 없습니다(최근 45일 중 처음). 기기는 두 대 모두 켜져 있고 응답합니다.',
                                'No movement.', now() - interval '1 hour', now() - interval '1 hour', now(), 1, now(),
                                'needed-help', :note)
                        returning alert_id""")
                .with("note", "댁에 가 보니 침대 옆에 앉아 계셨습니다. 어지럽다고 하셔서 물을 드리고 따님께 알렸습니다. ".repeat(4))
                .get(row -> row.uuid("alert_id"))
                .toString());
        town.execute("""
                insert into alert_event (alert_id, at, type, actor, detail)
                values ('%1$s', now() - interval '65 minutes', 'raised', 'platform', '{}'),
                       ('%1$s', now() - interval '64 minutes', 'check-in-asked', 'platform', '{}'),
                       ('%1$s', now() - interval '62 minutes', 'check-in-answered', 'resident', '{"answer": "no-answer"}'),
                       ('%1$s', now() - interval '61 minutes', 'people-called', 'platform', '{"why": "no-answer"}')""".formatted(id));
        town.execute("""
                insert into alert_event (alert_id, at, type, actor, detail)
                select '%s', now() - interval '1 hour' + n * interval '40 seconds', 'attempt', 'platform',
                       jsonb_build_object('channel', channel, 'state', state, 'person', caseworker_id, 'attempt', n)
                  from generate_series(1, 24) n, caseworker,
                       (values (1, 'voice', 'ringing'), (2, 'voice', 'no-answer'), (3, 'sms', 'delivered')) as told (step, channel, state)
                 where caseworker_no = 1 order by n, step""".formatted(id));
        town.execute("""
                insert into alert_event (alert_id, at, type, actor, detail)
                select '%s', now() - n * interval '1 minute', 'again', 'resident', '{}'
                  from generate_series(1, 10) n order by n desc""".formatted(id));
        town.execute("""
                insert into finding (resident_no, family, tier, episode, alert_id, reason_ko, reason_en, evidence, moment)
                values (1, 'silence', 'urgent', 'test', '%s', '', '',
                        jsonb_build_object('lastSeenAt', to_char((now() - interval '4 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                                           'room', 'bedroom', 'silentMinutes', 195, 'usuallyWithinMinutes', 70,
                                           'recentSignsADay', 12, 'usualSignsADay', 48, 'daysKnown', 45, 'daysAsSilent', 0,
                                           'devices', 2, 'batteryPercent', 62, 'powerLost', false,
                                           'lastHeardAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
                        now())""".formatted(id));
        town.execute("""
                insert into resident_day (resident_no, day, seen, bathroom, talks, turns, talk_seconds, taken, missed)
                select 1, (now() at time zone 'Asia/Seoul')::date - n, array_fill(682::smallint, array[24]),
                       array_fill(0::smallint, array[24]), 0, 0, 0, 0, 0
                  from generate_series(0, 30) n""");
        town.execute("""
                insert into monitoring_gap (resident_no, from_at, to_at, cause)
                values (1, now() - interval '30 hours', now() - interval '24 hours', 'device-silent')""");
        return id;
    }
}
