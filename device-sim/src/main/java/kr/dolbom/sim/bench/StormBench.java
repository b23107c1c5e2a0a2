package kr.dolbom.sim.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kr.dolbom.sim.phone.PhoneSimulator;
import kr.dolbom.sim.phone.PhoneSimulatorSettings;
import kr.dolbom.sim.phone.line.Behaviour;
import kr.dolbom.sim.phone.line.PhoneCall;
import kr.dolbom.sim.phone.line.Text;

/// Many critical alerts in one moment: a caseworker-api as in production, a real database, and phones whose owners
/// answer and press 1. What was rung for is read from what the phones heard.
final class StormBench {
    private static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
    private static final String TOKEN = "the-token-of-the-storm";
    private static final Duration STEP_WAIT = Duration.ofSeconds(25);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// Longer than a step waits: whatever would ring again does.
    private static final Duration WATCH = STEP_WAIT.plusSeconds(5);

    private final BenchStage stage;
    private final Settings settings;

    /// What is measured.
    ///
    /// @param alerts how many at once
    /// @param offices over how many offices
    /// @param callsPerSecond what the account may do
    /// @param answerAfter how long a phone rings
    /// @param warmUp alerts before, which are not counted
    /// @param jvmOptions more options for the caseworker-api
    record Settings(
            int alerts,
            int offices,
            double callsPerSecond,
            Duration answerAfter,
            int warmUp,
            List<String> jvmOptions) {}

    StormBench(BenchStage stage, Settings settings) {
        this.stage = stage;
        this.settings = settings;
    }

    StormReport run() throws InterruptedException, SQLException {
        BenchDatabase database = stage.database();
        populate(database);
        try (var phones = PhoneSimulator.start(PhoneSimulatorSettings.of(ACCOUNT, TOKEN))) {
            for (int office = 1; office <= settings.offices(); office++) {
                for (int position = 1; position <= 2; position++) {
                    phones.phone(phone(office, position)).behaviour(Behaviour.answer(settings.answerAfter(), "1"));
                }
            }
            int port = BenchProgram.freePort();
            stage.api(database, port, environment(phones.url(), port), settings.jvmOptions());
            stage.say("the account may make %.1f calls a second".formatted(settings.callsPerSecond()));
            if (settings.warmUp() > 0) {
                stage.say("warming up by " + settings.warmUp() + " alerts …");
                raise(database, settings.alerts(), settings.warmUp());
                awaitAcknowledged(database, settings.warmUp());
            }
            List<String> residents = IntStream.rangeClosed(1, settings.alerts())
                    .mapToObj(StormBench::name)
                    .toList();
            stage.say("%d residents call for help …".formatted(settings.alerts()));
            Instant began = Instant.now();
            raise(database, 0, settings.alerts());
            long until = System.nanoTime() + LONGEST.toNanos();
            long acknowledged = 0;
            while (acknowledged < settings.alerts() && System.nanoTime() < until) {
                Thread.sleep(1_000);
                acknowledged = acknowledged(database) - settings.warmUp();
                stage.say("%3d s: rung for %d, acknowledged %d"
                        .formatted(
                                Duration.between(began, Instant.now()).toSeconds(),
                                Heard.of(residents, calls(phones, began)).rung().size(),
                                acknowledged));
            }
            Instant over = Instant.now();
            stage.say("watching for %d s that no phone rings again …".formatted(WATCH.toSeconds()));
            Thread.sleep(WATCH);
            return new StormReport(
                    settings,
                    database.version(),
                    began,
                    Duration.between(began, over),
                    acknowledged,
                    residents.size(),
                    Heard.of(residents, calls(phones, began)),
                    paged(phones, began),
                    calls(phones, over).size());
        }
    }

    /// What the phones heard.
    ///
    /// @param rung when a phone began to ring for each resident first, by name
    /// @param duplicates rings that told of nobody new, and residents who were told of once more
    /// @param calls how many rang
    record Heard(Map<String, Instant> rung, int duplicates, int calls) {
        static Heard of(List<String> residents, List<PhoneCall> calls) {
            Map<String, Instant> rung = new HashMap<>();
            int duplicates = 0;
            for (PhoneCall call : calls) {
                boolean isOn = call.endedAt() == null;
                List<String> told = residents.stream()
                        .filter(resident -> call.spoken().stream()
                                .anyMatch(line -> line.text().contains(resident)))
                        .toList();
                long again = told.stream().filter(rung::containsKey).count();
                duplicates += Math.toIntExact(again) + (told.isEmpty() && !isOn ? 1 : 0);
                told.forEach(resident -> rung.putIfAbsent(resident, call.rangAt()));
            }
            return new Heard(rung, duplicates, calls.size());
        }
    }

