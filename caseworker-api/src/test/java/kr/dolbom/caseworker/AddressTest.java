package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;
import static kr.dolbom.caseworker.Town.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/// From where requests come, through a proxy that is trusted.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddressTest {
    private static final String WAITS = "429";

    private final Town town = new Town()
            .with("dolbom.trusted.proxies", "127.0.0.1")
            .with("dolbom.response.step-wait", "10m")
            .with("dolbom.limit.link", 5)
            .with("dolbom.limit.sign-in", 5)
            .with("dolbom.limit.stranger", 5);
    private String link = "";

    @BeforeAll
    void start() {
        town.start();
        town.raise("critical");
        String text = town.minji().awaitTexts(1, SOON).getFirst().body();
        link = text.substring(text.indexOf("http"));
    }

    @BeforeEach
    void forgetAttempts() {
        town.execute("delete from sign_in_lane");
    }

    @AfterAll
    void close() {
        town.close();
    }

    private Client from(String address) {
        return new Client(town.url).with("X-Forwarded-For", address);
    }

    @Test
    void theAuditLogHasWhoOpenedALinkAndNotTheProxy() {
        assertEquals(200, from("198.51.100.7").get(link).statusCode());
        assertEquals(200, from("2001:db8:1:2:aaaa::1").get(link).statusCode());

        assertEquals(
                List.of("198.51.100.7", "2001:db8:1:2:aaaa:0:0:1"),
                town.list(
                        "select address as text from audit_event where action = :value order by audit_no",
                        "link-opened"));
    }

    @Test
    void aDatabaseThatFailsPutsNoLinkAndNobodysNameIntoTheLog() {
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        town.execute("alter table audit_event add constraint no_links check (action <> 'link-opened') not valid");
        try {
            assertEquals(503, from("198.51.100.8").get(link).statusCode());
        } finally {
            town.execute("alter table audit_event drop constraint no_links");
            root.detachAppender(appender);
        }
        String told = List.copyOf(appender.list).stream()
                .map(event -> event.getFormattedMessage() + " "
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .collect(Collectors.joining("\n"));
        assertTrue(told.contains("The database failed method=GET route=/a/{token}"), told);
        assertFalse(told.contains(link.substring(link.lastIndexOf('/') + 1)), told);
        assertTrue(told.contains("no_links"), told);
        assertFalse(told.contains("198.51.100.8"), "the row that was refused: " + told);
    }

    @Test
    void whoHasManyIpv6AddressesIsCountedOnce() {
        List<String> answers = IntStream.range(0, 6)
                .mapToObj(i -> from("2001:db8:7:7::" + i).get("/a/guess-" + i))
                .map(answer -> String.valueOf(answer.statusCode()))
                .toList();
        assertEquals(WAITS, answers.getLast(), answers.toString());
        assertEquals(404, from("2001:db8:7:8::1").get("/a/guess").statusCode(), "another network");

        for (int i = 0; i < 3; i++) {
            from("2001:db8:7:9::" + i).signIn("nobody-" + i, "wrong");
        }
        assertEquals(
                List.of("3"),
                town.list("select attempts::text as text from sign_in_lane where attempts > :value", 1),
                "wrong attempts too");
    }

    @Test
    void anInventedTokenMakesNobodyLessOfAStranger() {
        Client operator = from("203.0.113.1").as("operator", PASSWORD);
        assertEquals(200, operator.get("/api/v1/offices").statusCode());
        for (Client stranger : List.of(
                from("203.0.113.1").withToken("dolbom_invented"),
                from("203.0.113.2").withToken("invented"),
                from("203.0.113.3").withCookie("dolbom_session", "invented"))) {
            List<HttpResponse<String>> answers = IntStream.range(0, 6)
                    .mapToObj(_ -> stranger.get("/api/v1/offices"))
                    .toList();
            assertEquals(401, answers.getFirst().statusCode());
            HttpResponse<String> last = answers.getLast();
            assertEquals(429, last.statusCode(), last.body());
            assertTrue(last.headers().firstValue("Retry-After").isPresent());
        }
        assertEquals(200, operator.get("/api/v1/offices").statusCode(), "who is signed in is not kept out");
    }

    @Test
    void comingBackFromTheCitysSignInIsCountedAsSigningIn() {
        List<Integer> answers = IntStream.range(0, 6)
                .mapToObj(i -> from("203.0.113.9").get("/sign-in/city/back?code=x&state=" + i))
                .map(HttpResponse::statusCode)
                .toList();
        assertEquals(429, answers.getLast(), answers.toString());
        assertEquals(
                200,
                from("203.0.113.9").with("Accept", "text/html").get("/sign-in").statusCode());
        assertEquals(
                429, from("203.0.113.9").form("/sign-in", Map.of("login", "x")).statusCode(), "counted together");
    }
}
