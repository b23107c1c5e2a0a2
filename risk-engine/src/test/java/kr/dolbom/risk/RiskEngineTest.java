package kr.dolbom.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.dolbom.db.fixture.TestDatabase;
import kr.dolbom.risk.follow.FollowSettings;
import kr.dolbom.risk.watch.WatchSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The whole program: its settings, its health, and that it finds back to a database that was away.
@Timeout(120)
class RiskEngineTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        try (ApplicationContext context = ApplicationContext.run(nowhere())) {
            assertEquals(
                    new WatchSettings(
                            Duration.ofMinutes(30),
                            Duration.ofHours(2),
                            Duration.ofMinutes(15),
                            Duration.ofSeconds(10)),
                    context.getBean(WatchSettings.class));
            assertEquals(
                    new FollowSettings(
                            "risk-engine",
                            Duration.ofSeconds(1),
                            5000,
                            45,
                            Duration.ofMillis(500),
                            Duration.ofMinutes(5),
                            Duration.ofSeconds(10)),
                    context.getBean(FollowSettings.class));
            assertEquals(
                    "127.0.0.1",
                    context.getProperty("micronaut.server.host", String.class).orElseThrow());
            assertEquals(
                    8081,
                    context.getProperty("micronaut.server.port", Integer.class).orElseThrow());
        }
    }

    @Test
    void theSettingsComeFromTheEnvironmentsNames() {
        Map<String, Object> properties = nowhere();
        properties.put("dolbom.engine.port", "-1");
        properties.put("dolbom.engine.device-silent-after", "PT45M");
        properties.put("dolbom.engine.feed.batch-rows", "77");
        try (ApplicationContext context = ApplicationContext.run(properties)) {
            assertEquals(
                    Duration.ofMinutes(45), context.getBean(WatchSettings.class).deviceSilentAfter());
            assertEquals(77, context.getBean(FollowSettings.class).batchRows());
        }
    }

    @Test
    void withoutADatabaseItWaitsAndSaysSo() throws Exception {
        Map<String, Object> properties = nowhere();
        properties.put("dolbom.engine.port", "-1");
        try (EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, properties)) {
            HttpResponse<String> health = health(server);

            assertEquals(503, health.statusCode());
            assertEquals(
                    "{\"status\":\"DOWN\",\"reason\":\"The telemetry feed is not followed: waiting for the database\"}",
                    health.body());
        }
    }

    @Test
    void afterALostConnectionItGoesOnWithAllThatItDoes() throws Exception {
        try (var database = TestDatabase.create();
                EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, at(database))) {
            awaitUp(server);
            execute(database, """
                    insert into office (name_ko, name_en, short_name) values ('시험', 'Test', '시험');
                    insert into resident (office_no, name, birth_year, neighbourhood, address)
                    values (1, '시험', 1940, '대화동', '1');""");
            execute(database, SOS);
            awaitFindings(database, 1);
            execute(database, """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and application_name like 'risk-engine%'""");
            execute(database, SOS);
            awaitFindings(database, 2);
            execute(database, """
                    insert into risk_preview (office_no, proposed, from_at, to_at, asked_by)
                    values (1, '{"caps.urgent": 840}', now() - interval '1 day', now(), 'minji')""");
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> number(database, "select count(*) from risk_preview where state = 'done'") == 1);
            awaitUp(server);

            assertEquals(1, number(database, "select count(*) from alert"));
        }
    }

    @Test
    void anSosIsAnAlertWellWithinATenthOfASecondAfterItsCommit() throws Exception {
        try (var database = TestDatabase.create();
                EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, at(database))) {
            awaitUp(server);
            execute(database, "insert into office (name_ko, name_en, short_name) values ('시험', 'Test', '시험')");
            List<Long> millis = new ArrayList<>();
            for (int resident = 1; resident <= 20; resident++) {
                execute(database, """
                        insert into resident (office_no, name, birth_year, neighbourhood, address)
                        values (1, '시험', 1940, '대화동', '1')""");
                execute(database, SOS.replace("1, 1, 6", "1, " + resident + ", 6"));
                long committed = System.nanoTime();
                int expected = resident;
                Awaitility.await()
                        .atMost(SOON)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> number(database, "select count(*) from alert") == expected);
                millis.add((System.nanoTime() - committed) / 1_000_000);
            }
            Collections.sort(millis);

            // Nobody notified the feed, which looks only once a second: this was the lane.
            assertTrue(millis.get(10) < 100, "milliseconds of 20 alerts: " + millis);
        }
    }

    private static final String SOS = """
            with message as (
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                values (now(), now(), 1, 1, 1, 6, gen_random_uuid(), convert_to('{"trigger":"sos-button"}', 'UTF8'))
                returning device_no, message_id, at)
            select pg_notify('dolbom_emergency',
                             device_no || ',' || message_id || ',' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            from message""";

    private static Map<String, Object> nowhere() {
        // Nothing listens on the discard port.
        return new HashMap<>(Map.of(
                "dolbom.db.url",
                "jdbc:postgresql://127.0.0.1:9/none",
                "dolbom.db.user",
                "u",
                "dolbom.db.password",
                "p"));
    }

    private static Map<String, Object> at(TestDatabase database) {
        return Map.of(
                "dolbom.db.url", database.url(),
                "dolbom.db.user", database.user(),
                "dolbom.db.password", database.password(),
                "dolbom.engine.port", "-1");
    }

    private static void awaitUp(EmbeddedServer server) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            HttpResponse<String> health = health(server);
            assertEquals(200, health.statusCode(), health.body());
            assertTrue(health.body().startsWith("{\"status\":\"UP\",\"caughtUpAt\":\"2"), health.body());
        });
    }

    private static HttpResponse<String> health(EmbeddedServer server) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(server.getURL() + "/health"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void awaitFindings(TestDatabase database, int count) {
        Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertEquals(count, number(database, "select count(*) from finding")));
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(TestDatabase database, String query) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
