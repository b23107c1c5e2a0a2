package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.RosterOffice.created;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.keys.Encryption;
import kr.dolbom.caseworker.secrecy.Secrecy;
import kr.dolbom.sim.phone.line.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What somebody reads who has the database and not the keys.
class SecrecyScenarioTest {
    private static final City CITY = new City();
    private static final Client OPERATOR = new Client(CITY.town.url).as("operator", Town.PASSWORD);

    private final City.Office office = CITY.open();

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void afterAnAlertWithQuestionsCallsTextsAndNoticesNobodyCanBeReadInAnyTable() {
        Person dead = office.onCall("봉은지");
        Person answers = office.onCall("탁서윤");
        Person supervisor = office.supervisor("편도윤");
        City.Home home = office.resident("맹옥분").device("doll").of(answers);
        Person youngja = home.phone("맹옥분");
        Person daughter = home.guardian("피정숙", true);
        String registered = created(OPERATOR.post("/api/v1/residents", """
                {"officeId": "%s", "name": "어복순", "birthYear": 1938, "neighbourhood": "주엽동",
                 "address": "비밀로 77, 9동", "phone": "+82319997777"}""".formatted(office.id())))
                .get("residentId")
                .asText();
        created(OPERATOR.post("/api/v1/residents/" + registered + "/guardians", """
                {"name": "제갈민", "relation": "아들", "phone": "+821066667777", "consented": true}"""));
        dead.phone().fault(Fault.INVALID_NUMBER);
        supervisor.phone().fault(Fault.OPTED_OUT);

        UUID alert = home.raise("urgent", "silence");
        CITY.awaitEvent(alert, "check-in-asked");
        CITY.answerLatest(alert, "need-help");
        answers.take();
        CITY.awaitState(alert, "acknowledged");
        awaitThat(() -> notices() > 0);
        created(OPERATOR.post(
                "/api/v1/offices/" + office.id() + "/test-rings",
                "{\"caseworkerId\": \"%s\"}".formatted(answers.id())));
        awaitThat(() -> answers.phone().rings().size() == 2);
        // The broker is done with what devices were to say.
        CITY.town.execute("update device_command set state = 'expired' where state in ('pending', 'sent')");
        CITY.bean(Encryption.class).encryptAll();

        List<String> secrets = List.of(
                "봉은지",
                "탁서윤",
                "편도윤",
                "맹옥분",
                "피정숙",
                "어복순",
                "제갈민",
                "비밀로",
                "대화로",
                "319997777",
                "1066667777",
                dead.phone().number().substring(3),
                answers.phone().number().substring(3),
                supervisor.phone().number().substring(3),
                youngja.phone().number().substring(3),
                daughter.phone().number().substring(3));
        int texts = 0;
        for (String table : tables()) {
            List<String> rows = CITY.town.transactions.run(
                    connection -> Sql.on(connection, "select t::text as text from \"%s\" t".formatted(table))
                            .list((Row row) -> row.text("text")));
            texts += rows.size();
            for (String row : rows) {
                secrets.forEach(
                        secret -> assertFalse(row.contains(secret), () -> secret + " in " + table + ": " + row));
            }
        }
        System.out.printf(
                "secrecy: %d rows of %d tables hold none of %d secrets%n", texts, tables().size(), secrets.size());
        assertTrue(OPERATOR.get("/api/v1/residents/" + registered).body().contains("비밀로 77, 9동"));
    }

    @Test
    void whoseNumberCannotBeReadIsAFailedAttemptAndTheNextPersonIsCalled() {
        Person lost = office.onCall("봉은지");
        Person answers = office.onCall("탁서윤");
        CITY.town.execute("""
                update caseworker set name = 'enc1.00000000.caseworker-name.AAAA', phone = 'enc1.00000000.phone.AAAA'
                 where caseworker_no = %d""".formatted(lost.number()));
        UUID alert = office.resident("맹옥분").raise("critical", "emergency");
        answers.phone().awaitTexts(1, SOON);
        answers.take();

        CITY.town.awaitAttempts(alert, "1 sms failed", "1 voice failed", "2 sms delivered", "2 voice reached");
        assertEquals(
                List.of("unreadable known since before: not tried"),
                CITY.town.list(
                        "select distinct error as text from escalation_attempt where step = 1 and alert_id = :value",
                        alert));
        Client console = office.signIn(answers);
        assertTrue(console.get("/api/v1/alerts/" + alert).body().contains("탁서윤"));
        assertTrue(console.get("/alerts/" + alert).body().contains(Secrecy.UNREADABLE));
    }

    private long notices() {
        return CITY.town
                .list("select text_ko as text from notice where office_no = :value", office.number)
                .size();
    }

    private static List<String> tables() {
        return CITY.town.list("""
                select table_name as text from information_schema.tables
                 where table_schema = :value and table_type = 'BASE TABLE' order by table_name""", "public");
    }
}
