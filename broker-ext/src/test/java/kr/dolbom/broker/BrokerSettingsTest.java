package kr.dolbom.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the extension takes from its surroundings.
class BrokerSettingsTest {
    private static final Map<String, String> WHOLE = Map.of(
            "DOLBOM_DB_URL", "jdbc:postgresql://db.example:5432/dolbom",
            "DOLBOM_DB_USER", "dolbom",
            "DOLBOM_DB_PASSWORD", "do not print me");

    @Test
    void theDatabaseAloneIsEnough() {
        BrokerSettings settings = BrokerSettings.from(WHOLE::get, name -> null);

        assertEquals(Duration.ofSeconds(20), settings.hold());
        assertEquals("dolbom@db.example:5432/dolbom", settings.database().toString());
        assertFalse(settings.toString().contains("print"), settings.toString());
    }

    @Test
    void aSystemPropertyOverridesTheEnvironment() {
        BrokerSettings settings = BrokerSettings.from(WHOLE::get, Map.of("dolbom.broker.hold.seconds", "7")::get);

        assertEquals(Duration.ofSeconds(7), settings.hold());
    }

    @ParameterizedTest
    @CsvSource({
        "DOLBOM_DB_URL, ",
        "DOLBOM_DB_URL, mysql://db.example/dolbom",
        "DOLBOM_DB_USER, ' '",
        "DOLBOM_BROKER_HOLD_SECONDS, soon",
        "DOLBOM_BROKER_HOLD_SECONDS, 0",
        "DOLBOM_BROKER_HOLD_SECONDS, 241",
    })
    void aSettingThatIsMissingOrMalformedIsNamed(String name, String value) {
        Map<String, String> environment = new HashMap<>(WHOLE);
        environment.put(name, value);

        String message = assertThrows(
                        IllegalArgumentException.class, () -> BrokerSettings.from(environment::get, nothing -> null))
                .getMessage();
        assertTrue(message != null && message.contains(name), message);
    }
}
