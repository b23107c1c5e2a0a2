package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// People and settings, tab by tab, as each role sees and changes them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleTest {
    private final Town town = new Town();
    private Client operator;
    private Client caseworker;
    private Client supervisor;
    private String resident = "";
    private String office = "";
    private String otherOffice = "";

    @BeforeAll
    void start() {
        town.execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                values (2, '이파주', 1938, '금촌동', '금릉로 7')""");
        town.start();
        town.execute("update caseworker set duty = 'supervisor' where caseworker_no = 2");
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "junho", PASSWORD, Role.SUPERVISOR, 2));
        supervisor = new Client(town.url).signIn("junho", PASSWORD);
        operator = new Client(town.url).signIn("operator", PASSWORD);
        caseworker = new Client(town.url).signIn("minji", PASSWORD);
        resident = id("select resident_id::text as text from resident where resident_no = :value", 1);
        office = id("select office_id::text as text from office where office_no = :value", 1);
        otherOffice = id("select office_id::text as text from office where office_no = :value", 2);
    }

    @AfterAll
    void close() {
        town.close();
    }

    private String id(String query, Object value) {
        return town.text(query, value);
    }

    @Test
    void aCaseworkerSeesTheirOfficeAloneAndChangesNothing() {
        String page = ok(caseworker.get("/people"));
        assertTrue(page.contains("김영자") && page.contains("/residents/" + resident), page);
        assertFalse(page.contains("이파주"), "another office's resident");
        assertFalse(page.contains("/people/residents/new"), "no button for what they may not do");
        assertEquals(403, caseworker.get("/people/residents/new").statusCode());
        assertEquals(
                403,
                caseworker.form("/people/residents/new", Map.of("name", "x")).statusCode());
        assertEquals(403, caseworker.get("/people/import").statusCode());
        assertEquals(404, caseworker.get("/people?office=" + otherOffice).statusCode());
        for (String tab : List.of("guardians", "caseworkers", "offices", "policies", "thresholds")) {
            ok(caseworker.get("/people/" + tab));
        }
        String everybody = ok(operator.get("/people"));
        assertTrue(everybody.contains("김영자") && everybody.contains("이파주"), everybody);
    }

    @Test
    void aSupervisorChangesTheirOwnOfficeAndOthersAreNotThere() {
        String stranger = id("select resident_id::text as text from resident where office_no = :value", 2);
        String colleague = id("select caseworker_id::text as text from caseworker where caseworker_no = :value", 3);
        assertTrue(ok(supervisor.get("/people")).contains("/people/residents/new"));
        assertFalse(ok(supervisor.get("/people")).contains("이파주"));
        for (String path : List.of(
                "/people/residents/" + stranger,
                "/people/residents/" + stranger + "/guardians",
                "/people/caseworkers/" + colleague,
                "/people/policies/" + otherOffice + "/urgent",
                "/people/thresholds?office=" + otherOffice,
                "/people/import?office=" + otherOffice)) {
            assertEquals(404, supervisor.get(path).statusCode(), path);
        }
        for (String path : List.of(
                "/people/residents/" + stranger,
                "/people/residents/" + stranger + "/left",
                "/people/residents/" + stranger + "/guardians",
                "/people/caseworkers/" + colleague,
                "/people/caseworkers/" + colleague + "/left",
                "/people/thresholds/" + otherOffice + "/previews",
                "/people/thresholds/" + otherOffice + "/return",
                "/people/thresholds/" + otherOffice + "/advisories")) {
            assertEquals(404, supervisor.form(path, Map.of("reason", "why not")).statusCode(), path);
        }
        assertEquals(403, supervisor.form("/people/offices", Map.of()).statusCode());
        Map<String, String> devices = Map.of("kind", "devices", "office", office);
        assertEquals(
                403,
                supervisor
                        .upload("/people/import", devices, "d.csv", new byte[] {'a'})
                        .statusCode());
        assertEquals(
                404,
                supervisor
                        .upload(
                                "/people/import",
                                Map.of("kind", "residents", "office", otherOffice),
                                "d.csv",
                                new byte[] {'a'})
                        .statusCode());
        assertEquals(
                403,
                supervisor
                        .withoutProof()
                        .upload("/people/import", Map.of("kind", "residents", "office", office), "d.csv", new byte[] {
                            'a'
                        })
                        .statusCode());
    }

    @Test
    void whatIsLookedForIsInNoAddressAndFindsByNameOnly() {
        String found = ok(operator.form("/people", Map.of("name", "파주")));
        assertTrue(found.contains("이파주"), found);
        assertFalse(found.contains("/residents/" + resident), found);
        assertTrue(ok(operator.form("/people", Map.of("neighbourhood", "대화동"))).contains("김영자"));
        assertTrue(ok(operator.form("/people", Map.of("name", "없는이름"))).contains("찾는 어르신이 없습니다."));
    }

    @Test
    void aNameIsFoundOnEveryPageHoweverItIsTyped() {
        Client junho = new Client(town.url).signIn("junho", PASSWORD);
        String path = "/people/residents/" + resident + "/guardians";
        operator.form(path, Map.of("name", "Anna Kim", "relation", "며느리", "phone", "010-5555-0009"));
        String apart = Normalizer.normalize("김영자", Normalizer.Form.NFD);
        for (String typed : List.of("김영자", " 김 영자 ", "영 자", apart)) {
            assertTrue(ok(operator.form("/people", Map.of("name", typed))).contains("/residents/" + resident), typed);
            assertTrue(
                    ok(operator.form("/people/guardians", Map.of("name", typed)))
                            .contains("Anna Kim"),
                    typed);
            assertTrue(ok(junho.form("/contacts", Map.of("q", typed))).contains("Anna Kim"), typed);
            assertTrue(
                    ok(operator.form("/audit", Map.of("name", typed, "account", "nobody")))
                            .contains("value=\"" + resident),
                    typed);
            assertTrue(
                    ok(operator.form("/fleet/devices/robot-1/search", Map.of("office", office, "words", typed)))
                            .contains("value=\"" + resident),
                    typed);
        }
        for (String typed : List.of("annakim", "A N N A")) {
            assertTrue(
                    ok(operator.form("/people/guardians", Map.of("name", typed)))
                            .contains("Anna Kim"),
                    typed);
            assertTrue(ok(junho.form("/contacts", Map.of("q", typed))).contains("Anna Kim"), typed);
        }
        assertFalse(
                ok(operator.form("/people/guardians", Map.of("name", "Annie"))).contains("Anna Kim"));
        assertFalse(ok(junho.form("/contacts", Map.of("q", "Annie"))).contains("Anna Kim"));
        assertFalse(ok(junho.form("/audit", Map.of("name", "파주"))).contains("이파주"), "another office's");
    }

    @Test
    void aResidentIsAddedMendedMovedAndNoLongerLookedAfter() {
        HttpResponse<String> refused = operator.form(
                "/people/residents/new",
                Map.of("office", office, "name", "", "birth-year", "41", "neighbourhood", "대화동", "phone", "12"));
        assertEquals(400, refused.statusCode());
        for (String fault : List.of("1–40자로 적어 주세요.", "네 자리 연도로 적어 주세요.", "1–200자로 적어 주세요.", "지역 번호부터 적어 주세요.")) {
            assertTrue(refused.body().contains(fault), refused.body());
        }
        HttpResponse<String> added = operator.form(
                "/people/residents/new",
                Map.of(
                        "office", office,
                        "name", "<script>alert(1)</script>",
                        "birth-year", "1940",
                        "neighbourhood", "대화동",
                        "address", "=HYPERLINK(1)",
                        "phone", "010-1234-5678"));
        assertEquals("/people?done=resident-added", location(added));
        String list = ok(operator.get("/people?done=resident-added"));
        assertTrue(list.contains("&lt;script&gt;alert(1)") && list.contains("어르신을 등록했습니다."), list);
        String added1 = id("select resident_id::text as text from resident where birth_year = :value", 1940);
        String minji = id("select caseworker_id::text as text from caseworker where caseworker_no = :value", 1);
        HttpResponse<String> changed = operator.form(
                "/people/residents/" + added1,
                Map.of(
                        "name", "박순자",
                        "birth-year", "1940",
                        "neighbourhood", "대화동",
                        "address", "대화로 3",
                        "phone", "031-900-1111",
                        "caseworker", minji));
        assertEquals(303, changed.statusCode(), changed.body());
        assertEquals("박순자 +82319001111 1", id("""
                        select name || ' ' || phone || ' ' || caseworker_no as text from resident
                         where birth_year = :value""", 1940));
        town.execute("""
                insert into device (device_id, resident_no, vendor, model)
                select 'people-1', resident_no, 'Acme', 'Doll' from resident where birth_year = 1940""");

        assertEquals(
                400,
                operator.form("/people/residents/" + added1 + "/left", Map.of()).statusCode());
        operator.form("/people/residents/" + added1 + "/left", Map.of("because", "moved-out"));

        assertFalse(ok(operator.get("/people")).contains("박순자"));
        assertTrue(ok(operator.form("/people", Map.of("left", "yes"))).contains("박순자"));
        assertEquals("none", id("""
                select coalesce(resident_no::text, 'none') as text from device where device_id = :value""", "people-1"));
        assertEquals(
                List.of("resident-added", "resident-changed", "resident-left", "device-unbound"), town.list("""
                        select action as text from audit_event join resident using (resident_no)
                         where birth_year = :value and action not in ('resident-listed', 'resident-read')
                         order by audit_no""", 1940));
    }

    @Test
    void guardiansAreCalledOnlyWhileTheirConsentIsNoted() {
        String path = "/people/residents/" + resident + "/guardians";
        operator.form(path, Map.of("name", "김지은", "relation", "딸", "phone", "010-5555-0005"));
        String guardian = id("select guardian_id::text as text from guardian where relation = :value", "딸");
        assertTrue(ok(caseworker.get(path)).contains("동의 안 함"));
        assertEquals(
                303, operator.form(path + "/" + guardian + "/consent", Map.of()).statusCode());
        assertTrue(ok(caseworker.get("/people/guardians")).contains("동의함 ("));
        operator.form(path + "/" + guardian + "/withdraw", Map.of());
        assertTrue(ok(caseworker.get(path)).contains("철회함 ("));
        assertEquals(
                403,
                caseworker.form(path + "/" + guardian + "/consent", Map.of()).statusCode());
        assertTrue(ok(operator.form("/people/guardians", Map.of("name", "지은"))).contains("010-5555-0005"));
    }

    @Test
    void caseworkersHavePhoneDutyAndLeave() {
        operator.form(
                "/people/caseworkers/new",
                Map.of("office", office, "name", "정하늘", "phone", "01077770007", "duty", "supervisor"));
        String id = id(
                "select caseworker_id::text as text from caseworker where caseworker_no > 3 and duty = :value",
                "supervisor");
        HttpResponse<String> leave = operator.form(
                "/people/caseworkers/" + id + "/leaves", Map.of("from", "2099-01-01", "to", "2099-01-03"));
        assertEquals(303, leave.statusCode(), leave.body());
        assertEquals(
                400,
                operator.form("/people/caseworkers/" + id + "/leaves", Map.of("from", "2099-01-05", "to", "soon"))
                        .statusCode());
        String page = ok(caseworker.get("/people/caseworkers"));
        assertTrue(page.contains("정하늘") && page.contains("책임자") && page.contains("010-7777-0007"), page);
        assertTrue(page.contains("2099년 1월 1일 (목) – 2099년 1월 3일 (토)"), page);
        operator.form("/people/caseworkers/" + id + "/left", Map.of());
        assertTrue(ok(caseworker.get("/people/caseworkers")).contains("그만둠 ("));
    }

    @Test
    void operatorsKeepOffices() {
        assertEquals(
                303,
                operator.form(
                                "/people/offices",
                                Map.of("name-ko", "수원시청 노인복지과", "name-en", "Suwon City Hall", "short-name", "수원시"))
                        .statusCode());
        assertTrue(ok(operator.get("/people/offices")).contains("수원시청 노인복지과"));
        assertFalse(ok(caseworker.get("/people/offices")).contains("수원시청 노인복지과"));
        assertEquals(403, caseworker.form("/people/offices", Map.of()).statusCode());
    }

    private static String ok(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse(answer.body());
    }
}
