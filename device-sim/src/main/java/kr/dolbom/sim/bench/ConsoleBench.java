package kr.dolbom.sim.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import kr.dolbom.sim.phone.PhoneSimulator;
import kr.dolbom.sim.phone.PhoneSimulatorSettings;

/// The list of open alerts as many people use it at once: a caseworker-api as in production on a city's worth of
/// residents and past alerts, viewers who open it again and again, others who keep it open, and a real Chromium.
final class ConsoleBench {
    private static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
    private static final String TOKEN = "the-token-of-the-console-bench";
    private static final String COOKIE = "dolbom_session";
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration ENCRYPTED_AT_MOST = Duration.ofMinutes(10);
    private static final int SHOWN_PAUSE_MILLIS = 150;

    private final BenchStage stage;
    private final Settings settings;
    private final HttpClient http = HttpClient.newHttpClient();

    /// What is measured.
    ///
    /// @param residents how many there are
    /// @param pastAlerts how many alerts are over
    /// @param openAlerts how many are open
    /// @param offices over how many offices they are spread
    /// @param viewers how many people have the list open
    /// @param pagesPerSecond how often one of them opens it anew
    /// @param lasts how long that is measured
    /// @param shown how many new alerts are watched until they are seen
    /// @param jvmOptions more options for the caseworker-api
    record Settings(
            int residents,
            int pastAlerts,
            int openAlerts,
            int offices,
            int viewers,
            int pagesPerSecond,
            Duration lasts,
            int shown,
            List<String> jvmOptions) {}

    ConsoleBench(BenchStage stage, Settings settings) {
        this.stage = stage;
        this.settings = settings;
    }

    ConsoleReport run() throws InterruptedException, SQLException, IOException {
        BenchDatabase database = stage.database();
        populate(database);
        // Nothing rings: what is open and would is taken. But the program wants to know whom to ask.
        try (var phones = PhoneSimulator.start(PhoneSimulatorSettings.of(ACCOUNT, TOKEN))) {
            return run(database, phones);
        } finally {
            http.shutdownNow();
        }
    }

