package kr.dolbom.caseworker;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kr.dolbom.caseworker.Town.PASSWORD;
import static kr.dolbom.caseworker.Town.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.browser.Chromium;
import kr.dolbom.caseworker.browser.Screen;
import kr.dolbom.caseworker.browser.Visitor;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.words.Words;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An alert's page that stays open while somebody works with it and things happen.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertBrowserTest {
    private static final String NOTE = "물을 드렸습니다.\n따님께 알렸습니다.";

    private final Town town = new Town();

    @BeforeAll
    void start() {
        town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "junho", PASSWORD, Role.CASEWORKER, 2));
    }

    @AfterEach
    void closeAlerts() {
        town.execute("""
                update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm' where state <> 'resolved'""");
    }

    @AfterAll
    void close() {
        town.close();
    }

    private Visitor minji(Screen screen) {
        return Chromium.visit(town.url, screen).signIn("minji", PASSWORD);
    }

    /// One that minji has.
    private UUID taken() {
        return town.transactions.run(connection -> Sql.on(connection, """
                        insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment,
                                           acknowledged_at, acknowledged_by)
                        values (1, 'emergency', 'review', 'acknowledged', '확인이 필요합니다.', '-', now(), now(), 1)
                        returning alert_id""").get(row -> row.uuid("alert_id")));
    }

    private void change(UUID alert, String what) {
        town.transactions.run(connection -> {
            Sql.on(connection, "update alert set " + what + " where alert_id = :alert")
                    .with("alert", alert)
                    .update();
            AlertStore.tellChange(connection, alert);
            return alert;
        });
    }

    private void happens(UUID alert) {
        town.transactions.run(connection -> {
            Timeline.add(connection, alert, town.clock.instant(), EventType.AGAIN, Timeline.RESIDENT, Map.of());
            AlertStore.tellChange(connection, alert);
            return alert;
        });
    }

    private static void awaitLive(Page page) {
        assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void whatIsOpenedAndWrittenBeforeTheFirstUpdateStays(Screen screen) {
        UUID alert = taken();
        try (Visitor minji = minji(screen)) {
            Page page = minji.page();
            List<Route> held = new ArrayList<>();
            page.route("**/stream*", held::add);
            minji.open("/alerts/" + alert);
            page.locator("#do-emergency summary").click();
            page.locator("[name=outcome][value=resident-ok]").check();
            page.evaluate("() => { document.querySelector('.actions').dataset.mark = 'same'; }");
            page.evaluate("() => { document.activeElement.blur(); }");

            page.unroute("**/stream*");
            held.forEach(Route::resume);
            awaitLive(page);
            happens(alert);
            assertThat(page.locator(".timeline")).containsText("다시 도움을 요청");

            assertThat(page.locator("#do-emergency a[href='tel:119']")).isVisible();
            assertThat(page.locator("[name=outcome][value=resident-ok]")).isChecked();
            assertThat(page.locator(".actions")).hasAttribute("data-mark", "same");
            assertThat(page.locator(".changed")).hasCount(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void whoeverIsWritingIsToldThatSomethingHasChangedAndLosesNothing(Screen screen) {
        UUID alert = taken();
        try (Visitor minji = minji(screen)) {
            Page page = minji.open("/alerts/" + alert).page();
            awaitLive(page);
            page.fill("#note", NOTE);
            assertThat(page.locator("#do-give-back")).isVisible();

            change(alert, "acknowledged_by = 2");
            assertThat(page.locator(".changed")).containsText("그사이 내용이 바뀌었습니다.");
            assertThat(page.locator("#note")).hasValue(NOTE);
            assertThat(page.locator("#note")).isFocused();
            assertThat(page.locator("#told")).hasText("박준호 선생님이 맡고 있습니다.");
            minji.assertGood().picture("alert-changed");

            page.locator(".changed button").click();
            assertThat(page.locator("#do-give-back")).hasCount(0);
            assertThat(page.locator(".changed")).hasCount(0);
            assertThat(page.locator("#note")).hasValue(NOTE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void whoWritesWhileAColleagueClosesTheAlertKeepsTheNote(Screen screen) {
        UUID alert = taken();
        try (Visitor minji = minji(screen)) {
            Page page = minji.open("/alerts/" + alert).page();
            awaitLive(page);
            page.fill("#note", NOTE);

            new Client(town.url)
                    .as("junho", PASSWORD)
                    .post("/api/v1/alerts/" + alert + "/resolve", "{\"outcome\": \"resident-ok\"}");

            assertThat(page.locator("#kept-note")).hasValue(NOTE);
            assertThat(page.locator("#kept-note")).isFocused();
            assertThat(page.locator("#told")).hasText("닫힌 알림: " + Words.KO.text("outcome.resident-ok"));
            assertThat(page.locator(".actions")).hasCount(0);
            minji.assertGood().picture("alert-kept-note");
            change(alert, "reason_ko = '다른 이유입니다.'");
            assertThat(page.locator(".reason")).hasText("다른 이유입니다.");
            assertThat(page.locator("#kept-note")).hasValue(NOTE);

            page.locator("#kept button").click();
            page.waitForURL("**/residents/**");
            assertThat(page.locator("#notes")).containsText("따님께 알렸습니다.");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void whoClosesAnAlertThatIsClosedIsGivenTheNoteBack(Screen screen) {
        UUID alert = taken();
        try (Visitor minji = minji(screen).expect("409|ERR_FAILED")) {
            Page page = minji.page();
            page.route("**/stream*", Route::abort);
            minji.open("/alerts/" + alert);
            page.fill("#note", NOTE);
            page.locator("[name=outcome][value=needed-help]").check();
            new Client(town.url)
                    .as("junho", PASSWORD)
                    .post("/api/v1/alerts/" + alert + "/resolve", "{\"outcome\": \"resident-ok\"}");

            page.unroute("**/stream*");
            page.locator("#do-resolve button").click();

            assertThat(page.locator("[role=alert]").first()).hasText("이미 닫힌 알림이라 저장되지 않았습니다.");
            awaitLive(page);
            change(alert, "reason_ko = '다른 이유입니다.'");
            assertThat(page.locator(".reason")).hasText("다른 이유입니다.");
            assertThat(page.locator("#kept-note")).hasValue(NOTE);
            minji.assertGood();
        }
    }

    @Test
    void whoPressesTwiceHasClosedIt() {
        UUID alert = taken();
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        Map<String, String> form = Map.of("outcome", "needed-help", "note", "물을 드림");
        assertEquals(303, minji.form("/alerts/" + alert + "/resolve", form).statusCode());
        assertEquals(303, minji.form("/alerts/" + alert + "/resolve", form).statusCode());
        assertEquals(
                409,
                minji.form("/alerts/" + alert + "/resolve", Map.of("outcome", "needed-help", "note", "다른 메모"))
                        .statusCode());
    }

    @Test
    void whoListensHearsWhoHasItAndNoCounter() {
        UUID alert = town.raise("urgent");
        try (Visitor minji = minji(Screen.DESKTOP)) {
            Page page = minji.open("/alerts/" + alert).page();
            awaitLive(page);
            assertThat(page.locator(".ringing")).containsText("이민지 호출 중");
            assertThat(page.locator("#live [role=status]")).hasCount(0);
            page.evaluate("() => { document.querySelector('.head').dataset.mark = 'same'; }");
            page.waitForFunction("() => document.querySelector('[data-count]').textContent >= '0:02'");
            happens(alert);
            assertThat(page.locator(".timeline")).containsText("다시 도움을 요청");
            assertThat(page.locator(".head")).hasAttribute("data-mark", "same");

            new Client(town.url).as("junho", PASSWORD).post("/api/v1/alerts/" + alert + "/acknowledge", "");
            assertThat(page.locator("#told")).hasText("박준호 선생님이 맡고 있습니다.");
        }
    }

    @Test
    void whoIsOnCallIsTrueInTheHeaderOfAnAlert() {
        UUID alert = taken();
        try (Visitor minji = minji(Screen.DESKTOP)) {
            Page page = minji.open("/alerts/" + alert).page();
            awaitLive(page);
            assertThat(page.locator("#duty")).containsText("이민지, 박준호");
            town.execute("update on_call_shift set ends_at = now() where caseworker_no = 1");
            happens(alert);
            assertThat(page.locator("#duty")).not().containsText("이민지");
            assertThat(page.locator("#duty")).containsText("박준호");
        } finally {
            town.execute("update on_call_shift set ends_at = null where caseworker_no = 1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void aCallFromAnAlertStandsInItsTimelineSummaryAndLedger(Screen screen) {
        UUID alert = taken();
        try (Visitor minji = minji(screen)) {
            Page page = minji.open("/alerts/" + alert).page();
            page.click("#call-through");
            page.waitForURL("**/calls/*");
            town.minji().awaitRinging(SOON);
            page.click("#end-call");
            town.minji().awaitCallEnd(SOON);
            page.getByText("알림으로").click();
            page.waitForURL("**/alerts/" + alert);
            assertThat(page.locator(".timeline")).containsText("이민지: 콘솔에서 어르신께 전화를 걸었습니다.");
            minji.open("/alerts/" + alert + "/summary");
            assertThat(page.locator(".so-far")).containsText("콘솔에서 어르신께 전화를 걸었습니다.");
            minji.open("/alerts/" + alert + "/ledger");
            assertThat(page.locator(".ledger").first()).containsText("콘솔에서 전화함");
            assertTrue(town.events(alert).contains("phoned"), town.events(alert)::toString);
        }
    }
}
