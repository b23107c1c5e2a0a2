package kr.dolbom.caseworker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.secrecy.TestKeys;
import kr.dolbom.db.fixture.TestDatabase;
import kr.dolbom.sim.phone.PhoneSimulator;
import kr.dolbom.sim.phone.PhoneSimulatorSettings;
import kr.dolbom.sim.phone.line.Phone;

/// One office, two caseworkers on call with a phone each, one resident with a connected robot; and the
/// program, started with short times.
final class Town implements AutoCloseable {
    static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
    static final String TOKEN = "the-token-of-the-tests";
    static final String NEXT_TOKEN = "the-other-token-of-the-tests";
    static final String OFFICE_PHONE = "+82212345678";
    static final String MINJI_PHONE = "+821011110001";
    static final String JUNHO_PHONE = "+821022220002";
    static final String PASSWORD = "correct horse battery";
    static final Duration SOON = Duration.ofSeconds(10);

    final TestDatabase database = TestDatabase.create();
    final Transactions transactions = new Transactions(database.dataSource(), TestKeys.SECRECY);
    final TestClock clock = new TestClock();
    final PhoneSimulator phones = PhoneSimulator.start(PhoneSimulatorSettings.of(ACCOUNT, TOKEN)
            .withSecondaryAuthToken(NEXT_TOKEN)
            .withClock(clock));
    final int port;
    final String url;
    private final Map<String, Object> settings = new HashMap<>();
    private final List<EmbeddedServer> servers = new ArrayList<>();

    Town() {
        port = freePort();
        url = "http://127.0.0.1:" + port;
        settings.put("dolbom.db.url", database.url());
        settings.put("dolbom.db.user", database.user());
        settings.put("dolbom.db.password", database.password());
        settings.put("dolbom.keyset", TestKeys.FILE.toString());
        settings.put("dolbom.public.url", url);
        settings.put("dolbom.operator.password", PASSWORD);
        // Tests let hours pass at once.
        settings.put("dolbom.session.idle", "10h");
        settings.put("dolbom.twilio.account-sid", ACCOUNT);
        settings.put("dolbom.twilio.auth-token", TOKEN);
        settings.put("dolbom.twilio.from", OFFICE_PHONE);
        settings.put("dolbom.twilio.base-url", phones.url());
        settings.put("dolbom.twilio.answer-timeout", "1s");
        settings.put("dolbom.twilio.calls-per-second", 1000);
        settings.put("dolbom.alimtalk.url", phones.url() + "/alimtalk/v1");
        settings.put("dolbom.alimtalk.key", "alimtalk-key");
        settings.put("dolbom.alimtalk.answer-timeout", "1s");
        settings.put("dolbom.push.hosts", "127.0.0.1");
        settings.put("dolbom.response.step-wait", "5s");
        settings.put("dolbom.response.timer-poll", "50ms");
        settings.put("dolbom.response.answer-grace", "100ms");
        settings.put("dolbom.robot.time-limit", "5s");
        settings.put("dolbom.robot.delivery", "1s");
        populate();
    }

