package kr.dolbom.caseworker;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.browser.Chromium;
import kr.dolbom.caseworker.browser.Screen;
import kr.dolbom.caseworker.browser.Visitor;
import kr.dolbom.caseworker.daybook.DayBook;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResidentPageTest {
    private static final String SCRIPT = "<script>alert(1)</script>";

    private final Town town = new Town();
    private DayBook dayBook;
    private String path;
    private int messages;

    @BeforeAll
    void start() {
        var server = town.start();
        dayBook = server.getApplicationContext().getBean(DayBook.class);
        town.execute("update caseworker set duty = 'supervisor' where caseworker_no = 2");
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "junho", PASSWORD, Role.SUPERVISOR, 2)
                && Accounts.add(connection, "sua", PASSWORD, Role.CASEWORKER, 3));
        messages = new ResidentYear(town.clock.instant()).write(town, 365);
        town.execute("""
                insert into guardian (resident_no, name, relation, phone, consented_at)
                values (1, '김수진', '딸', '+821044440004', now() - interval '90 days'),
                       (1, '박철수', '이웃', '+821055550005', null)""");
        town.execute("update resident set caseworker_no = 1 where resident_no = 1");
        town.execute("""
                update device_presence set firmware = '2.4.1', battery_percent = 84, on_mains = true, status_at = now()""");
        alert(2, "urgent", "보통 아침 7시 10분이면 부엌에 나오시는데, 11시 40분까지 움직임이 없습니다(최근 45일 중 처음).", "resident-ok");
        alert(9, "review", "로봇 전원이 꺼져 09:10부터 상태를 볼 수 없습니다. 어르신 이상은 아닐 수 있습니다.", "device-fault");
        alert(26, "critical", "02시 10분에 ‘살려줘’라고 말씀하셨습니다.", "needed-help");
        town.execute("""
                insert into risk_score (resident_no, at, score, visibility)
                select 1, now() - interval '1 hour' * n, case when n = 45 then 82 else (n * 7) % 40 end, 'home'
                  from generate_series(1, 740, 3) n""");
        town.execute("""
                insert into check_in (resident_no, day, planned_at, questions, state, due_at, summary_ko, summary_en, ended_at)
                values (1, current_date - 1, now() - interval '1 day', 'sleep meal', 'answered', now(),
                        '잠: 잘 주무심. 식사: 드심.', 'Sleep: well. Meal: eaten.', now() - interval '1 day')""");
        dayBook.run();
        path = "/residents/"
                + town.text("select resident_id::text as text from resident where resident_no = :value", 1);
    }

    private void alert(int daysAgo, String tier, String reason, String outcome) {
        town.transactions.run(connection -> kr.dolbom.caseworker.database.Sql.on(connection, """
                        with raised as (
                            insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment, raised_at,
                                               resolved_at, outcome)
                            select 1, 'silence', :tier, 'resolved', :reason, :reason, at, at, at + interval '20 minutes',
                                   :outcome
                              from (select (date_trunc('day', now() at time zone 'Asia/Seoul')
                                            - interval '1 day' * :days + interval '11 hours 40 minutes')
                                           at time zone 'Asia/Seoul' as at) m
                            returning alert_id, moment)
                        insert into finding (resident_no, family, tier, episode, alert_id, reason_ko, reason_en, evidence,
                                             moment)
                        select 1, 'silence', :tier, alert_id::text, alert_id, :reason, :reason, '{}', moment from raised""")
                .with("tier", tier)
                .with("reason", reason)
                .with("outcome", outcome)
                .with("days", daysAgo)
                .update());
    }

    @BeforeEach
    void forgetWhatWasSaid() {
        town.execute("delete from spoken_sentence");
        town.execute("update device_presence set connected = true");
    }

    @AfterAll
    void close() {
        town.close();
    }

    private Client minji() {
        return new Client(town.url).signIn("minji", PASSWORD);
    }

    @Test
    void thePageDrawsWhatWasReceivedAndGapsAsGaps() {
        String page = minji().get(path).body();
        LocalDate gap =
                LocalDate.ofInstant(town.clock.instant(), ResidentYear.SEOUL).minusDays(10);
        String day = DateTimeFormatter.ofPattern("M월 d일 (E)", Locale.KOREAN).format(gap);

        assertTrue(page.contains("김영자") && page.contains("86세(1941년생)") && page.contains("tel:+82319001234"));
        assertTrue(page.contains(day + " 8시: "), "an hour that was watched");
        assertFalse(page.contains(day + " 9시: "), "an hour that was not");
        assertTrue(page.contains(" 09:00–00:00: 관찰 공백(기기 무응답)"), "the gap is named");
        assertTrue(page.contains("<text class=\"word\""), "and has its word on it");
        assertTrue(page.contains("입원"), "time in hospital is told apart");
        assertTrue(page.contains("평소보다 적음"), "a morning in bed is less than usual");
        assertTrue(page.contains("관찰 공백은 모두 30시간입니다."), "the sentence says the same");
        for (String tier : new String[] {"urgent", "review", "critical"}) {
            assertTrue(page.contains("<a class=\"mark " + tier + "\" href=\"/alerts/"), tier + " alerts can be opened");
        }
    }

    @Test
    void theDayBookCountsEveryMessageOnceHoweverOftenItLooks() {
        String sum = """
                select sum(talks) || ' ' || sum(taken) || ' ' || sum(missed) as text from resident_day
                 where resident_no = :value""";
        String before = town.text(sum, 1);
        dayBook.run();
        assertEquals(before, town.text(sum, 1));
        assertEquals(
                town.text("select count(*)::text as text from telemetry where kind = 5 and resident_no = :value", 1),
                town.text("select sum(taken + missed)::text as text from resident_day where resident_no = :value", 1));

        town.execute("""
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                values (now() - interval '40 days', now(), 999999, 1, 1, 2, gen_random_uuid(),
                        convert_to('{"codes":[],"turns":2,"talkSeconds":9}', 'UTF8'))""");
        int talks = Integer.parseInt(before.split(" ", -1)[0]);
        dayBook.run();
        assertTrue(town.text(sum, 1).startsWith(talks + 1 + " "), "what comes late goes to its own day");
    }

    @Test
    void aYearOfTelemetryIsShownWithin150Milliseconds() {
        Client minji = minji();
        for (int i = 0; i < 20; i++) {
            minji.get(path);
        }
        long[] millis = new long[40];
        int bytes = 0;
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            bytes = minji.get(path).body().length();
            millis[i] = Duration.ofNanos(System.nanoTime() - start).toMillis();
        }
        Arrays.sort(millis);
        System.out.printf(
                "Resident page: messages=%d p50=%d ms p95=%d ms most=%d ms characters=%d%n",
                messages, millis[20], millis[37], millis[39], bytes);
        assertTrue(millis[20] <= 150, "half of the pages take " + millis[20] + " ms, expected at most 150");
    }

    @Test
    void anotherOfficesResidentDoesNotExistAndEveryLookIsNoted() {
        Client sua = new Client(town.url).signIn("sua", PASSWORD);
        assertEquals(404, sua.get(path).statusCode());
        assertEquals(404, sua.get("/residents/" + UUID.randomUUID()).statusCode());
        assertEquals(404, sua.form(path + "/notes", Map.of("text", "x")).statusCode());
        assertEquals(404, sua.form(path + "/speak", Map.of("text", "x")).statusCode());
        assertEquals(404, sua.get(path + "/spoken").statusCode());
        assertEquals(
                "0",
                town.text(
                        "select count(*)::text as text from audit_event where actor = :value and resident_no = 1",
                        "sua"));

        String looks = """
                select count(*)::text as text from audit_event
                 where action = :value and actor = 'minji' and resident_no = 1 and detail ->> 'parts' like 'header%'""";
        int before = Integer.parseInt(town.text(looks, "resident-read"));
        minji().get(path);
        assertEquals(before + 1, Integer.parseInt(town.text(looks, "resident-read")));
    }

    @Test
    void aHomeThatCannotBeSeenIsNotJudged() {
        town.execute(
                "insert into risk_score (resident_no, at, score, visibility) values (1, now(), 0, 'device-silent')");
        try {
            String blind = minji().get(path).body();
            assertTrue(blind.contains("<strong>–</strong>"), blind);
            assertTrue(blind.contains("지금은 댁을 볼 수 없어 점수를 매기지 않습니다."), blind);
            assertFalse(blind.contains("지금 평소와 다른 점은 없습니다."), blind);
        } finally {
            town.execute("delete from risk_score where visibility = 'device-silent'");
        }
        String seen = minji().get(path).body();
        assertFalse(seen.contains("<strong>–</strong>"), seen);
        assertTrue(seen.contains("지금 평소와 다른 점은 없습니다."), seen);

        town.execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                values (1, '박순자', 1929, '대화동', '대화로 14')""");
        String never = minji().get("/residents/"
                        + town.text("select resident_id::text as text from resident where birth_year = :value", 1929))
                .body();
        assertTrue(never.contains("<strong>–</strong>") && never.contains("아직 점수를 매긴 적이 없습니다."), never);
        assertFalse(never.contains("지금 평소와 다른 점은 없습니다."), never);
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void theHeaderSaysAsOfWhenItIsAndThatGoesOn(Screen screen) {
        try (Visitor minji = Chromium.visit(town.url, screen).signIn("minji", PASSWORD)) {
            Page page = minji.page();
            page.clock().install();
            minji.open(path);
            assertThat(page.locator(".as-of")).containsText("기준 · 방금");
            page.clock().fastForward(Duration.ofMinutes(7).toMillis());
            assertThat(page.locator(".as-of")).containsText("기준 · 7분 전");
            minji.assertFits();
            page.getByText("새로 보기").click();
            assertThat(page.locator(".as-of")).containsText("기준 ·");
        }
    }

    @Test
    void aNoteStaysAsItWasWritten() {
        assertEquals(
                303,
                minji().form(path + "/notes", Map.of("text", "따님이 주말에 오십니다.")).statusCode());

        String page = minji().get(path + "?notice=note-added").body();
        assertTrue(page.contains("따님이 주말에 오십니다.") && page.contains("이민지") && page.contains("메모를 남겼습니다."));
        assertComesBack(400, minji().form(path + "/notes", Map.of("text", " ")), "1–2000자로 적어 주세요.");
        assertEquals(
                303,
                minji().form(path + "/notes", Map.of("text", "가\r\n".repeat(999)))
                        .statusCode(),
                "the end of a line counts once");
        for (String change : new String[] {"update resident_note set text = 'x'", "delete from resident_note"}) {
            try {
                town.execute(change);
                throw new AssertionError("was allowed: " + change);
            } catch (kr.dolbom.caseworker.database.DatabaseException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("only ever added to"), e.toString());
            }
        }
    }

    @Test
    void aModeEndsByItselfOrByHand() {
        String until = java.time.LocalDateTime.ofInstant(
                        town.clock.instant().plus(Duration.ofDays(2)), ResidentYear.SEOUL)
                .truncatedTo(java.time.temporal.ChronoUnit.MINUTES)
                .toString();
        Client minji = minji();
        assertEquals(
                303,
                minji.form(path + "/mode", Map.of("mode", "hospital", "until", until, "reason", "무릎 수술"))
                        .statusCode());
        assertTrue(minji.get(path).body().contains("입원 중("));
        assertEquals(
                303,
                minji.form(path + "/mode", Map.of("mode", "hospital", "until", until, "reason", "입원"))
                        .statusCode(),
                "two syllables are a reason");
        assertComesBack(
                400,
                minji.form(path + "/mode", Map.of("mode", "away", "until", "2020-01-01T00:00", "reason", "아드님 댁")),
                "지금부터 60일 안의 날짜와 시각으로 적어 주세요.",
                "value=\"아드님 댁\"",
                "value=\"2020-01-01T00:00\"",
                "value=\"away\" required checked");
        assertComesBack(
                400,
                minji.form(path + "/mode", Map.of("mode", "", "until", until, "reason", "x")),
                "목록에서 골라 주세요.",
                "2–500자로 이유를 적어 주세요.");
        assertEquals(303, minji.form(path + "/mode/end", Map.of()).statusCode());
        assertFalse(minji.get(path).body().contains("입원 중("));
    }

    @Test
    void aSentenceIsSaidByTheRobotOrPlainlyRefused() {
        Client minji = minji();
        HttpResponse<String> said = minji.form(path + "/speak", Map.of("text", "오후에 찾아뵐게요."));
        assertTrue(said.headers().firstValue("Location").orElseThrow().contains("notice=spoken"));
        assertEquals("이민지 선생님 말씀이에요. 오후에 찾아뵐게요.", town.text("""
                        select data ->> 'text' as text from device_command join spoken_sentence using (command_id)
                         where said_by = :value""", "minji"));
        String page = minji.get(path).body();
        var asked = Pattern.compile("hx-get=\"(" + path + "/spoken\\?seen=[0-9a-f]+)\"")
                .matcher(page);
        assertTrue(asked.find(), "looks again while it is under way");
        String looks = """
                select count(*)::text as text from audit_event where actor = :value and action = 'resident-read'""";
        String before = town.text(looks, "minji");
        assertEquals(204, minji.get(asked.group(1)).statusCode(), "nothing is new");
        assertEquals(before, town.text(looks, "minji"), "and nothing is noted");
        town.execute("update device_command set state = 'delivered', delivered_at = now()");
        String list = minji.get(asked.group(1)).body();
        assertTrue(list.contains("기기가 받음") && !list.contains("hx-get"), list);
        assertEquals(Integer.parseInt(before) + 1, Integer.parseInt(town.text(looks, "minji")));

        town.execute("update device_presence set connected = false");
        assertComesBack(
                409,
                minji.form(path + "/speak", Map.of("text", "안녕하세요, 영자 님.")),
                "지금 연결된 기기가 없어 전하지 못했습니다.",
                "안녕하세요, 영자 님.</textarea>");
        assertComesBack(
                400,
                minji.form(path + "/speak", Map.of("text", "가".repeat(201))),
                "1–200자로 적어 주세요.",
                "가".repeat(201) + "</textarea>");

        town.execute("update device_presence set connected = true");
        for (int i = 0; i < 4; i++) {
            minji.form(path + "/speak", Map.of("text", "안녕하세요."));
        }
        assertComesBack(
                409,
                minji.form(path + "/speak", Map.of("text", "여섯 번째 말씀")),
                "10분 동안 다섯 번 전했습니다.",
                "여섯 번째 말씀</textarea>");
        assertEquals(
                403,
                new Client(town.url)
                        .signIn("operator", PASSWORD)
                        .form(path + "/speak", Map.of("text", "안녕하세요."))
                        .statusCode());
    }

    /// A form that was refused says why beside what was typed, and nothing of it is lost.
    private static void assertComesBack(int status, HttpResponse<String> answer, String... parts) {
        assertEquals(status, answer.statusCode());
        assertTrue(answer.body().contains("role=\"alert\""), "a notice");
        for (String part : parts) {
            assertTrue(answer.body().contains(part), () -> part + " is missing in " + answer.body());
        }
    }

    @Test
    void rulesThatAreRefusedComeBackAsTheyWereTyped() {
        Map<String, String> rules = Map.of(
                "spokenName",
                "가".repeat(21),
                "answerSeconds",
                "3",
                "quietBegins",
                "22",
                "quietEnds",
                "",
                "reason",
                "뜻");
        assertComesBack(
                400,
                minji().form(path + "/robot", rules),
                "value=\"" + "가".repeat(21) + "\"",
                "20자까지 적을 수 있습니다.",
                "5–600 사이의 수로 적어 주세요.",
                "22:00처럼 시각을 적어 주세요.",
                "2–500자로 이유를 적어 주세요.");
        Client junho = new Client(town.url).signIn("junho", PASSWORD);
        assertComesBack(
                400,
                junho.form(path + "/consent", Map.of("consent", "check-in-call", "given", "true", "note", "뜻")),
                "<details open>",
                "id=\"agree-check-in-call-fault\"",
                "value=\"뜻\"");
    }

    @Test
    void timeBeforeTheFirstScoreIsHatchedAndSaysSo() {
        town.execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                values (1, '한말년', 1932, '마두동', '강촌로 115')""");
        town.execute("""
                insert into risk_score (resident_no, at, score, visibility)
                select resident_no, now() - interval '3 days', 12, 'home' from resident where name = '한말년'""");
        String other =
                "/residents/" + town.text("select resident_id::text as text from resident where name = :value", "한말년");
        assertTrue(minji().get(other).body().contains(">판단 전</text>"), "a young record");
        assertFalse(minji().get(path).body().contains("판단 전</text>"), "one of thirty days");
    }

    @Test
    void whatHappenedIsToldAsHowLongAgoWithTheExactTimeAtHand() {
        minji().form(path + "/notes", Map.of("text", "어제 병원에 다녀오셨습니다."));
        minji().form(path + "/speak", Map.of("text", "오후에 찾아뵐게요."));
        var page = Jsoup.parse(minji().get(path).body());
        for (String part : List.of("#notes article time", "#spoken time", ".resident-history time")) {
            var times = page.select(part);
            assertFalse(times.isEmpty(), part);
            assertTrue(
                    times.stream().allMatch(time -> time.text().matches("방금|\\d+(분|시간|일) 전")),
                    () -> part + ": " + times.eachText());
            assertTrue(times.stream().allMatch(time -> time.attr("title").matches("20\\d\\d.*:.*")), times.toString());
        }
    }

    @Test
    void onAPhoneTheHeatMapOpensWhereTheDayIs() {
        try (Visitor minji = Chromium.visit(town.url, Screen.PHONE).signIn("minji", PASSWORD)) {
            var page = minji.open(path).page();
            page.waitForFunction("() => document.querySelector('.explore .resident-value').textContent !== ''");
            assertEquals(true, page.evaluate("""
                            () => {
                              const box = document.getElementById("heat");
                              const hour = [...box.querySelectorAll(".hour")][Number(box.dataset.hour)].getBoundingClientRect();
                              const days = box.querySelector(".heat-days").getBoundingClientRect();
                              const seen = box.getBoundingClientRect();
                              return hour.left >= days.right && hour.right <= seen.right;
                            }"""), "the present hour is in sight");
            page.locator("#heat").scrollIntoViewIfNeeded();
            minji.picture("resident-heat");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE"})
    void whatTheRobotCouldNotSayStandsWhereItWasTyped(Screen screen) {
        town.execute("update device_presence set connected = false");
        try (Visitor minji = Chromium.visit(town.url, screen).expect("409").signIn("minji", PASSWORD)) {
            var page = minji.open(path).page();
            page.fill("#sentence", "오후에 찾아뵐게요.");
            page.click("#speak form button");
            assertThat(page.locator("#speak [role=alert]")).containsText("지금 연결된 기기가 없어 전하지 못했습니다.");
            assertThat(page.locator("#speak [role=alert]")).isInViewport();
            assertThat(page.locator("#sentence")).hasValue("오후에 찾아뵐게요.");
            minji.assertGood().picture("resident-refused");
        }
    }

    @Test
    void theRobotHeedsTheNameAndTimeThatWereSet() {
        Map<String, String> rules = Map.of(
                "spokenName",
                "영자 어머님",
                "answerSeconds",
                "45",
                "quietBegins",
                "00:00",
                "quietEnds",
                "00:00",
                "reason",
                "어르신 뜻");
        assertEquals(303, minji().form(path + "/robot", rules).statusCode());

        UUID alert = town.raise("check-in", "silence");
        org.awaitility.Awaitility.await()
                .atMost(Town.SOON)
                .until(() -> !town.commands(alert).isEmpty());
        assertTrue(
                town.commands(alert).getFirst().contains("영자 어머님 님, 괜찮으세요?"),
                town.commands(alert).toString());
        assertEquals(
                "45",
                town.text(
                        "select data ->> 'timeLimitSeconds' as text from device_command where alert_id = :value",
                        alert));
        town.execute(
                "update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm' where state <> 'resolved'");
        town.execute("update resident set spoken_name = null, answer_seconds = null");
    }

    @Test
    void consentIsForSupervisorsAndRemembersWhenAndWhy() {
        Map<String, String> form = Map.of("consent", "transcript", "given", "true", "note", "방문하여 서면으로 받음");
        assertEquals(403, minji().form(path + "/consent", form).statusCode());
        Client junho = new Client(town.url).signIn("junho", PASSWORD);
        assertEquals(303, junho.form(path + "/consent", form).statusCode());

        assertEquals(
                "true",
                town.text("select transcript_consent::text as text from resident where resident_no = :value", 1));
        String page = minji().get(path).body();
        assertTrue(page.contains("대화 내용 저장: 동의함 · 박준호 · 방문하여 서면으로 받음"), "when and why");
    }

    @Test
    void storedScriptIsShownAndNotRun() {
        String tail = SCRIPT.replace("'", "''");
        town.execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address, spoken_name)
                values (1, '%1$s', 1940, '%1$s', '%1$s', '<b>x</b>')""".formatted(tail));
        town.execute("""
                insert into guardian (resident_no, name, relation, phone, consented_at)
                select max(resident_no), '%1$s', '%1$s', '+821044440004', now() from resident""".formatted(tail));
        town.execute("""
                insert into device (device_id, resident_no, vendor, model)
                select 'robot-script', max(resident_no), '%1$s', '%1$s' from resident""".formatted(tail));
        town.execute("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment, resolved_at, outcome, outcome_note)
                select max(resident_no), 'silence', 'review', 'resolved', '%1$s', '%1$s', now() - interval '1 hour', now(), 'resident-ok', '%1$s'
                  from resident""".formatted(tail));
        town.execute("""
                insert into finding (resident_no, family, tier, episode, reason_ko, reason_en, evidence, moment)
                select max(resident_no), 'silence', 'review', 'script', '%1$s', '%1$s', '{}', now() - interval '1 hour'
                  from resident""".formatted(tail));
        town.execute("""
                insert into task (resident_no, kind, source, words, asked_at, tell_after)
                select max(resident_no), 'meal', 'request', '%1$s', now(), now() + interval '1 day' from resident""".formatted(tail));
        town.execute("""
                insert into check_in (resident_no, day, planned_at, questions, state, due_at, summary_ko, summary_en, ended_at)
                select max(resident_no), current_date, now(), 'sleep', 'answered', now(), '%1$s', '%1$s', now() from resident""".formatted(tail));
        town.execute("""
                insert into resident_day select max(resident_no), current_date, array_fill(1::smallint, array[24]),
                       array_fill(0::smallint, array[24]), 1, 1, 1, 1, 1 from resident""");
        String other = "/residents/"
                + town.text(
                        "select resident_id::text as text from resident where resident_no > :value order by resident_no desc limit 1",
                        1);
        Client minji = minji();
        minji.form(other + "/notes", Map.of("text", SCRIPT));
        minji.form(
                other + "/mode",
                Map.of(
                        "mode",
                        "away",
                        "until",
                        java.time.LocalDateTime.now(ResidentYear.SEOUL)
                                .plusDays(1)
                                .toString(),
                        "reason",
                        SCRIPT));
        new Client(town.url)
                .signIn("operator", PASSWORD)
                .form(other + "/consent", Map.of("consent", "transcript", "given", "true", "note", SCRIPT));

        String page = minji.get(other).body();
        assertEquals(200, minji.get(other).statusCode());
        assertFalse(page.contains(SCRIPT) || page.contains("<b>x</b>"), "script in the page");
        assertTrue(page.split("&lt;script&gt;alert\\(1\\)", -1).length >= 14, "each field is shown as it was written");
        town.execute("update task set state = 'done', done_at = now()");
        try (Visitor visitor = Chromium.visit(town.url, Screen.DESKTOP).signIn("minji", PASSWORD)) {
            visitor.page().onDialog(dialog -> {
                throw new AssertionError("a stored script ran");
            });
            visitor.open(other);
            assertEquals(SCRIPT, visitor.page().textContent("h1"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE", "DESKTOP_DARK", "PHONE_DARK"})
    void thePageIsGoodOnEveryScreen(Screen screen) {
        try (Visitor minji = Chromium.visit(town.url, screen).signIn("minji", PASSWORD)) {
            minji.open(path).page().waitForSelector("#heat .cell");
            minji.page().focus("#heat");
            minji.page().keyboard().press("ArrowRight");
            minji.page().keyboard().press("ArrowRight");
            assertTrue(
                    minji.page().textContent("#heat-value").contains("평소"),
                    minji.page().textContent("#heat-value"));
            minji.page().evaluate("document.activeElement.blur(); window.scrollTo(0, 0)");

            minji.assertGood().picture("resident");
        }
    }
}
