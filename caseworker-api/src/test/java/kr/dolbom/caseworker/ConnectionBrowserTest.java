package kr.dolbom.caseworker;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.browser.Chromium;
import kr.dolbom.caseworker.browser.Screen;
import kr.dolbom.caseworker.browser.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What pages show when the connection comes and goes: the stream that is renewed, the list that is
/// kept for reading, and parts of pages that get no answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionBrowserTest {
    private static final int RENEWALS = 3;

    private final Town town = new Town().with("dolbom.session.lifetime", "48h").with("dolbom.stream.lifetime", "2s");
    private EmbeddedServer server;

    @BeforeAll
    void start() {
        server = town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1));
    }

    @AfterAll
    void close() {
        town.close();
    }

    private Visitor visit(Screen screen) {
        Visitor minji = Chromium.visit(town.url, screen).signIn("minji", PASSWORD);
        awaitLive(minji.page());
        return minji;
    }

    /// Of a kind of which a resident has one at a time.
    private UUID raise() {
        town.execute("""
                update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm' where state <> 'resolved'""");
        return town.raise("review", "decline");
    }

    private static void awaitLive(Page page) {
        assertThat(page.locator("#live-state")).hasAttribute("data-state", "on");
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void aStreamIsRenewedWithoutAWordAndWithoutALostRow(Screen screen) {
        try (Visitor minji = visit(screen)) {
            Page page = minji.page();
            var streams = new AtomicInteger();
            page.onRequest(request -> {
                if (request.url().contains("/stream")) {
                    streams.incrementAndGet();
                }
            });
            page.evaluate("""
                    () => {
                      window.states = [];
                      const state = document.getElementById("live-state");
                      new MutationObserver(() => window.states.push(state.dataset.state)).observe(state, { attributes: true });
                    }""");
            while (streams.get() < RENEWALS) {
                assertThat(page.locator("#row-" + raise())).isAttached();
            }
            assertEquals(List.of(), page.evaluate("() => window.states"), "it was live all the time");
        }
    }

    @Test
    void aCopyThatCannotBeKeptIsNotTakenForALostConnection() {
        try (Visitor minji = visit(Screen.DESKTOP)) {
            Page page = minji.page();
            minji.awaitServiceWorker();
            var full = new JsonObject();
            full.addProperty("origin", town.url);
            full.addProperty("quotaSize", 1);
            page.context().newCDPSession(page).send("Storage.overrideQuotaForOrigin", full);
            assertEquals("QuotaExceededError", page.evaluate("""
                    async () => (await caches.open("list")).put("/", new Response("x".repeat(100000)))
                        .then(() => "kept", (error) => error.name)"""));

            minji.open("/");

            awaitLive(page);
            assertThat(page.locator("#offline")).hasCount(0);
            assertThat(page.locator("h1")).hasText("열린 알림");
            minji.assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void theListThatIsKeptIsTheOneThatWasLiveLastAndSaysOfWhichDayItIs(Screen screen) {
        try (Visitor minji = visit(screen).expect("ERR_")) {
            Page page = minji.page();
            minji.awaitServiceWorker();
            minji.open("/");
            awaitLive(page);
            page.waitForFunction("() => caches.match('/', { cacheName: 'list' }).then(Boolean)");
            UUID later = raise();
            assertThat(page.locator("#row-" + later)).isAttached();

            server.stop();
            assertThat(page.locator("#live-state")).containsText("연결 끊김");
            page.waitForFunction(
                    "id => caches.match('/', { cacheName: 'list' }).then(kept => kept.text()).then(html => html.includes(id))",
                    "row-" + later);
            minji.open("/");
            assertThat(page.locator("#offline")).containsText(Pattern.compile("오프라인입니다. .*\\d\\d:\\d\\d의 목록입니다."));
            assertThat(page.locator("#row-" + later)).isVisible();

            keptSince(page, Duration.ofHours(26));
            minji.open("/");
            assertThat(page.locator("#offline")).containsText(Pattern.compile("\\d+월 \\d+일 \\d\\d:\\d\\d의 목록입니다."));
            minji.assertFits();

            keptSince(page, Duration.ofHours(49));
            minji.open("/");
            assertThat(page.locator("#offline")).hasText("오프라인입니다. 이 화면은 연결된 뒤에 볼 수 있습니다.");
            assertEquals(false, page.evaluate("() => caches.has('list')"), "it is forgotten");
        } finally {
            if (!server.isRunning()) {
                server = town.start();
            }
        }
    }

    private static void keptSince(Page page, Duration age) {
        page.evaluate("""
                async (millis) => {
                  const list = await caches.open("list");
                  const kept = await list.match("/");
                  const headers = new Headers(kept.headers);
                  headers.set("X-Kept-At", new Date(Date.now() - millis).toISOString());
                  await list.put("/", new Response(await kept.text(), { headers }));
                }""", (double) age.toMillis());
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void aPartOfAPageThatGetsNoAnswerSaysSoUntilItDoes(Screen screen) {
        try (Visitor minji = visit(screen).expect("ERR_FAILED|503|htmx:")) {
            Page page = minji.open("/contacts").page();
            page.fill("#q", "준호");
            assertThat(page.locator("#found")).containsText("박준호");
            assertThat(page.locator("#found")).not().containsText("이민지");

            page.route("**/contacts/found", Route::abort);
            page.fill("#q", "민지");
            assertThat(page.locator("#lost"))
                    .containsText(Pattern.compile("연결이 끊겼습니다. 보이는 내용은 \\d\\d:\\d\\d:\\d\\d까지의 것입니다."));
            minji.assertFits().assertAccessible().picture("lost");

            page.unroute("**/contacts/found");
            page.fill("#q", "이민지");
            assertThat(page.locator("#found")).containsText("이민지");
            assertThat(page.locator("#lost")).hasCount(0);

            page.route("**/contacts/found", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
            page.fill("#q", "민지");
            assertThat(page.locator("#lost")).containsText("새 내용을 받지 못했습니다. 보이는 내용은");
        }
    }
}
