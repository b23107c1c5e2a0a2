package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static kr.dolbom.caseworker.RosterOffice.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.browser.Chromium;
import kr.dolbom.caseworker.browser.Screen;
import kr.dolbom.caseworker.browser.Visitor;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.sim.phone.line.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What residents ask the robot for, and what becomes of it.
class TaskScenarioTest {
    private static final City CITY = new City();
    private static final String TOLD = "speak: 네, 담당자에게 전했어요. 낮에 연락드릴 거예요.";
    private static final LocalTime LATE = LocalTime.of(23, 0);
    private static final LocalTime EIGHT = LocalTime.of(8, 0);

    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");
    private final City.Home home = office.resident("김영자").device("doll").of(minji);

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void sheAsksForAMealAtElevenAtNightTheTaskWaitsAndTheTextComesAtEight() {
        CITY.passUntil(LATE);
        ask(home, "밥 좀 갖다 줘", 0.9);
        awaitThat(() -> home.heard().equals(List.of(TOLD)));
        Client caseworker = caseworker(minji);
        JsonNode waiting = read(caseworker, "/api/v1/tasks");
        assertEquals(
                "meal request 밥 좀 갖다 줘 open true",
                "%s %s %s %s %s"
                        .formatted(
                                waiting.at("/0/kind").asText(),
                                waiting.at("/0/source").asText(),
                                waiting.at("/0/words").asText(),
                                waiting.at("/0/state").asText(),
                                waiting.at("/0/toldAt").isNull()));
        CITY.passUntil(EIGHT.minusMinutes(1));
        CITY.bean(kr.dolbom.caseworker.task.TaskTelling.class).run();
        assertEquals(List.of(), minji.phone().texts());
        CITY.passUntil(EIGHT);
        minji.phone().awaitTexts(1, SOON);

        String text = minji.phone().texts().getFirst().body();
        assertEquals("[고양시 노인복지과] 어르신 요청 1건 " + CITY.town.url + "/tasks", text);
        assertTrue(text.getBytes(Charset.forName("EUC-KR")).length <= 90, text);
        assertEquals(List.of(0), rings(minji));
    }

    @Test
    void whoAsksForSeveralThingsByDayIsOneTextAndNobodyWithoutAnOwnCaseworkerIsForgotten() {
        CITY.passUntil(LATE);
        City.Home other = office.resident("박순자").device("doll");
        ask(home, null, 0.9);
        ask(other, "누가 좀 와 줘", 0.9);
        awaitTasks(2);
        CITY.passUntil(EIGHT);
        minji.phone().awaitTexts(1, SOON);

        assertTrue(minji.phone().texts().getFirst().body().contains("어르신 요청 2건"));
        JsonNode tasks = read(caseworker(minji), "/api/v1/tasks");
        assertEquals("welfare", tasks.at("/0/kind").asText(), "her words are not known");
        assertEquals("visit", tasks.at("/1/kind").asText());
    }

    @Test
    void whatIsAskedTwiceInTenMinutesOrNotHeardWellIsNoSecondTask() {
        CITY.passUntil(LocalTime.of(10, 0));
        ask(home, "반찬 좀 보내 줘", 0.9);
        awaitTasks(1);
        ask(home, "반찬 좀 보내 줘", 0.8);
        ask(home, "뭐라고", 0.3);
        CITY.pass(Duration.ofMinutes(11));
        ask(home, "반찬 좀 보내 줘", 0.9);
        awaitTasks(2);

        assertEquals(
                "0",
                CITY.town.text(
                        "select count(*)::text as text from resident_request where resident_no = :value and not seen",
                        home.number));
        assertEquals(List.of(TOLD, TOLD), home.heard());
    }