    /// When each phone that got anything got its first text or ring since a moment.
    private static List<Instant> paged(PhoneSimulator phones, Instant since) {
        return phones.listPhones().stream()
                .map(phone -> Stream.concat(
                                phone.texts().stream().map(Text::createdAt),
                                phone.calls().stream().map(PhoneCall::rangAt).filter(Objects::nonNull))
                        .filter(at -> !at.isBefore(since))
                        .min(Comparator.naturalOrder()))
                .flatMap(Optional::stream)
                .toList();
    }

    /// The calls that rang since a moment, in the order of ringing.
    private static List<PhoneCall> calls(PhoneSimulator phones, Instant since) {
        return phones.listPhones().stream()
                .flatMap(phone -> phone.calls().stream())
                .filter(call -> call.rangAt() != null && !call.createdAt().isBefore(since))
                .sorted(Comparator.comparing(StormBench::rangAt))
                .toList();
    }

    private static Instant rangAt(PhoneCall call) {
        return Objects.requireNonNull(call.rangAt());
    }

    private void awaitAcknowledged(BenchDatabase database, int count) throws InterruptedException, SQLException {
        while (acknowledged(database) < count) {
            Thread.sleep(100);
        }
    }

    private static long acknowledged(BenchDatabase database) throws SQLException {
        return database.number("select count(*) from alert where state = 'acknowledged'");
    }

    /// Raises alerts as the risk engine does, all in one transaction.
    ///
    /// @param after the residents from the next one on
    private static void raise(BenchDatabase database, int after, int count) throws SQLException {
        database.execute("""
                with raised as (
                    insert into alert (resident_no, family, tier, reason_ko, reason_en, moment)
                    select resident_no, 'emergency', 'critical', '도와달라고 하셨습니다.', 'Called for help.', now()
                      from resident where resident_no > %1$d order by resident_no limit %2$d
                    returning alert_id)
                select pg_notify('dolbom_alert', alert_id::text) from raised""".formatted(after, count));
    }

    private void populate(BenchDatabase database) throws SQLException {
        database.execute("""
                insert into office (name_ko, name_en, short_name)
                select '측정시청 ' || n, 'Bench City ' || n, '측정시 ' || n from generate_series(1, %d) n""".formatted(settings.offices()));
        database.execute("""
                insert into caseworker (office_no, name, phone)
                select office_no, '담당 ' || position, '+8210' || position || lpad(office_no::text, 7, '0')
                  from office, generate_series(1, 2) position order by office_no, position""");
        database.execute("""
                insert into on_call_shift (office_no, caseworker_no, position, starts_at)
                select office_no, caseworker_no, substr(phone, 6, 1)::int, now() - interval '1 hour' from caseworker""");
        database.execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                select 1 + (n - 1) %% %d, '김' || lpad(n::text, 5, '0'), 1941, '측정동', '측정로 ' || n
                  from generate_series(1, %d) n order by n""".formatted(settings.offices(), settings.alerts() + settings.warmUp()));
    }

    private static String name(int resident) {
        return "김%05d".formatted(resident);
    }

    private static String phone(int office, int position) {
        return "+8210%d%07d".formatted(position, office);
    }

    private Map<String, String> environment(String phones, int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DOLBOM_PUBLIC_URL", "http://127.0.0.1:" + port);
        environment.put("DOLBOM_OPERATOR_PASSWORD", "the operator of the storm");
        environment.put("DOLBOM_TWILIO_ACCOUNT_SID", ACCOUNT);
        environment.put("DOLBOM_TWILIO_AUTH_TOKEN", TOKEN);
        environment.put("DOLBOM_TWILIO_FROM", "+82215881234");
        environment.put("DOLBOM_TWILIO_BASE_URL", phones);
        environment.put("DOLBOM_TWILIO_CALLS_PER_SECOND", Double.toString(settings.callsPerSecond()));
        environment.put("DOLBOM_RESPONSE_STEP_WAIT", STEP_WAIT.toSeconds() + "s");
        return environment;
    }
}
