package kr.dolbom.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kr.dolbom.db.server.DatabaseSettings;
import kr.dolbom.db.server.DebianPackages;

/// MQTT clients that others wrote. Where one cannot be had the test fails and says what is missing: a
/// test that is left out shows nothing.
final class StockPrograms {
    private static final DebianPackages MOSQUITTO = new DebianPackages(
            "mosquitto-clients-trixie",
            "trixie",
            "mosquitto-clients",
            "adduser|debconf.*|libdebconf.*|openssl|perl.*|libperl.*",
            List.of("usr/bin/mosquitto_pub", "usr/bin/mosquitto_sub"),
            "6 MB");
    private static final Path SOURCE = Path.of("src", "test", "mqttjs");
    private static final Path INSTALLED = Path.of("target", "mqttjs");
    private static final long NPM_MINUTES = 5;

    private StockPrograms() {}

    /// Debian's `mosquitto_pub` or `mosquitto_sub`.
    static Path mosquitto(String program) throws IOException {
        Path cache = DatabaseSettings.of(
                        Map.of("DOLBOM_CACHE", System.getenv().getOrDefault("DOLBOM_CACHE", "")), "test")
                .cache();
        return MOSQUITTO.unpacked(cache).resolve("usr/bin").resolve(program);
    }

    /// A folder with `device.mjs` and MQTT.js as `package-lock.json` pins it.
    static synchronized Path mqttJs() throws IOException, InterruptedException {
        Path mark = INSTALLED.resolve("installed");
        byte[] wanted = Files.readAllBytes(SOURCE.resolve("package-lock.json"));
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "package-lock.json", "device.mjs")) {
            Files.copy(SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(mark) && Arrays.equals(Files.readAllBytes(mark), wanted)) {
            return INSTALLED;
        }
        Path log = INSTALLED.resolve("npm.log");
        Process npm = start(
                new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(INSTALLED.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile()),
                "npm");
        if (!npm.waitFor(NPM_MINUTES, TimeUnit.MINUTES)) {
            npm.destroyForcibly();
        }
        if (npm.waitFor() != 0) {
            throw new AssertionError("npm could not install MQTT.js: " + Files.readString(log));
        }
        Files.write(mark, wanted);
        return INSTALLED;
    }

    /// Starts a program.
    ///
    /// @param name what is missing where it is not there
    static Process start(ProcessBuilder program, String name) {
        try {
            return program.start();
        } catch (IOException e) {
            throw new AssertionError(
                    "The program " + name
                            + " is missing, which the test of stock clients needs: install Debian's packages"
                            + " nodejs (18 or newer) and npm. To build without this test: -Dtest='!StockClientTest'"
                            + " -Dsurefire.failIfNoSpecifiedTests=false",
                    e);
        }
    }
}
