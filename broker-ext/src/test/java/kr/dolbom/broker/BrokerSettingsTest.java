package kr.dolbom.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import kr.dolbom.broker.journal.QuarantineBounds;
import kr.dolbom.broker.limit.MessageRate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the extension takes from its surroundings.
class BrokerSettingsTest {
    private static final Path SAMPLE = Path.of("src/extension/conf/dolbom.properties");
    private static final Map<String, String> WHOLE = Map.of(
            "DOLBOM_DB_URL", "jdbc:postgresql://db.example:5432/dolbom",
            "DOLBOM_DB_USER", "dolbom",
            "DOLBOM_DB_PASSWORD", "do not print me");
    private static final Map<String, String> NOTHING = Map.of();

    @TempDir
    private Path folder;

    private static BrokerSettings read(Map<String, String> environment, Map<String, String> properties, String file)
            throws IOException {
        return BrokerSettings.from(new SettingsReader(
                environment::get, properties::get, SettingsFile.read("dolbom.properties", new StringReader(file))));
    }

    @Test
    void theDatabaseAloneIsEnough() throws Exception {
        BrokerSettings settings = read(WHOLE, NOTHING, "");

        assertEquals(Duration.ofSeconds(20), settings.hold());
        assertEquals(new MessageRate.Settings(20, 10_000), settings.rate());
        assertEquals(6_000, settings.connectionsPerMinute());
        assertEquals(new QuarantineBounds(100, Duration.ofDays(30), 1024L * 1024 * 1024), settings.quarantine());
        assertEquals(new BrokerSettings.Monitor("127.0.0.1", 8082), settings.monitor());
        assertEquals("dolbom@db.example:5432/dolbom", settings.database().toString());
        assertFalse(settings.toString().contains("print"), settings.toString());
    }

    @Test
    void theEnvironmentOverridesTheFileAndASystemPropertyBoth() throws Exception {
        String file = "DOLBOM_BROKER_HOLD_SECONDS = 5\nDOLBOM_QUARANTINE_DAYS = 5\nDOLBOM_BROKER_HEALTH_PORT = 5\n";
        Map<String, String> environment = new HashMap<>(WHOLE);
        environment.put("DOLBOM_BROKER_HOLD_SECONDS", "6");
        environment.put("DOLBOM_QUARANTINE_DAYS", "6");

        BrokerSettings settings = read(environment, Map.of("dolbom.broker.hold.seconds", "7"), file);

        assertEquals(Duration.ofSeconds(7), settings.hold());
        assertEquals(Duration.ofDays(6), settings.quarantine().keep());
        assertEquals(5, settings.monitor().port());
    }

    @ParameterizedTest
    @CsvSource({
        "DOLBOM_DB_URL, ",
        "DOLBOM_DB_URL, mysql://db.example/dolbom",
        "DOLBOM_DB_USER, ' '",
        "DOLBOM_DB_PASSWORD, ",
        "DOLBOM_BROKER_HOLD_SECONDS, soon",
        "DOLBOM_BROKER_HOLD_SECONDS, 0",
        "DOLBOM_BROKER_HOLD_SECONDS, 241",
        "DOLBOM_BROKER_HEALTH_PORT, 65536",
        "DOLBOM_QUARANTINE_ROWS_PER_DEVICE_AND_DAY, -1",
        "DOLBOM_RATE_PER_SECOND, fast",
        "DOLBOM_RATE_BURST, 0",
        "DOLBOM_CONNECTIONS_PER_MINUTE, -1",
        "DOLBOM_QUARANTINE_DAYS, 0",
        "DOLBOM_QUARANTINE_MEGABYTES, 1.5",
    })
    void aSettingThatIsMissingOrMalformedIsNamed(String name, String value) {
        Map<String, String> environment = new HashMap<>(WHOLE);
        environment.put(name, value);

        String message = assertThrows(IllegalArgumentException.class, () -> read(environment, NOTHING, ""))
                .getMessage();
        assertTrue(message != null && message.contains(name), message);
    }

    @ParameterizedTest
    @CsvSource({
        "DOLBOM_DB_PASSWORD=secret, DOLBOM_DB_PASSWORD stands in dolbom.properties",
        "DOLBOM_DB_URL=jdbc:postgresql://db.example/dolbom?password=secret, DOLBOM_DB_URL in dolbom.properties holds",
        "DOLBOM_QUARANTINE_DAY=3, dolbom.properties sets DOLBOM_QUARANTINE_DAY",
    })
    void aFileWithASecretOrASlipOfThePenIsRefusedAndTheSecretNotRepeated(String line, String expected) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> read(WHOLE, NOTHING, line))
                .getMessage());

        assertTrue(message.startsWith(expected), message);
        assertFalse(message.contains("=secret"), message);
    }

    @Test
    void theSampleInTheZipListsEverySettingWithItsDefault() throws Exception {
        String sample = Files.readString(SAMPLE);
        String asComments = sample.replaceAll("(?m)^#(?=DOLBOM_)", "");
        Map<String, String> password = Map.of("DOLBOM_DB_PASSWORD", "x");

        BrokerSettings settings = read(password, NOTHING, asComments);
        Map<String, String> database = Map.of(
                "DOLBOM_DB_PASSWORD", "x",
                "DOLBOM_DB_URL", "jdbc:postgresql://127.0.0.1:5432/dolbom",
                "DOLBOM_DB_USER", "dolbom");

        assertEquals(read(database, NOTHING, ""), settings);
        SettingsReader reader = new SettingsReader(database::get, NOTHING::get, SettingsFile.NONE);
        BrokerSettings.from(reader);
        for (String name : reader.known()) {
            if (!name.equals("DOLBOM_DB_PASSWORD")) {
                assertTrue(asComments.lines().anyMatch(line -> line.startsWith(name + "=")), name + " is not listed");
            }
        }
    }

    @Test
    void theSampleIsAFileWithoutSettings() throws Exception {
        Files.createDirectories(folder.resolve("conf"));
        Files.copy(SAMPLE, folder.resolve("conf/dolbom.properties"));

        assertEquals(Map.of(), SettingsFile.in(folder).values());
        assertEquals(SettingsFile.NONE, SettingsFile.in(folder.resolve("elsewhere")));
    }
}