    /// Sets a setting, before the start.
    Town with(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    /// Starts the program; a second one gets a port of its own.
    EmbeddedServer start() {
        Map<String, Object> own = new HashMap<>(settings);
        own.put("dolbom.api.port", servers.stream().anyMatch(EmbeddedServer::isRunning) ? freePort() : port);
        EmbeddedServer server = CaseworkerApi.start(own, clock);
        servers.add(server);
        return server;
    }

    Phone minji() {
        return phones.phone(MINJI_PHONE);
    }

    Phone junho() {
        return phones.phone(JUNHO_PHONE);
    }

    /// Raises an alert about the resident as the risk engine does.
    UUID raise(String tier, String family) {
        return transactions.run(connection -> {
            UUID alertId = Sql.on(connection, """
                            insert into alert (resident_no, family, tier, reason_ko, reason_en, moment)
                            values (1, :family, :tier, '02시 10분에 ''살려줘''라고 말씀하셨습니다.',
                                    'At 02:10 she called for help.', now())
                            returning alert_id""")
                    .with("tier", tier)
                    .with("family", family)
                    .get(row -> row.uuid("alert_id"));
            Sql.on(connection, "select pg_notify('dolbom_alert', :alert)::text as told")
                    .with("alert", alertId.toString())
                    .list(row -> row);
            return alertId;
        });
    }

    UUID raise(String tier) {
        return raise(tier, "emergency");
    }

    /// One text of the database, decrypted.
    String text(String query, Object value) {
        return transactions.run(connection -> Sql.on(connection, query)
                .with("value", value)
                .find(row -> row.findText("text"))
                .map(String::valueOf)
                .map(TestKeys::plain)
                .orElse("nothing"));
    }

    String stateOf(UUID alertId) {
        return text("select state as text from alert where alert_id = :value", alertId);
    }

    /// What devices were told to do for an alert, oldest first: kind and words.
    List<String> commands(UUID alertId) {
        return list("""
                select kind || ': ' || coalesce(data ->> 'text', data ->> 'question') as text from device_command
                 where alert_id = :value order by created_at, kind""", alertId);
    }

    /// The attempts for an alert: step, channel, state.
    List<String> attempts(UUID alertId) {
        return list("""
                select step || ' ' || channel || ' ' || state as text from escalation_attempt
                 where alert_id = :value order by step, channel""", alertId);
    }

    /// Waits until the attempts are these: step, channel, state.
    void awaitAttempts(UUID alertId, String... expected) {
        await().atMost(SOON).untilAsserted(() -> assertEquals(List.of(expected), attempts(alertId)));
    }

    /// The types of the timeline's entries.
    List<String> events(UUID alertId) {
        return list("select type as text from alert_event where alert_id = :value order by event_no", alertId);
    }

    List<String> list(String query, Object value) {
        return transactions.run(connection ->
                Sql.on(connection, query).with("value", value).list((Row row) -> TestKeys.plain(row.text("text"))));
    }

    void execute(String statement) {
        transactions.run(connection -> Sql.on(connection, statement).update());
    }

    /// The device answers the robot's latest question, as the broker writes it.
    void answer(UUID alertId, String answer) {
        transactions.run(connection -> {
            UUID commandId = Sql.on(connection, """
                            update device_command
                               set state = 'answered', sent_at = coalesce(sent_at, now()), answered_at = now(),
                                   answer = jsonb_build_object('commandId', command_id, 'answer', :answer::text)
                             where alert_id = :alert and kind = 'check-in' returning command_id""")
                    .with("answer", answer)
                    .with("alert", alertId)
                    .get(row -> row.uuid("command_id"));
            return Sql.on(connection, "select pg_notify('dolbom_command_state', :command)::text as told")
                    .with("command", commandId.toString())
                    .list(row -> row.findText("told"));
        });
    }

    /// The device refuses the robot's latest question, as the broker writes it.
    void refuse(UUID alertId, String why) {
        transactions.run(connection ->
                Sql.on(connection, """
                        with refused as (
                            update device_command set state = 'failed', failure = :why
                             where alert_id = :alert and kind = 'check-in' returning command_id
                        )
                        select pg_notify('dolbom_command_state', command_id::text)::text as told from refused""").with("why", why).with("alert", alertId).list(row -> row.findText("told")));
    }

    private void populate() {
        execute("""
                insert into office (name_ko, name_en, short_name)
                values ('고양시청 노인복지과', 'Goyang City Hall, Senior Welfare', '고양시 노인복지과'),
                       ('파주시청 노인복지과', 'Paju City Hall, Senior Welfare', '파주시 노인복지과')""");
        execute("""
                insert into caseworker (office_no, name, phone)
                values (1, '이민지', '+821011110001'), (1, '박준호', '+821022220002'), (2, '최수아', '+821033330003')""");
        execute("""
                insert into on_call_shift (office_no, caseworker_no, position, starts_at)
                values (1, 1, 1, now() - interval '1 hour'), (1, 2, 2, now() - interval '1 hour')""");
        execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address, phone)
                values (1, '김영자', 1941, '대화동', '대화로 12, 301호', '+82319001234')""");
        // No test depends on the time of day at which it runs.
        execute("""
                insert into risk_setting_change (office_no, name, value, changed_by, reason)
                values (1, 'quiet.begins', 0, 'operator', 'no quiet hours'),
                       (1, 'quiet.ends', 0, 'operator', 'no quiet hours')""");
        execute("""
                insert into device (device_id, resident_no, vendor, model)
                values ('robot-1', 1, 'Acme', 'Doll')""");
        execute("""
                insert into device_presence (device_no, connected, changed_at, reason)
                values (1, true, now(), 'connect')""");
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    @Override
    public void close() {
        servers.forEach(EmbeddedServer::stop);
        phones.close();
        database.close();
    }
}
