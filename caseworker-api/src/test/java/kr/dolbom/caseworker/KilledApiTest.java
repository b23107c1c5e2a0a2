package kr.dolbom.caseworker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.secrecy.TestKeys;
import kr.dolbom.db.fixture.TestDatabase;
import kr.dolbom.sim.phone.PhoneSimulator;
import kr.dolbom.sim.phone.PhoneSimulatorSettings;
import kr.dolbom.sim.phone.line.Behaviour;
import kr.dolbom.sim.phone.line.PhoneCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// 300 alerts that ring and 100 of which a text tells alone, and two instances of the program behind one door that are
/// killed by SIGKILL again and again, wherever they are.
@Timeout(600)
class KilledApiTest {
    private static final Logger LOG = LoggerFactory.getLogger(KilledApiTest.class);
    private static final int OFFICES = 60;
    private static final int ALERTS = 300;
    /// Each of its own office, whose policy knows no call.
    private static final int TEXTED = 100;
    private static final int KILLS = 20;
    private static final String ACKNOWLEDGED = "select count(*)::int as n from alert where state = 'acknowledged'";
    private static final String NOT_ACKNOWLEDGED =
            "select count(*)::int as n from alert where state <> 'acknowledged' and resident_no <= " + ALERTS;
    /// A call that was on its way when somebody acknowledged.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    private final TestDatabase database = TestDatabase.create();
    private final Transactions transactions = new Transactions(database.dataSource(), TestKeys.SECRECY);
    /// By which a run can be repeated, as far as the machine does the same: `-Ddolbom.kill-seed=…`.
    private final long seed = Long.getLong("dolbom.kill-seed", System.nanoTime());

    private final Random fate = new Random(seed);
    private final List<ApiProcess> instances = new ArrayList<>();

