package kr.dolbom.caseworker;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.browser.Chromium;
import kr.dolbom.caseworker.browser.Screen;
import kr.dolbom.caseworker.browser.Visitor;
import kr.dolbom.caseworker.database.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueBrowserTest {
    private static final int MANY = 500;

    private final Town town = new Town();
    private EmbeddedServer server;

    @BeforeAll
    void start() {
        server = town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "junho", PASSWORD, Role.CASEWORKER, 2));
        town.execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address, phone)
                select 1, (array['박순자', '이정희', '최말순', '정복례', '강옥자', '윤춘자'])[1 + n % 6], 1936 + n % 12,
                       (array['대화동', '주엽동', '일산동', '백석동'])[1 + n % 4], '중앙로 ' || n || ', 102호', '+82319001235'
                  from generate_series(0, 519) n""");
        town.execute("""
                insert into risk_score (resident_no, at, score, visibility)
                select resident_no, now() - interval '1 hour', 20 + resident_no % 60, 'home' from resident""");
    }

    @BeforeEach
    void closeAlerts() {
        town.transactions.run(connection -> Sql.on(connection, """
                        with closed as (
                            update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm'
                             where state <> 'resolved' returning alert_id)
                        select pg_notify('dolbom_alert_changed', alert_id::text)::text as told from closed""").list(row -> row));
        town.execute("delete from scheduled_tasks where task_name = 'alert-look-again' and not picked");
    }

    @AfterAll
    void close() {
        town.close();
    }

    private Visitor visit(String login, Screen screen) {
        return Chromium.visit(town.url, screen).signIn(login, PASSWORD);
    }

    private static Locator row(Page page, UUID alert) {
        return page.locator("#row-" + alert);
    }

    private UUID raise(int resident, String tier, String family, String reason) {
        return town.transactions.run(connection -> {
            UUID alert = Sql.on(connection, """
                            insert into alert (resident_no, family, tier, reason_ko, reason_en, moment)
                            values (:resident, :family, :tier, :reason, :reason, now() - interval '1 minute')
                            returning alert_id""")
                    .with("resident", resident)
                    .with("family", family)
                    .with("tier", tier)
                    .with("reason", reason)
                    .get(found -> found.uuid("alert_id"));
            Sql.on(connection, "select pg_notify('dolbom_alert', :alert)::text as told")
                    .with("alert", alert.toString())
                    .list(told -> told);
            return alert;
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE", "DESKTOP_DARK", "PHONE_DARK"})
    void theQueueIsGoodOnEveryScreen(Screen screen) {
        UUID silence = raise(2, "urgent", "silence", silenceSince(Instant.now().minus(Duration.ofHours(4))));
        raise(4, "check-in", "medication", "아침 약을 이틀째 확인하지 못했습니다(평소 95 % 확인).");
        raise(5, "review", "decline", "3주 동안 활동이 28 % 줄었습니다.");
        raise(6, "review", "device", "로봇 전원이 꺼져 09:10부터 상태를 볼 수 없습니다. 어르신 이상은 아닐 수 있습니다.");
        UUID critical = raise(1, "critical", "emergency", "02시 10분에 ‘살려줘’라고 말씀하셨습니다.");
        try (Visitor minji = visit("minji", screen)) {
            Page page = minji.page();
            assertThat(row(page, critical).locator(".ringing")).containsText("이민지 호출 중");
            assertThat(row(page, silence)).containsText("로봇 연결 안 됨");
            // First what is most urgent, whatever was raised first.
            assertThat(page.locator("#rows article").first()).hasId("row-" + critical);
            assertThat(page.locator("#rows article")).hasCount(5);
            minji.assertGood().picture("queue");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE", "DESKTOP_DARK", "PHONE_DARK"})
    void anAlertsPageIsGoodOnEveryScreen(Screen screen) {
        int resident = 10 + List.of(Screen.values()).indexOf(screen);
        UUID alert =
                raise(resident, "urgent", "silence", silenceSince(Instant.now().minus(Duration.ofHours(4))));
        fillDays(resident, alert);
        try (Visitor minji = visit("minji", screen)) {
            Page page = minji.open("/alerts/" + alert).page();
            assertThat(page.locator(".hours .band.silence").first()).isVisible();
            assertThat(page.locator(".hours .band.gap").first()).isVisible();
            minji.assertGood().picture("alert-untaken");
            page.click("#take-" + alert);
            assertThat(page.locator(".notice").first()).containsText("선생님이 맡은 알림입니다.");
            minji.assertGood().picture("alert");
            minji.open("/alerts/" + alert + "/summary").assertGood().picture("alert-summary");
            minji.open("/alerts/" + alert + "/ledger").assertGood();
            assertThat(page.locator(".notice")).containsText("모두 기록된 그대로입니다.");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void whoTakesFirstHasItAndTheRowVanishesForTheOther(Screen screen) {
        UUID alert = raise(20, "review", "emergency", "확인이 필요합니다.");
        try (Visitor minji = visit("minji", screen);
                Visitor junho = visit("junho", screen == Screen.PHONE ? Screen.DESKTOP : Screen.PHONE)) {
            assertThat(row(junho.page(), alert)).isVisible();

            row(minji.page(), alert).locator("button").click();

            assertThat(row(junho.page(), alert)).isHidden();
            assertThat(minji.page().locator(".notice").first()).containsText("선생님이 맡은 알림입니다.");
            junho.page().selectOption("[name=who]", "all");
            assertThat(row(junho.page(), alert)).containsText("이민지 선생님이 맡음");
            minji.open("/");
            assertThat(row(minji.page(), alert)).isVisible();
        }
    }

    @Test
    void whoIsSecondIsTold() {
        UUID alert = raise(21, "review", "emergency", "확인이 필요합니다.");
        try (Visitor junho = visit("junho", Screen.PHONE)) {
            junho.page().route("**/stream*", route -> route.abort());
            junho.expect("ERR_FAILED").open("/");
            new Client(town.url).as("minji", PASSWORD).post("/api/v1/alerts/" + alert + "/acknowledge", "");

            row(junho.page(), alert).locator("button").click();

            assertThat(junho.page().locator("[role=alert]").first()).containsText("이민지 선생님이 먼저 확인했습니다.");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void whatCameOfAnActionStaysOnThePageAndIsToldOnce(Screen screen) {
        UUID alert = raise(22, "review", "emergency", "확인이 필요합니다.");
        try (Visitor minji = visit("minji", screen)) {
            Page page = minji.page();
            row(page, alert).locator("button").click();
            page.getByText("계속 제가 맡고 있습니다").click();
            // The first update of the stream has come.
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
            town.transactions.run(connection -> {
                Timeline.add(connection, alert, town.clock.instant(), EventType.AGAIN, Timeline.RESIDENT, Map.of());
                AlertStore.tellChange(connection, alert);
                return alert;
            });
            assertThat(page.locator(".timeline")).containsText("다시 도움을 요청");

            assertThat(page.getByText("계속 맡고 계신 것으로 남겼습니다.")).isVisible();
            assertEquals(town.url + "/alerts/" + alert, page.url());
            minji.assertGood();
            page.reload();
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
            assertThat(page.getByText("계속 맡고 계신 것으로 남겼습니다.")).hasCount(0);
        }
    }

    @Test
    void everythingIsDoneByKeyboardAndShortcutsCanBeSwitchedOff() {
        UUID first = raise(30, "urgent", "emergency", "확인이 필요합니다.");
        UUID second = raise(31, "review", "emergency", "확인이 필요합니다.");
        try (Visitor minji = visit("minji", Screen.DESKTOP)) {
            Page page = minji.page();
            assertThat(row(page, second)).isVisible();
            page.keyboard().press("j");
            assertThat(page.locator("#open-" + first)).isFocused();
            page.keyboard().press("j");
            assertThat(page.locator("#open-" + second)).isFocused();
            page.keyboard().press("k");
            assertThat(page.locator("#open-" + first)).isFocused();
            page.keyboard().press("?");
            assertThat(page.locator("#help")).isVisible();
            minji.assertAccessible();
            page.uncheck("#keys-on");
            page.keyboard().press("Escape");
            page.keyboard().press("j");
            assertThat(page.locator("#open-" + second)).not().isFocused();
            page.click("#keys");
            page.check("#keys-on");
            page.keyboard().press("Escape");
            page.locator("#open-" + first).focus();
            page.keyboard().press("j");
            page.keyboard().press("Enter");
            page.waitForURL("**/alerts/" + second);
            minji.open("/");
            page.keyboard().press("j");
            page.keyboard().press("t");
            page.waitForURL("**/alerts/" + first);
            assertEquals("acknowledged", town.stateOf(first));
        }
    }

    @Test
    void filtersShowWhatIsAskedForAndNameNobodyInTheAddress() {
        UUID urgent = raise(40, "urgent", "emergency", "확인이 필요합니다.");
        UUID review = raise(41, "review", "emergency", "확인이 필요합니다.");
        try (Visitor minji = visit("minji", Screen.PHONE)) {
            Page page = minji.page();
            assertThat(row(page, review)).isVisible();
            page.locator(".chip.urgent").click();
            assertThat(row(page, review)).isHidden();
            assertThat(row(page, urgent)).isVisible();
            assertEquals(town.url + "/?tier=urgent", page.url());
            page.reload();
            assertThat(row(page, review)).isHidden();
            // One that comes later is filtered too.
            UUID later = raise(42, "review", "emergency", "확인이 필요합니다.");
            assertThat(row(page, later)).isAttached();
            assertThat(row(page, later)).isHidden();
            page.selectOption("[name=who]", "mine");
            assertThat(page.locator("#no-match")).isVisible();
            assertThat(page.locator("#no-match")).containsText("모두 3건");
        }
    }

    @Test
    void aCriticalAlertIsInTheTitleSpokenAndHeardWhereSoundIsAllowed() {
        try (Visitor minji = visit("minji", Screen.DESKTOP)) {
            Page page = minji.page();
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
            assertThat(page.locator("#empty")).containsText("지켜보는 가구");
            page.click("#sound");
            assertThat(page.locator("#sound")).hasText("소리 켜짐");
            UUID alert = raise(50, "critical", "emergency", "도와 달라고 하셨습니다.");
            assertThat(page).hasTitle(Pattern.compile("^\\(1\\) 열린 알림"));
            assertThat(page.locator("#alarm")).containsText("도와 달라고 하셨습니다.");
            assertThat(page.locator("#sound")).hasAttribute("data-sounded", "1");
            page.click("#sound");
            raise(51, "critical", "emergency", "살려 달라고 하셨습니다.");
            assertThat(page).hasTitle(Pattern.compile("^\\(2\\) "));
            assertThat(page.locator("#sound")).hasAttribute("data-rung", "2");
            assertThat(page.locator("#sound")).hasAttribute("data-sounded", "1");
            new Client(town.url).as("minji", PASSWORD).post("/api/v1/alerts/" + alert + "/acknowledge", "");
            assertThat(page).hasTitle(Pattern.compile("^\\(1\\) "));
            page.reload();
            assertThat(page.locator("#sound")).hasText("소리 꺼짐");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void aCriticalAlertIsHeardWhateverIsShownAndAgainWhenNobodyHasItAnyMore(Screen screen) {
        try (Visitor minji = visit("minji", screen)) {
            Page page = minji.page();
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
            page.click("#sound");
            page.locator(".chip.review").click();
            UUID alert = raise(52, "critical", "emergency", "도와 달라고 하셨습니다.");
            assertThat(row(page, alert)).isAttached();
            assertThat(row(page, alert)).isHidden();
            assertThat(page.locator("#alarm")).containsText("도와 달라고 하셨습니다.");
            assertThat(page.locator("#sound")).hasAttribute("data-sounded", "1");

            Client junho = new Client(town.url).signIn("junho", PASSWORD);
            junho.form("/alerts/" + alert + "/take", Map.of());
            assertThat(page).hasTitle(Pattern.compile("^열린 알림"));
            page.evaluate("() => { document.getElementById('alarm').textContent = ''; }");
            junho.form("/alerts/" + alert + "/give-back", Map.of());
            assertThat(page.locator("#sound")).hasAttribute("data-sounded", "2");
            assertThat(page.locator("#alarm")).containsText("도와 달라고 하셨습니다.");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void aPageThatMayNotSoundYetSaysWhatToDo(Screen screen) {
        try (Visitor minji = Chromium.visitInSilence(town.url, screen).signIn("minji", PASSWORD)) {
            Page page = minji.page();
            page.click("#sound");
            assertThat(page.locator("#sound")).hasText("소리 켜짐");

            minji.open("/");
            assertThat(page.locator("#sound")).hasText("화면을 한 번 누르면 소리가 납니다");
            minji.assertGood().picture("queue-silent");
            page.locator("h1").click();
            assertThat(page.locator("#sound")).hasText("소리 켜짐");
            minji.open("/");
            assertThat(page.locator("#sound")).hasText("화면을 한 번 누르면 소리가 납니다");
            page.click("#sound");
            assertThat(page.locator("#sound")).hasText("소리 켜짐");
            page.click("#sound");
            assertThat(page.locator("#sound")).hasText("소리 꺼짐");
        }
    }

    @Test
    void whoseLastAlertGoesReadsNoHalfSentence() {
        UUID alert = raise(53, "review", "emergency", "확인이 필요합니다.");
        try (Visitor minji = visit("minji", Screen.DESKTOP)) {
            Page page = minji.page();
            assertThat(row(page, alert)).isVisible();
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
            page.evaluate(
                    "() => document.addEventListener('dolbom:alive', event => event.stopImmediatePropagation(), true)");
            closeAlerts();
            assertThat(page.locator("#empty")).isVisible();
            assertThat(page.locator("#watched")).isHidden();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void thePageComesBackWhenTheServerDoes(Screen screen) {
        UUID before = raise(60, "review", "emergency", "확인이 필요합니다.");
        try (Visitor minji = visit("minji", screen)) {
            Page page = minji.expect("ERR_").page();
            assertThat(row(page, before)).isVisible();
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");

            server.stop();
            assertThat(page.locator("#live-state")).containsText("연결 끊김");
            assertThat(row(page, before)).isVisible();
            UUID meanwhile = raise(61, "review", "emergency", "확인이 필요합니다.");
            server = town.start();

            // The session is where it was: nobody signs in again.
            var patiently = new LocatorAssertions.IsVisibleOptions().setTimeout(20_000);
            assertThat(row(page, meanwhile)).isVisible(patiently);
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void aServerThatHangsIsNoticedAndConnectedToAnewWhenItSpeaks(Screen screen) {
        UUID before = raise(62, "review", "emergency", "확인이 필요합니다.");
        try (var way = new HangingWay(town.port);
                Visitor minji = Chromium.visit(way.url(), screen)) {
            Page page = minji.page();
            page.clock().install();
            minji.expect("ERR_").signIn("minji", PASSWORD);
            assertThat(row(page, before)).isVisible();
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");

            way.hang();
            page.clock().fastForward(Duration.ofSeconds(30).toMillis());
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
            page.clock().fastForward(Duration.ofSeconds(15).toMillis());
            assertThat(page.locator("#live-state")).hasText(Pattern.compile("연결 끊김.*마지막 신호 \\d\\d:\\d\\d:\\d\\d.*"));
            minji.assertFits();
            assertThat(row(page, before)).isVisible();

            way.goOn();
            UUID meanwhile = raise(63, "review", "emergency", "확인이 필요합니다.");
            page.clock().fastForward(Duration.ofSeconds(45).toMillis());
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
            assertThat(row(page, meanwhile)).isVisible();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE_DARK"})
    void whoTakesWithoutAConnectionIsToldAndReadsTheListAsItWasKeptUntilTheServerIsBack(Screen screen) {
        UUID alert = raise(64, "review", "emergency", "확인이 필요합니다.");
        try (Visitor minji = visit("minji", screen)) {
            Page page = minji.expect("ERR_|503").page();
            minji.awaitServiceWorker();
            minji.open("/");
            Locator take = row(page, alert).locator("button");
            String enabled = look(take);

            server.stop();
            take.click();
            assertThat(page.locator("h1")).hasText("맡지 못했습니다");
            assertThat(page.locator("a[href='tel:119']")).isVisible();
            minji.assertGood().picture("not-taken");
            page.getByText("돌아가기").click();
            assertThat(page.locator("#offline")).containsText("의 목록입니다.");
            assertThat(take).isDisabled();
            assertNotEquals(enabled, look(take), "a button that does nothing looks so");
            minji.assertGood().picture("offline-list");
            server = town.start();

            assertThat(page.locator("#offline"))
                    .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(20_000));
            assertThat(take).isEnabled();
            take.click();
            assertThat(page.locator(".notice").first()).containsText("선생님이 맡은 알림입니다.");
        }
    }

    private static String look(Locator button) {
        return (String) button.evaluate("""
                button => { const look = getComputedStyle(button);
                  return [look.color, look.backgroundColor, look.borderStyle, look.cursor].join(" "); }""");
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void whoseSessionIsOverIsAskedToSignInAgain(Screen screen) {
        UUID alert = raise(70, "review", "emergency", "확인이 필요합니다.");
        try (Visitor minji = visit("minji", screen)) {
            minji.page().route("**/stream*", route -> route.abort());
            minji.expect("401|ERR_FAILED").open("/");
            assertThat(row(minji.page(), alert)).isVisible();
            town.clock.pass(Duration.ofHours(11));

            row(minji.page(), alert).locator("button").click();

            minji.page().waitForURL("**/sign-in*");
            assertEquals(
                    "",
                    town.text(
                            "select coalesce(acknowledged_by::text, '') as text from alert where alert_id = :value",
                            alert));
        }
    }

    @Test
    void whoIsSignedOutSeesNobodyAnyMoreAndIsAskedToSignIn() {
        UUID alert = raise(71, "review", "emergency", "확인이 필요합니다.");
        try (Visitor minji = visit("minji", Screen.DESKTOP)) {
            Page list = minji.page();
            assertThat(row(list, alert)).isVisible();
            Page page = minji.another("/alerts/" + alert);
            for (Page one : List.of(list, page)) {
                assertThat(one.locator("#live-state")).hasAttribute("data-state", "on");
            }

            town.execute("delete from account_session");
            town.transactions.run(connection -> {
                AlertStore.tellChange(connection, alert);
                return raise(72, "review", "emergency", "확인이 필요합니다.");
            });

            for (Page one : List.of(list, page)) {
                one.waitForURL("**/sign-in*");
                assertThat(one.locator("body")).not().containsText("확인이 필요합니다.");
            }
            page.fill("[name=login]", "minji");
            page.fill("[name=password]", PASSWORD);
            page.click("main form button:not([type=button])");
            page.waitForURL("**/alerts/" + alert);
        }
    }

    @Test
    void hundredsOfAlertsKeepScrollAndFocus() {
        town.execute("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment)
                select resident_no, 'decline', 'review', 'escalating', '3주 동안 활동이 줄었습니다.', 'Less active.', now()
                  from resident where resident_no between 15 and %d""".formatted(14 + MANY));
        town.clock.pass(Duration.ofSeconds(6));
        try (Visitor minji = visit("minji", Screen.DESKTOP)) {
            Page page = minji.page();
            assertThat(page.locator("#rows article")).hasCount(MANY);
            assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
            Locator focused = page.locator("#rows article").nth(250).locator("h2 a");
            focused.focus();
            focused.scrollIntoViewIfNeeded();
            String id = focused.getAttribute("id");
            // Rows that come into sight for the first time are as high as they are only then.
            page.evaluate("""
                    () => new Promise(done => {
                        let y = null, frames = 0;
                        const look = () => {
                            const now = document.activeElement.getBoundingClientRect().y;
                            frames = now === y ? frames + 1 : 0;
                            y = now;
                            frames > 60 ? done() : requestAnimationFrame(look);
                        };
                        look();
                    })""");
            double top = focused.boundingBox().y;
            // New ones above, and twenty that are taken: what is looked at stays where it is.
            UUID last = null;
            for (int n = 0; n < 20; n++) {
                last = raise(15 + n, "urgent", "emergency", "확인이 필요합니다.");
            }
            town.transactions.run(connection -> Sql.on(connection, """
                            with taken as (
                                update alert set state = 'acknowledged', acknowledged_at = now(), acknowledged_by = 2
                                 where family = 'decline' and resident_no between 480 and 499 returning alert_id)
                            select pg_notify('dolbom_alert_changed', alert_id::text)::text as told from taken""").list(told -> told));
            var patiently = new LocatorAssertions.IsAttachedOptions().setTimeout(20_000);
            assertThat(row(page, Objects.requireNonNull(last))).isAttached(patiently);
            assertThat(page.locator("#rows article:not([hidden])")).hasCount(MANY);
            assertThat(page.locator("#" + id)).isFocused();
            assertEquals(top, page.locator("#" + id).boundingBox().y, 2.0, "where the focused row is on the screen");
            page.mouse().wheel(0, 4000);
            minji.assertFits();
        }
    }

    /// As the risk engine says it.
    private static String silenceSince(Instant lastSeen) {
        return lastSeen.atZone(ZoneId.of("Asia/Seoul")).format(DateTimeFormatter.ofPattern("HH시 mm분"))
                + "에 침실에서 확인된 뒤, 보통 1시간 10분 안에 다시 확인되시는데 지금 4시간째 움직임이 없습니다(최근 45일 중 처음).";
    }

    /// Four weeks of days as they are kept, four hours without a sign, and a gap in monitoring in which nothing was
    /// seen.
    private void fillDays(int resident, UUID alert) {
        town.execute("""
                        insert into resident_day (resident_no, day, seen, bathroom, talks, turns, talk_seconds, taken, missed)
                        select %1$d, (now() at time zone 'Asia/Seoul')::date - n,
                               (select array_agg((case when n = 0 and h >= extract(hour from now() at time zone 'Asia/Seoul') - 4 then 0
                                                       when ((now() at time zone 'Asia/Seoul')::date - n + h * interval '1 hour') at time zone 'Asia/Seoul'
                                                            between now() - interval '31 hours' and now() - interval '24 hours' then 0
                                                       when h between 0 and 5 then 16
                                                       when h in (7, 12, 18) then 4095 else 682 end)::smallint order by h)
                                  from generate_series(0, 23) h),
                               array_fill(0::smallint, array[24]), 0, 0, 0, 0, 0
                          from generate_series(0, 30) n
                """.formatted(resident));
        town.execute("""
                insert into finding (resident_no, family, tier, episode, alert_id, reason_ko, reason_en, evidence, moment)
                values (%1$d, 'silence', 'urgent', 'test:%1$d', '%2$s', '', '',
                        jsonb_build_object('lastSeenAt', to_char((now() - interval '4 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                                           'room', 'bedroom', 'silentMinutes', 240, 'usuallyWithinMinutes', 70,
                                           'surprise', 12.4, 'daysKnown', 45, 'daysAsSilent', 0), now())""".formatted(resident, alert));
        town.execute("""
                insert into monitoring_gap (resident_no, from_at, to_at, cause)
                values (%d, now() - interval '30 hours', now() - interval '24 hours', 'device-silent')""".formatted(resident));
    }
}
