package kr.dolbom.broker.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HiveMQ's configuration by the launcher, and the sample for a stock HiveMQ.
class BrokerConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void theSampleForAStockHiveMqIsWhatTheLauncherWrites() throws Exception {
        BrokerConfiguration.write(folder, "127.0.0.1", 1883, null);

        String launcher = settings(folder.resolve("config.xml"));
        assertTrue(launcher.contains("<max-packet-size>20480</max-packet-size>"), launcher);
        assertEquals(launcher, settings(Path.of("src/extension/conf/hivemq-config.xml")));
    }

    /// Without comments and white space.
    private static String settings(Path file) throws IOException {
        return Files.readString(file).replaceAll("(?s)<!--.*?-->", "").replaceAll("\\s+", "");
    }
}