    @Test
    void everyAlertIsReachedOnceEveryTextComesOnceAndNoPhoneRingsAfterwards() throws Exception {
        LOG.info("Killed by chance seed={}", seed);
        populate();
        List<Integer> ports = List.of(freePort(), freePort());
        try (var phones = PhoneSimulator.start(PhoneSimulatorSettings.of(Town.ACCOUNT, Town.TOKEN));
                var door = new Balancer(ports)) {
            // The first of each office never answers, the second takes what rings.
            for (int office = 1; office <= OFFICES; office++) {
                phones.phone(phone(office, 1)).behaviour(Behaviour.decline(Duration.ofMillis(300)));
                phones.phone(phone(office, 2)).behaviour(Behaviour.answer(Duration.ofMillis(200), "1"));
            }
            Map<String, String> settings = settings(phones.url(), door.url());
            for (int port : ports) {
                instances.add(ApiProcess.start(port, settings));
            }
            instances.forEach(ApiProcess::awaitReady);
            int raised = 0;
            int texted = ALERTS;
            for (int death = 0; death < KILLS; death++) {
                raised = raise(raised, ALERTS * (death + 1) / KILLS);
                texted = raise(texted, ALERTS + TEXTED * (death + 1) / KILLS);
                awaitMoreEvents(1 + fate.nextInt(60));
                int dead = awaitOneReady();
                LOG.info(
                        "Kills an instance death={} instance={} raised={} acknowledged={}",
                        death + 1,
                        dead,
                        raised,
                        count(ACKNOWLEDGED));
                instances.get(dead).kill();
                instances.get(dead).close();
                instances.set(dead, ApiProcess.start(ports.get(dead), settings));
            }
            await().atMost(Duration.ofMinutes(3)).until(() -> count(ACKNOWLEDGED), n -> n == ALERTS);
            LOG.info("All are acknowledged");
            // Of a text that was taken by a killed instance Twilio is asked first whether it has it.
            await().atMost(Duration.ofMinutes(2)).until(() -> textsOfTexted(phones), texts -> !texts.contains(0L));
            LOG.info("All texts have come");
            // Whatever a step's timer might still do is done.
            await().atMost(Duration.ofMinutes(1)).until(() -> count("""
                                    select count(*)::int as n from scheduled_tasks
                                     where task_name = 'alert-look-again'
                                       and execution_time < now() + interval '5 minutes'""") == 0);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> phones.listPhones().stream().noneMatch(phone -> phone.isRinging()));

            assertEquals(ALERTS, count("select count(*)::int as n from alert_event where type = 'acknowledged'"));
            assertEquals(List.of(), rungAfterwards(phones));
            assertEquals(Collections.nCopies(TEXTED, 1L), textsOfTexted(phones));
            assertEquals(List.of(), textedTwice(phones));
            assertEquals(List.of(), rungTwice(phones));
            var verdict = Client.json(
                    new Client(door.url()).as("operator", Town.PASSWORD).get("/api/v1/ledger/check"));
            assertTrue(verdict.path("verifies").asBoolean(), verdict.toString());
        } finally {
            for (ApiProcess instance : instances) {
                instance.close();
            }
            database.close();
        }
    }

    /// Waits until an instance serves, and gives one that does.
    private int awaitOneReady() {
        int first = fate.nextInt(instances.size());
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> instances.stream().anyMatch(ApiProcess::isReady));
        return instances.get(first).isReady() ? first : 1 - first;
    }

    /// How many texts each phone got that no call comes to.
    private static List<Long> textsOfTexted(PhoneSimulator phones) {
        return IntStream.rangeClosed(OFFICES + 1, OFFICES + TEXTED)
                .mapToObj(
                        office -> (long) phones.phone(phone(office, 1)).texts().size())
                .toList();
    }

    /// The phones that got more texts than were written to them.
    private List<String> textedTwice(PhoneSimulator phones) {
        return moreThan(
                "channel = 'sms' and state <> 'canceled'",
                phone -> phones.phone(phone).texts().size());
    }

    private List<String> moreThan(String attempts, ToIntFunction<String> got) {
        return transactions.run(connection -> Sql.on(connection, """
                        select caseworker_no, count(*) filter (where %s)::int as n
                          from escalation_attempt group by caseworker_no""".formatted(attempts))
                .list(row -> Map.entry(row.number("caseworker_no"), row.number("n")))
                .stream()
                .filter(written -> {
                    int index = written.getKey() - 1;
                    return got.applyAsInt(phone(1 + index / 2, 1 + index % 2)) > written.getValue();
                })
                .map(written -> "caseworker " + written.getKey())
                .toList());
    }

    /// The phones that rang more often than calls were made to them.
    private List<String> rungTwice(PhoneSimulator phones) {
        return moreThan(
                "channel = 'voice' and bundle_of is null and placed_at is not null",
                phone -> phones.phone(phone).calls().size());
    }

    /// Calls that were asked for when every alert that they told of was long acknowledged.
    private List<String> rungAfterwards(PhoneSimulator phones) {
        Map<String, Instant> neededUntil = transactions.run(connection ->
                Sql.on(connection, """
                        select lead.provider_sid as sid, max(a.acknowledged_at) as until
                          from escalation_attempt lead
                          join escalation_attempt told
                            on told.attempt_id = lead.attempt_id or told.bundle_of = lead.attempt_id
                          join alert a on a.alert_id = told.alert_id
                         where lead.channel = 'voice' and lead.provider_sid is not null
                         group by lead.provider_sid""").list(row -> Map.entry(row.text("sid"), row.instant("until"))).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        List<PhoneCall> calls = phones.listPhones().stream()
                .flatMap(phone -> phone.calls().stream())
                .toList();
        assertTrue(calls.size() >= OFFICES, calls.size() + " calls");
        return calls.stream()
                .filter(call -> {
                    Instant until = neededUntil.get(call.sid());
                    return until != null && call.createdAt().isAfter(until.plus(ON_ITS_WAY));
                })
                .map(PhoneCall::toString)
                .toList();
    }

    /// Raises alerts as the risk engine does, up to a number.
    private int raise(int from, int to) {
        for (int number = from + 1; number <= to; number++) {
            int resident = number;
            transactions.run(connection ->
                    Sql.on(connection, """
                            with raised as (
                                insert into alert (resident_no, family, tier, reason_ko, reason_en, moment)
                                values (:resident, 'emergency', 'critical', '도와달라고 하셨습니다.', 'She called for help.', now())
                                returning alert_id)
                            select pg_notify('dolbom_alert', alert_id::text)::text as told from raised""").with("resident", resident).list(row -> row));
        }
        return to;
    }

    /// Waits until the timelines have grown by so many entries, or nothing is left to do.
    private void awaitMoreEvents(int entries) {
        int before = count("select count(*)::int as n from alert_event");
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(25))
                .until(() -> count("select count(*)::int as n from alert_event") >= before + entries
                        || count(NOT_ACKNOWLEDGED) == 0);
    }

    private void populate() {
        execute("""
                insert into office (name_ko, name_en, short_name)
                select '시청 ' || n, 'City ' || n, '시청' || n from generate_series(1, %d) n""".formatted(OFFICES + TEXTED));
        execute("""
                insert into escalation_policy (office_no, tier, policy, changed_at, changed_by, reason)
                select office_no, 'critical', '{"steps": [{"targets": ["primary"], "channels": ["sms"], "waitSeconds": 86400,
                                                "repeats": 1, "together": false}],
                                      "rounds": 1, "keepsOn": false, "slowWaitSeconds": 86400}', now(), '-', '-'
                  from office where office_no > %d""".formatted(OFFICES));
        execute("""
                insert into caseworker (office_no, name, phone)
                select office_no, '담당 ' || position, '+8210' || position || lpad(office_no::text, 7, '0')
                  from office, generate_series(1, 2) position order by office_no, position""");
        execute("""
                insert into on_call_shift (office_no, caseworker_no, position, starts_at)
                select office_no, caseworker_no, substr(phone, 6, 1)::int, now() - interval '1 hour' from caseworker""");
        execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                select 1 + n %% %d, '어르신 ' || n, 1941, '대화동', '대화로 ' || n from generate_series(1, %d) n""".formatted(OFFICES, ALERTS));
        execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                select %d + n, '어르신 ' || n, 1941, '대화동', '대화로 ' || n from generate_series(1, %d) n""".formatted(OFFICES, TEXTED));
    }

    private static String phone(int office, int position) {
        return "+8210%d%07d".formatted(position, office);
    }

    private Map<String, String> settings(String phones, String door) {
        Map<String, String> settings = new HashMap<>();
        settings.put("DOLBOM_DB_URL", database.url());
        settings.put("DOLBOM_DB_USER", database.user());
        settings.put("DOLBOM_DB_PASSWORD", database.password());
        settings.put("DOLBOM_KEYSET", TestKeys.FILE.toString());
        settings.put("DOLBOM_PUBLIC_URL", door);
        settings.put("DOLBOM_OPERATOR_PASSWORD", Town.PASSWORD);
        settings.put("DOLBOM_TWILIO_ACCOUNT_SID", Town.ACCOUNT);
        settings.put("DOLBOM_TWILIO_AUTH_TOKEN", Town.TOKEN);
        settings.put("DOLBOM_TWILIO_FROM", Town.OFFICE_PHONE);
        settings.put("DOLBOM_TWILIO_BASE_URL", phones);
        settings.put("DOLBOM_TWILIO_RING_TIMEOUT", "5s");
        settings.put("DOLBOM_TWILIO_CALLS_PER_SECOND", "100");
        settings.put("DOLBOM_RESPONSE_STEP_WAIT", "15s");
        settings.put("DOLBOM_RESPONSE_SWEEP", "5s");
        settings.put("DOLBOM_RESPONSE_TIMER_POLL", "250ms");
        return settings;
    }

    private int count(String query) {
        return transactions.run(connection -> Sql.on(connection, query).get(row -> row.number("n")));
    }

    private void execute(String statement) {
        transactions.run(connection -> Sql.on(connection, statement).update());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