    @Test
    void oneTakesItTheOtherIsToldWhoAndItIsDoneWithANote() {
        CITY.passUntil(LocalTime.of(10, 0));
        Person junho = office.caseworker("박준호");
        ask(home, "누가 좀 와 줘", 0.9);
        awaitTasks(1);
        Client hers = caseworker(minji);
        Client his = caseworker(junho);
        Client strangers = caseworker(CITY.open().caseworker("최수아"));
        String task = "/api/v1/tasks/"
                + CITY.town.text("select task_id::text as text from task where resident_no = :value", home.number);
        CITY.town.execute("update task set state = 'open', done_at = null where resident_no = " + home.number);

        assertEquals(404, strangers.post(task + "/take", "{}").statusCode());
        assertEquals("[]", strangers.get("/api/v1/tasks").body());
        assertEquals(200, hers.post(task + "/take", "{}").statusCode());
        Client hisBrowser = new Client(CITY.town.url).signIn("task-caseworker-" + junho.number(), Town.PASSWORD);
        String taken = hisBrowser.get("/tasks").body();
        assertTrue(taken.contains("방문 · 김영자 · 대화동") && taken.contains("이민지 선생님이 맡음"), taken);
        HttpResponse<String> second = his.post(task + "/take", "{}");
        assertEquals(409, second.statusCode());
        assertTrue(second.body().contains("이민지 has taken task"), second.body());
        HttpResponse<String> done = hers.post(task + "/done", "{\"note\": \"화요일에 찾아뵘\"}");
        assertEquals(
                "done 화요일에 찾아뵘",
                "%s %s"
                        .formatted(
                                Client.json(done).get("state").asText(),
                                Client.json(done).get("note").asText()));
        String page = hisBrowser.get("/tasks").body();
        assertTrue(page.contains("지금 할 일이 없습니다."), page);
        assertEquals(409, his.post(task + "/done", "{}").statusCode());
        assertEquals("[]", his.get("/api/v1/tasks").body());
        assertEquals(1, read(his, "/api/v1/tasks?state=done").size());
        assertEquals(400, his.get("/api/v1/tasks?state=lost").statusCode());
        assertEquals("task-taken,task-done", CITY.town.text("""
                select string_agg(action, ',' order by audit_no) as text from audit_event
                 where resident_no = :value and action in ('task-taken', 'task-done')""", home.number));
    }

    @Test
    void aTextThatFailsIsSentAgainNextMorning() {
        CITY.passUntil(LocalTime.of(10, 0));
        minji.phone().fault(Fault.API_500, 1);
        ask(home, null, 0.9);
        awaitTasks(1);
        CITY.pass(Duration.ofSeconds(15));
        awaitThat(() -> CITY.town
                .text(
                        "select count(*)::text as text from task_text where caseworker_no = :value and state = 'failed'",
                        minji.number())
                .equals("1"));
        assertEquals(List.of(), minji.phone().texts());
        CITY.passUntil(EIGHT);
        minji.phone().awaitTexts(1, SOON);

        assertEquals(List.of(0), rings(minji));
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE", "DESKTOP_DARK", "PHONE_DARK"})
    void theTaskIsTakenAndClosedOnTheScreenWhereTheTextLeads(Screen screen) {
        CITY.passUntil(EIGHT);
        ask(home, "밥 좀 갖다 줘", 0.9);
        ask(office.resident("박순자").device("doll").of(minji), "말동무가 있으면 좋겠는데 누가 한번 와 줄 수 있을까", 0.9);
        awaitTasks(2);
        caseworker(minji);
        try (Visitor visitor =
                Chromium.visit(CITY.town.url, screen).signIn("task-caseworker-" + minji.number(), Town.PASSWORD)) {
            visitor.open("/tasks");
            assertEquals(2, visitor.page().locator("article.row").count());
            visitor.assertGood().picture("tasks");
            visitor.page().locator("article.row button").first().click();
            visitor.page().locator("input[name=note]").fill("도시락을 부탁했습니다");
            visitor.assertGood();
            visitor.page()
                    .locator("article.row form:has(input[name=note]) button")
                    .click();
            visitor.page()
                    .waitForCondition(
                            () -> visitor.page().locator("article.row").count() == 1);
        }
        assertEquals("1", CITY.town.text("""
                        select count(*)::text as text from task join resident using (resident_no)
                         where office_no = :value and state = 'done' and note = '도시락을 부탁했습니다'""", office.number));
    }

    /// The broker writes what the device heard.
    ///
    /// @param words null without consent
    private static void ask(City.Home home, @Nullable String words, double confidence) {
        CITY.town.transactions.run(connection -> Sql.on(connection, """
                        with asked as (
                            insert into resident_request (device_no, message_id, resident_no, at, confidence, words)
                            select device_no, :message, resident_no, :now, :confidence, :words from device
                             where resident_no = :resident returning device_no
                        )
                        select pg_notify('dolbom_request', '')::text as told from asked""")
                .with("message", UUID.randomUUID())
                .with("now", CITY.town.clock.instant())
                .with("confidence", confidence)
                .with("words", words)
                .with("resident", home.number)
                .list(row -> row.findText("told")));
    }

    private static Client caseworker(Person person) {
        String login = "task-caseworker-" + person.number();
        CITY.town.transactions.run(
                connection -> Accounts.add(connection, login, Town.PASSWORD, Role.CASEWORKER, person.number()));
        return new Client(CITY.town.url).as(login, Town.PASSWORD);
    }

    private void awaitTasks(int count) {
        awaitThat(() -> CITY.town.text("""
                        select count(*)::text as text from task join resident using (resident_no)
                         where office_no = :value""", office.number).equals(Integer.toString(count)));
    }
}
