package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.SOON;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.ApplicationContext;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.timer.Chore;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.CallbackRules;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Phone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Minji calls people from the console.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhoneCallScenarioTest {
    private static final String HOME_PHONE = "+82319001234";
    private static final String DAUGHTER_PHONE = "+821044440004";
    private static final String OFFICE = "고양시청 노인복지과입니다.";

    private final Town town = new Town();
    private final Client minji = new Client(town.url);
    private final Client otherOffice = new Client(town.url);
    private final Client operator = new Client(town.url);
    private Phone home;
    private Phone daughter;
    private Chore sweep;

    @BeforeAll
    void start() {
        town.execute("""
                insert into guardian (resident_no, name, relation, phone, consented_at)
                values (1, '김하나', '딸', '+821044440004', now()), (1, '김두리', '아들', '+821044440005', null)""");
        ApplicationContext context = town.start().getApplicationContext();
        town.transactions.run(connection -> Accounts.add(connection, "minji", Town.PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "sua", Town.PASSWORD, Role.CASEWORKER, 3));
        minji.signIn("minji", Town.PASSWORD);
        otherOffice.signIn("sua", Town.PASSWORD);
        operator.signIn("operator", Town.PASSWORD);
        home = town.phones.phone(HOME_PHONE);
        daughter = town.phones.phone(DAUGHTER_PHONE);
        sweep = context.getBeansOfType(Chore.class).stream()
                .filter(chore -> chore.name().equals("phone-calls"))
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    void close() {
        town.close();
    }

    @AfterEach
    void noCallIsLeft() {
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        "0",
                        town.text(
                                "select count(*)::text as text from phone_call where ended_at is null and 1 = :value",
                                1)));
    }

    @Test
    void theOwnPhoneRingsFirstAndOneLeadsToTheResident() {
        UUID alert = town.raise("review");
        int earlier = home.calls().size();
        String call = call(Map.of("party", resident(), "alert", alert.toString()));
        town.minji().awaitRinging(SOON);
        assertPage(call, "내 전화가 울립니다");
        assertEquals(earlier, home.calls().size(), "the resident waits for nobody");
        town.minji().answer();
        town.minji().press("1");
        assertEquals(Town.OFFICE_PHONE, home.awaitRinging(SOON).from());
        assertPage(call, "연결하는 중입니다");
        home.answer();
        assertPage(call, "<h2 class=\"lead\" role=\"status\">통화 중입니다.");
        home.hangUp();

        town.minji().awaitCallEnd(SOON);
        assertPage(call, "통화를 마쳤습니다.");
        assertTrue(town.minji().spoken().getFirst().startsWith(OFFICE + " 연결해 드릴게요. 1번을"));
        assertEquals(List.of("started resident", "talked resident"), town.list("""
                        select detail ->> 'state' || ' ' || (detail ->> 'to') as text from alert_event
                         where alert_id = :value and type = 'phoned' order by event_no""", alert));
        assertTrue(minji.get("/alerts/" + alert).body().contains("콘솔에서 어르신께 전화를 걸었습니다."));
        assertEquals("minji 1", town.text("""
                        select actor || ' ' || resident_no as text from audit_event
                         where action = 'phone-call' and detail ->> 'call' = :value""", call));
    }

    @Test
    void nobodyPicksUp() {
        String call = call(Map.of("party", resident()));
        town.minji().answer();
        town.minji().press("1");
        home.ringOut();

        town.minji().awaitCallEnd(SOON);
        assertEquals("전화를 받지 않으십니다. 잠시 뒤에 다시 걸어 주세요.", town.minji().spoken().getLast());
        assertPage(call, "연결되지 않았습니다.", "받지 않았습니다.", "다시 걸기");

        String unheard = call(Map.of("party", resident()));
        int rings = home.rings().size();
        town.minji().ringOut();
        assertPage(unheard, "연결되지 않았습니다.", "받지 않았습니다.");
        assertEquals(rings, home.rings().size());
    }

    @Test
    void whoPressesNothingIsNotConnected() {
        String call = call(Map.of("party", resident()));
        int rings = home.rings().size();
        town.minji().answer();
        town.minji().staySilent();

        town.minji().awaitCallEnd(SOON);
        assertEquals("번호를 누르지 않으셔서 연결하지 않겠습니다.", town.minji().spoken().getLast());
        assertPage(call, "1번을 누르지 않아 연결하지 않았습니다.");
        assertEquals(rings, home.rings().size());
    }

    @Test
    void aBusyLineAndADeadNumberAreToldInWords() {
        home.fault(Fault.BUSY, 1);
        String busy = call(Map.of("party", resident()));
        town.minji().answer();
        town.minji().press("1");
        town.minji().awaitCallEnd(SOON);
        assertEquals("지금 통화 중이십니다. 잠시 뒤에 다시 걸어 주세요.", town.minji().spoken().getLast());
        assertPage(busy, "통화 중이거나 거절했습니다.");

        home.fault(Fault.INVALID_NUMBER, 1);
        String dead = call(Map.of("party", resident()));
        town.minji().answer();
        town.minji().press("1");
        town.minji().awaitCallEnd(SOON);
        assertEquals("연결할 수 없는 번호입니다. 번호를 확인해 주세요.", town.minji().spoken().getLast());
        assertPage(dead, "걸 수 없는 번호이거나 지금 연결되지 않습니다.");

        town.minji().fault(Fault.INVALID_NUMBER, 1);
        String own = call(Map.of("party", resident()));
        assertPage(own, "걸 수 없는 번호이거나 지금 연결되지 않습니다. 번호를 확인해 주세요. (21211)");
    }

    @Test
    void threeMeetInOneRoom() {
        String call = call(Map.of("party", guardian(1), "group", "true"), "party", caseworker(2));
        for (Phone phone : List.of(town.minji(), daughter, town.junho())) {
            phone.answer();
            phone.press("1");
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        Set.of(Town.MINJI_PHONE, DAUGHTER_PHONE, Town.JUNHO_PHONE),
                        Set.copyOf(town.phones.conference(call))));
        assertPage(call, "3명이 통화 중입니다.", "김하나", "박준호");
        assertEquals(
                OFFICE + " 이민지 선생님이 여러 분과의 통화에 모십니다. 1번을 누르시면 연결됩니다.",
                town.junho().spoken().getFirst());
        daughter.hangUp();
        assertPage(call, "2명이 통화 중입니다.", "통화 마침");
        town.junho().hangUp();

        assertEquals(
                CallStatus.COMPLETED, town.minji().awaitCallEnd(SOON).status(), "nobody is left alone in the room");
        assertPage(call, "통화를 마쳤습니다.");
    }

    @Test
    void endingItStopsWhatRings() {
        String call = call(Map.of("party", caseworker(2), "group", "true"));
        town.minji().awaitRinging(SOON);
        town.junho().answer();
        HttpResponse<String> ended = minji.form("/calls/" + call + "/end", Map.of());

        assertEquals(303, ended.statusCode());
        assertEquals(CallStatus.CANCELED, town.minji().awaitCallEnd(SOON).status());
        assertEquals(CallStatus.COMPLETED, town.junho().awaitCallEnd(SOON).status());
        assertPage(call, "통화를 취소했습니다.");
    }

    @Test
    void aCallWhoseProgramWasKilledEndsAllTheSame() {
        town.execute("""
                with call as (
                    insert into phone_call (office_no, caseworker_no, asked_by, is_group, started_at)
                    values (1, 2, 'junho', false, now() - interval '10 minutes') returning call_no
                )
                insert into phone_call_leg (call_no, place, kind, caseworker_no, resident_no, state, updated_at)
                select call_no, 0, 'caseworker', 2, null, 'starting', now() - interval '10 minutes' from call
                union all
                select call_no, 1, 'resident', null, 1, 'starting', now() - interval '10 minutes' from call""");
        String call = town.text("select call_id::text as text from phone_call where asked_by = :value", "junho");

        sweep.run();

        assertPage(call, "연결되지 않았습니다.", "소식이 없어 끝냈습니다. 다시 걸어 주세요.");
    }

    @Test
    void reportsThatAreLostAreAskedFor() {
        town.minji().callbacks(CallbackRules.IN_ORDER.withAllLost());
        String call = call(Map.of("party", resident()));
        town.minji().decline();
        town.minji().clearCallbacks();
        town.minji().awaitCallEnd(SOON);
        await().atMost(SOON).until(() -> "accepted".equals(stateOfFirst(call)));
        town.clock.pass(Duration.ofMinutes(2));

        sweep.run();

        assertPage(call, "통화 중이거나 거절했습니다.");
    }

    @Test
    void whoMayNotBeCalledIsNotCalled() {
        assertRefused(minji, Map.of("party", guardian(2)), 409, "동의하지 않았거나");
        assertRefused(minji, Map.of("party", caseworker(1)), 409, "본인에게는");
        assertRefused(minji, Map.of("party", resident(), "group", "true"), 409, "어르신은 그룹 통화에");
        assertRefused(operator, Map.of("party", resident()), 409, "울릴 전화가 없습니다");
        assertRefused(otherOffice, Map.of("party", resident()), 404, "");
        assertRefused(minji, Map.of("party", caseworker(3)), 404, "");
        assertRefused(minji, Map.of("party", "resident:" + UUID.randomUUID()), 404, "");
        assertRefused(minji, Map.of("party", "resident:1 or true"), 404, "");
        assertRefused(
                minji, Map.of("party", resident(), "alert", UUID.randomUUID().toString()), 404, "");
    }

    @Test
    void aCallOfAnotherOfficeIsNoneAndTwoTouchesAreOne() {
        String call = call(Map.of("party", resident()));
        assertEquals(call, call(Map.of("party", resident())));
        assertEquals(404, otherOffice.get("/calls/" + call).statusCode());
        assertEquals(404, otherOffice.form("/calls/" + call + "/end", Map.of()).statusCode());
        assertEquals(
                204, minji.get("/calls/" + call + "/state?seen=" + seen(call)).statusCode());
        int looks = looks();
        assertEquals(200, minji.get("/calls/" + call + "/state").statusCode());
        assertEquals(looks + 1, looks(), "what is shown is noted, whatever was seen before");
        town.minji().decline();
    }

    private int looks() {
        return Integer.parseInt(town.text(
                "select count(*)::text as text from audit_event where action = :value and resident_no is not null",
                "phone-call-read"));
    }

    private String seen(String call) {
        town.minji().awaitRinging(SOON);
        await().atMost(SOON).until(() -> "ringing".equals(stateOfFirst(call)));
        return minji.get("/calls/" + call).body().replaceAll("(?s).*seen=([0-9a-f]+).*", "$1");
    }

    private String stateOfFirst(String call) {
        return town.text("""
                select state as text from phone_call_leg join phone_call using (call_no)
                 where place = 0 and call_id = :value""", UUID.fromString(call));
    }

    private void assertRefused(Client client, Map<String, String> form, int status, String words) {
        HttpResponse<String> answer = client.form("/calls", form);
        assertEquals(status, answer.statusCode());
        assertTrue(answer.body().contains(words), answer.body());
    }

    private void assertPage(String call, String... words) {
        await().atMost(SOON).untilAsserted(() -> {
            String page = minji.get("/calls/" + call).body();
            for (String word : words) {
                assertTrue(page.contains(word), () -> word + " in " + page);
            }
        });
    }

    private String call(Map<String, String> form, String... more) {
        HttpResponse<String> answer = minji.form("/calls", form, more);
        assertEquals(303, answer.statusCode(), answer.body());
        return answer.headers().firstValue("Location").orElseThrow().replace("/calls/", "");
    }

    private String resident() {
        return "resident:" + town.text("select resident_id::text as text from resident where resident_no = :value", 1);
    }

    private String guardian(int number) {
        return "guardian:"
                + town.text("select guardian_id::text as text from guardian where guardian_no = :value", number);
    }

    private String caseworker(int number) {
        return "caseworker:"
                + town.text("select caseworker_id::text as text from caseworker where caseworker_no = :value", number);
    }
}