    private ConsoleReport run(BenchDatabase database, PhoneSimulator phones)
            throws InterruptedException, SQLException, IOException {
        int port = BenchProgram.freePort();
        String url = "http://127.0.0.1:" + port;
        stage.api(database, port, environment(url, phones.url()), settings.jvmOptions());
        signIn(database);
        awaitEncrypted(database);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                BenchChromium chromium = BenchChromium.start(stage.log("chromium"))) {
            AtomicInteger listening = keepOpen(threads, url);
            stage.say("%d viewers keep the list open; warming up …".formatted(listening.get()));
            load(threads, url, WARM_UP);
            stage.say("the first load in Chromium …");
            chromium.open(url + "/", COOKIE, token(1));
            chromium.await("document.getElementById('live-state').dataset.state === 'on'");
            long firstLoad = chromium.receivedBytes();
            int requests = chromium.requests();
            long rows = chromium.evaluate("document.querySelectorAll('#rows > article').length")
                    .asLong();
            stage.say("%d pages a second for %d s …"
                    .formatted(settings.pagesPerSecond(), settings.lasts().toSeconds()));
            Loaded loaded = load(threads, url, settings.lasts());
            stage.say("%d new alerts, each until it is seen in Chromium, under the same load …"
                    .formatted(settings.shown()));
            Shown shown = show(threads, url, database, chromium);
            String version = database.version();
            threads.shutdownNow();
            return new ConsoleReport(settings, version, loaded, firstLoad, requests, rows, shown);
        }
    }

    /// What opening the list cost.
    ///
    /// @param pages how many were opened
    /// @param failures how many were not answered by the list
    /// @param bytes how many bytes one is on the network
    record Loaded(Latencies latencies, int pages, int failures, int bytes) {}

    /// How long it took from an alert's commit to the frame in which it was seen.
    ///
    /// @param millis one for each
    /// @param load what the list cost meanwhile
    /// @param longestTask for how many ms at most the page did not answer meanwhile; below 50 counts as 0
    record Shown(List<Double> millis, Loaded load, double longestTask) {}

    private Loaded load(ExecutorService threads, String url, Duration lasts) throws InterruptedException {
        Latencies latencies = new Latencies();
        AtomicInteger failures = new AtomicInteger();
        AtomicInteger bytes = new AtomicInteger();
        int pages = Math.toIntExact(lasts.toSeconds() * settings.pagesPerSecond());
        List<Future<?>> all = new ArrayList<>();
        long began = System.nanoTime();
        for (int n = 0; n < pages; n++) {
            long at = began + n * 1_000_000_000L / settings.pagesPerSecond();
            while (System.nanoTime() < at) {
                Thread.sleep(Duration.ofNanos(Math.max(1, at - System.nanoTime())));
            }
            String token = token(1 + n % settings.viewers());
            all.add(threads.submit(() -> {
                // From when it was due: whoever waits for the program waits for all before as well.
                open(url, token, failures, bytes);
                latencies.add(System.nanoTime() - at);
            }));
        }
        for (var one : all) {
            try {
                one.get();
            } catch (ExecutionException e) {
                failures.incrementAndGet();
            }
        }
        return new Loaded(latencies, pages, failures.get(), bytes.get());
    }

    private void open(String url, String token, AtomicInteger failures, AtomicInteger bytes) {
        try {
            HttpResponse<byte[]> answer = http.send(
                    request(url + "/", token)
                            .header("Accept", "text/html")
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            boolean isList = answer.statusCode() == 200 && text(answer).contains("id=\"rows\"");
            if (!isList) {
                failures.incrementAndGet();
            }
            bytes.set(answer.body().length);
        } catch (IOException e) {
            failures.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(HttpResponse<byte[]> answer) throws IOException {
        boolean isPacked =
                answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        try (InputStream in = isPacked
                ? new GZIPInputStream(new ByteArrayInputStream(answer.body()))
                : new ByteArrayInputStream(answer.body())) {
            // The rows begin in the first part; unpacking all of it would measure us.
            return new String(in.readNBytes(32_768), StandardCharsets.UTF_8);
        }
    }

    /// Everybody has the list open and reads what it is sent.
    private AtomicInteger keepOpen(ExecutorService threads, String url) throws InterruptedException {
        AtomicInteger listening = new AtomicInteger();
        for (int viewer = 1; viewer <= settings.viewers(); viewer++) {
            String token = token(viewer);
            Future<?> _ = threads.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    HttpResponse<InputStream> stream = http.send(
                            request(url + "/stream", token)
                                    .header("Accept", "text/event-stream")
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
                    listening.incrementAndGet();
                    try (InputStream in = stream.body()) {
                        in.skip(Long.MAX_VALUE);
                    }
                    listening.decrementAndGet();
                }
                return 0;
            });
        }
        for (int tries = 0; tries < 100 && listening.get() < settings.viewers(); tries++) {
            Thread.sleep(100);
        }
        return listening;
    }

    private Shown show(ExecutorService threads, String url, BenchDatabase database, BenchChromium chromium)
            throws InterruptedException, SQLException {
        chromium.evaluate("""
                window.seenAt = {};
                window.longestTask = 0;
                new PerformanceObserver((list) => {
                  for (const task of list.getEntries()) window.longestTask = Math.max(window.longestTask, task.duration);
                }).observe({ type: "longtask" });
                new MutationObserver((changes) => {
                  for (const change of changes) for (const node of change.addedNodes) {
                    if (node.id) requestAnimationFrame(() => setTimeout(() => {
                      if (node.checkVisibility()) window.seenAt[node.id] ??= performance.timeOrigin + performance.now();
                    }));
                  }
                }).observe(document.getElementById("rows"), { childList: true });
                true""");
        Duration lasts = Duration.ofMillis((long) settings.shown() * (SHOWN_PAUSE_MILLIS + 100))
                .plusSeconds(2);
        var load = threads.submit(() -> load(threads, url, lasts));
        List<Double> millis = new ArrayList<>();
        for (int n = 0; n < settings.shown(); n++) {
            UUID alert = UUID.randomUUID();
            // One after the other, of residents of the viewer's office who have none open.
            int resident = 1 + settings.offices() * (settings.openAlerts() + n);
            double committed = raise(database, alert, resident);
            String key = "window.seenAt['row-" + alert + "']";
            chromium.await(key + " !== undefined");
            JsonNode seen = chromium.evaluate(key);
            millis.add(seen.asDouble() - committed);
            Thread.sleep(SHOWN_PAUSE_MILLIS);
        }
        try {
            double longestTask = chromium.evaluate("window.longestTask").asDouble();
            return new Shown(millis, load.get(), longestTask);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load failed", e);
        }
    }

    /// Raises an alert as the risk engine does.
    ///
    /// @return when its transaction was committed at the earliest, in ms since 1970
    private static double raise(BenchDatabase database, UUID alert, int resident) throws SQLException {
        database.execute("begin");
        database.execute("""
                insert into alert (alert_id, resident_no, family, tier, reason_ko, reason_en, moment)
                values ('%s', %d, 'mood', 'review', '한 주 동안 말씀이 줄었습니다.', 'Less talk for a week.', now())""".formatted(alert, resident));
        database.execute("""
                insert into alert_event (alert_id, type, actor) values ('%1$s', 'raised', 'platform')
                returning pg_notify('dolbom_alert', '%1$s')""".formatted(alert));
        double before = System.currentTimeMillis();
        database.execute("commit");
        return before;
    }

    private static HttpRequest.Builder request(String address, String token) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Cookie", COOKIE + "=" + token)
                .header("Accept-Language", "ko-KR,ko;q=0.9");
    }

    private static String token(int viewer) {
        return "the-session-of-viewer-%06d-of-the-console-bench".formatted(viewer);
    }

    private void populate(BenchDatabase database) throws SQLException {
        stage.say("writing %,d residents and %,d past alerts …".formatted(settings.residents(), settings.pastAlerts()));
        long began = System.nanoTime();
        // What is written here refers to what is written here: checking a million times that it is there takes minutes.
        database.execute("set session_replication_role = replica");
        database.execute("set synchronous_commit = off");
        database.execute("""
                insert into office (name_ko, name_en, short_name)
                select '측정시청 ' || n, 'Bench City ' || n, '측정시 ' || n from generate_series(1, %d) n""".formatted(settings.offices()));
        database.execute("""
                insert into caseworker (office_no, name, phone)
                select 1 + (n - 1) %% %d, '담당 ' || n, '+8210' || lpad(n::text, 8, '0') from generate_series(1, %d) n order by n""".formatted(settings.offices(), settings.viewers()));
        database.execute("""
                insert into on_call_shift (office_no, caseworker_no, position, starts_at)
                select distinct on (office_no) office_no, caseworker_no, 1, now() - interval '1 hour' from caseworker
                 order by office_no, caseworker_no""");
        database.execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                select 1 + (n - 1) %% %d, '김' || lpad(n::text, 6, '0'), 1930 + n %% 20, '측정동', '측정로 ' || n
                  from generate_series(1, %d) n order by n""".formatted(settings.offices(), settings.residents()));
        database.execute("""
                insert into device (device_id, resident_no, vendor, model)
                select 'bench-' || lpad(resident_no::text, 7, '0'), resident_no, 'Simulated', 'Bench' from resident""");
        database.execute("""
                insert into device_presence (device_no, connected, changed_at, reason)
                select device_no, true, now(), 'connect' from device""");
        database.execute("""
                insert into risk_score (resident_no, at, score, visibility)
                select resident_no, now() - n * interval '1 day', (resident_no * 7 + n) % 100, 'home'
                  from resident, generate_series(1, 3) n""");
        // The past is not chained in the ledger: that would take an hour and is not what is read here.
        database.execute("alter table alert_event disable trigger alert_event_ledger");
        database.execute("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment, raised_at, resolved_at, outcome)
                select 1 + (n * 7919::bigint) %% %d, (array['silence', 'night', 'decline', 'medication'])[1 + n %% 4],
                       (array['urgent', 'check-in', 'review', 'review'])[1 + n %% 4], 'resolved',
                       '3주 동안 활동이 28 %% 줄었습니다.', 'Less active for three weeks.', at, at, at + interval '20 minutes', 'resident-ok'
                  from (select n, now() - interval '1 hour' - n * interval '40 seconds' as at from generate_series(1, %d) n) past""".formatted(settings.residents(), settings.pastAlerts()));
        database.execute("""
                insert into alert_event (alert_id, at, type, actor)
                select alert_id, raised_at, 'raised', 'platform' from alert""");
        database.execute("alter table alert_event enable always trigger alert_event_ledger");
        database.execute("set session_replication_role = origin");
        // What rings is taken: no phone is called meanwhile.
        database.execute("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment, raised_at,
                                   acknowledged_at, confirmed_at, acknowledged_by)
                select resident_no, 'decline', tier, case when taken then 'acknowledged' else 'escalating' end,
                       '보통 하루에 ' || 200 + n || '번 움직이시는데, 3주 동안 활동이 ' || 20 + n %% 30 || ' %% 줄었습니다.', 'Less active.',
                       now() - n * interval '1 minute', now() - n * interval '1 minute',
                       case when taken then now() end, case when taken then now() end,
                       case when taken then (select min(caseworker_no) from caseworker c where c.office_no = r.office_no) end
                  from (select n, resident_no, office_no, tier, tier in ('critical', 'urgent') as taken
                          from generate_series(1, %d) n join resident on resident_no = n
                         cross join lateral (select (array['critical', 'urgent', 'check-in', 'review', 'review'])[1 + n %% 5] as tier) t) r""".formatted(settings.openAlerts()));
        database.execute("""
                insert into alert_event (alert_id, at, type, actor, detail)
                select alert_id, raised_at, type, 'platform', '{}' from alert,
                       unnest(array['raised', 'check-in-asked', 'no-answer']) type where state <> 'resolved'""");
        database.execute("set synchronous_commit = on");
        database.execute("analyze");
        stage.say("written in %d s".formatted((System.nanoTime() - began) / 1_000_000_000L));
    }

    /// Everybody is signed in, as if they had been by the form.
    private void signIn(BenchDatabase database) throws SQLException {
        database.execute("""
                insert into account (login, password_hash, role, caseworker_no)
                select 'viewer-' || caseworker_no, '-', 'caseworker', caseworker_no from caseworker""");
        for (int viewer = 1; viewer <= settings.viewers(); viewer++) {
            database.execute("""
                    insert into account_session (token_hash, account_no, stage, created_at, seen_at, expires_at, address, browser)
                    select sha256('%s'), account_no, 'open', now(), now(), now() + interval '9 hours', '127.0.0.1', 'bench'
                      from account where login = 'viewer-%d'""".formatted(token(viewer), viewer));
        }
    }

    /// Names were written plainly; the program encrypts them, and is measured afterwards.
    private void awaitEncrypted(BenchDatabase database) throws SQLException, InterruptedException {
        stage.say("waiting until all names are encrypted …");
        long until = System.nanoTime() + ENCRYPTED_AT_MOST.toNanos();
        long plain = 1;
        while (plain > 0 && System.nanoTime() < until) {
            plain = database.number("select count(*) from resident where name not like 'enc1.%'");
            Thread.sleep(500);
        }
        if (plain > 0) {
            stage.say("%,d names are plain still: measured as it is".formatted(plain));
        }
        database.execute("vacuum analyze resident");
        database.checkpoint();
    }

    private static Map<String, String> environment(String url, String phones) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DOLBOM_PUBLIC_URL", url);
        environment.put("DOLBOM_OPERATOR_PASSWORD", "the operator of the console bench");
        environment.put("DOLBOM_TWILIO_ACCOUNT_SID", ACCOUNT);
        environment.put("DOLBOM_TWILIO_AUTH_TOKEN", TOKEN);
        environment.put("DOLBOM_TWILIO_FROM", "+82215881234");
        environment.put("DOLBOM_TWILIO_BASE_URL", phones);
        return environment;
    }
}
