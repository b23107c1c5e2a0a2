package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Numbers of which Twilio says that they cannot be used.
class PhoneTroubleScenarioTest {
    private static final City CITY = new City("dolbom.response.step-wait", "60s");
    private static final Client OPERATOR = new Client(CITY.town.url).as("operator", Town.PASSWORD);

    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void whoOptedOutOfTextsIsCalledAndGetsNoMoreTextsAndTheSupervisorIsTold() {
        minji.phone().fault(Fault.OPTED_OUT);
        UUID first = raise();
        awaitFailedTexts(first, 1);
        minji.take();
        CITY.town.awaitAttempts(first, "1 sms failed", "1 voice reached");
        UUID second = raise();
        minji.take();

        CITY.town.awaitAttempts(second, "1 voice reached");
        List<String> notices = notices(minji);
        assertEquals(1, notices.size(), notices.toString());
        assertTrue(
                notices.getFirst().startsWith("The number of 이민지 cannot be used any more (sms, Twilio error 21610)"));
    }

    @Test
    void aLandlineIsCalledAndGetsNoTexts() {
        minji.phone().fault(Fault.UNKNOWN_LANDLINE);
        UUID first = raise();
        awaitFailedTexts(first, 1);
        minji.take();
        CITY.town.awaitAttempts(first, "1 sms failed", "1 voice reached");
        UUID second = raise();
        minji.take();

        CITY.town.awaitAttempts(second, "1 voice reached");
    }

    @Test
    void whoHasANumberThatIsNoneIsSkippedAndTheNextPersonIsCalledAtOnce() {
        Person junho = office.onCall("박준호");
        minji.phone().fault(Fault.INVALID_NUMBER);
        raise();
        junho.take();
        long asked =
                CITY.town.phones.requests(RequestKind.CREATE_CALL, minji.phone().number());
        UUID second = raise();
        awaitAttempt(second, "2 sms delivered");
        junho.take();

        CITY.town.awaitAttempts(second, "1 sms failed", "1 voice failed", "2 sms delivered", "2 voice reached");
        assertEquals(asked, 1);
        assertEquals(
                asked,
                CITY.town.phones.requests(RequestKind.CREATE_CALL, minji.phone().number()));
        assertEquals(List.of(0, 2), rings(minji, junho));
        assertEquals(2, notices(minji).size());
    }

    @Test
    void outOfCoverageIsATroubleOnlyAfterThreeTimesAndIsTriedAgainADayLater() {
        minji.phone().fault(Fault.UNREACHABLE);
        UUID alert = raise();
        for (int step = 1; step <= 3; step++) {
            assertEquals(List.of(), notices(minji));
            awaitFailedTexts(alert, step);
            CITY.passQuietly(minji, Duration.ofSeconds(61));
        }
        awaitThat(() -> notices(minji).size() == 1);
        minji.phone().clearFaults();
        UUID meanwhile = raise();
        minji.take();
        CITY.town.awaitAttempts(meanwhile, "1 voice reached");

        CITY.open();
        CITY.pass(Duration.ofHours(25));
        UUID later = raise();
        awaitAttempt(later, "1 sms delivered");
        minji.take();
        CITY.town.awaitAttempts(later, "1 sms delivered", "1 voice reached");
        awaitThat(() -> notices(minji).isEmpty());
    }

    @Test
    void anOperatorHasANumberTriedAgain() {
        minji.phone().fault(Fault.OPTED_OUT);
        awaitFailedTexts(raise(), 1);
        minji.take();
        awaitThat(() -> notices(minji).size() == 1);
        minji.phone().clearFaults();
        String trouble = CITY.town.text(
                "select trouble_id::text as text from phone_trouble where phone = any(:value)",
                SecretColumn.PHONE.anyOf(minji.phone().number()));
        assertTrue(OPERATOR.get("/api/v1/phone-troubles").body().contains(trouble));
        assertEquals(204, OPERATOR.delete("/api/v1/phone-troubles/" + trouble).statusCode());
        assertEquals(404, OPERATOR.delete("/api/v1/phone-troubles/" + trouble).statusCode());
        assertEquals(
                401, new Client(CITY.town.url).get("/api/v1/phone-troubles").statusCode());

        assertEquals(List.of(), notices(minji));
        UUID second = raise();
        awaitAttempt(second, "1 sms delivered");
        minji.take();
        CITY.town.awaitAttempts(second, "1 sms delivered", "1 voice reached");
    }

    private UUID raise() {
        return office.resident("김영자").raise("critical", "emergency");
    }

    /// Whoever takes an alert before its text was sent gets none.
    private static void awaitAttempt(UUID alert, String attempt) {
        awaitThat(() -> CITY.town.attempts(alert).contains(attempt));
    }

    private static void awaitFailedTexts(UUID alert, int count) {
        awaitThat(() -> CITY.town.attempts(alert).stream()
                        .filter(attempt -> attempt.endsWith("sms failed"))
                        .count()
                >= count);
    }

    private static List<String> notices(Person person) {
        return CITY.town.list("""
                select text_en as text from notice join phone_trouble on about = trouble_id::text
                 where ended_at is null and phone = any(:value)""", SecretColumn.PHONE.anyOf(person.phone().number()));
    }
}
