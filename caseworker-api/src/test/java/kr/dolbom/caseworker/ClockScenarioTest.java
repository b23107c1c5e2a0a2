package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The machine's clock is set while somebody is being called.
class ClockScenarioTest {
    private static final City CITY = new City("dolbom.response.step-wait", "2s");
    private static final Duration HOUR = Duration.ofHours(1);

    private final City.Office office = CITY.open();
    private Person minji;
    private Person junho;
    private UUID alert;

    @BeforeEach
    void aPhoneRings() {
        minji = office.onCall("이민지");
        junho = office.onCall("박준호");
        alert = office.resident("김영자").raise("critical", "emergency");
        minji.phone().awaitRinging(SOON);
    }

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void theClockIsSetBackAnHourAndTheNextPhoneRingsAllTheSame() {
        CITY.setClockBack(HOUR);
        junho.take();

        assertEquals("박준호", CITY.owner(alert));
        assertEquals(List.of(1, 1), rings(minji, junho));
        CITY.pass(HOUR);
    }

    @Test
    void theClockIsSetBackAnHourTheProgramIsRestartedAndTheNextPhoneRingsAllTheSame() {
        CITY.setClockBack(HOUR);
        CITY.restart();
        junho.take();

        assertEquals("박준호", CITY.owner(alert));
        assertEquals(List.of(1, 1), rings(minji, junho));
        CITY.pass(HOUR);
    }

    @Test
    void theClockIsSetForwardAnHourTheNextPhoneRingsEarlyAndNoneTwice() {
        CITY.pass(HOUR);
        junho.take();

        assertEquals("박준호", CITY.owner(alert));
        assertEquals(List.of(1, 1), rings(minji, junho));
    }
}
