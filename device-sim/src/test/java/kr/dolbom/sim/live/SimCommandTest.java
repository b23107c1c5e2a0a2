package kr.dolbom.sim.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.sim.device.TestBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimCommandTest {
    @TempDir
    static Path brokerFolder;

    @TempDir
    Path folder;

    static TestBroker broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String keys = "";
    private final String secret = DeviceSecret.generate().text();

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.start(brokerFolder);
        broker.refuseDevice("stranger-1");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void oneDeviceSendsItsHistoryAndCallsForHelp() {
        int exit = sim(
                "--device-id",
                "one-1",
                "--secret",
                secret,
                "--backfill-days",
                "2",
                "--sos-after",
                "0",
                "--seconds",
                "2");

        assertEquals(0, exit, err::toString);
        assertTold(out, "one-1  connected");
        assertTold(out, "history of 2 days sent");
        assertTold(out, "resident calls for help: 살려줘");
        assertTold(out, "emergency stored by the platform");
        assertTold(out, "one-1  disconnected");
        assertEquals("", err.toString());
    }

    @Test
    void keysMakeThingsHappen() {
        keys = "z\nb keys-1\ns nobody\nx\ns\nq\n";

        int exit = sim("--device-id", "keys-1", "--secret", secret, "--seconds", "20");

        assertEquals(0, exit);
        assertTold(err, "'z' is no key");
        assertTold(out, "resident presses the button");
        assertTold(err, "There is no device nobody here.");
        assertTold(out, "powered off, without a good-bye");
        assertTold(out, "the device is off");
    }

    @Test
    void aRefusedDeviceEndsWithOneAndSaysWhatToCheck() {
        int exit = sim("--device-id", "stranger-1", "--secret", secret);

        assertEquals(1, exit);
        assertTold(err, "the broker refused the device: not authorized; check its id and its secret");
    }

    @Test
    void oneRefusedDeviceDoesNotStopTheOthers() throws IOException {
        Path file = Files.writeString(folder.resolve("fleet.csv"), """
                device_id,secret,profile,seed
                fleet-1,%1$s,early-bird,3
                stranger-1,%1$s
                fleet-2,%1$s
                """.formatted(secret));

        int exit = sim("--devices", file.toString(), "--seconds", "1");

        assertEquals(0, exit);
        assertTold(out, "fleet-1  connected");
        assertTold(out, "fleet-2  connected");
        assertTold(err, "1 of 3 devices could not connect.");
    }

    @Test
    void aBrokerThatIsNotThereIsToldAndWaitedFor() {
        int exit = run("--device-id", "one-1", "--secret", secret, "--broker", "127.0.0.1:1", "--seconds", "1");

        assertEquals(1, exit);
        assertTold(err, "no connection to tcp://127.0.0.1:1: Connection refused; trying again");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "device-1|fleet line 1 has 1 columns; expected device_id,secret[,profile[,seed]]",
                "Device 1,short|fleet line 1: 'Device 1' is no device id",
                "device-1,short|fleet line 1: a device secret has 43 characters, this has 5",
                "device-1,SECRET,lazy|fleet line 1: 'lazy' is no profile; there are [ordinary, early-bird",
                "device-1,SECRET,frail,x|fleet line 1: 'x' is no seed; expected a whole number",
                "# nothing|names no device",
                "[{\"deviceId\":\"device-1\"}]|fleet element 1: a device secret has 43 characters, this has 0",
                "[{|is no JSON",
            })
    void aBadFileIsRefusedWithTheLineAndTheFault(String content, String told) throws IOException {
        Path file = Files.writeString(folder.resolve("fleet"), content.replace("SECRET", secret));

        assertEquals(2, sim("--devices", file.toString()));
        assertTold(err, told.replace("fleet ", file + " "));
    }

    @Test
    void aDeviceNamedTwiceIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("twice.json"), """
                [{"deviceId": "device-1", "secret": "%1$s"}, {"deviceId": "device-1", "secret": "%1$s"}]
                """.formatted(secret));

        assertEquals(2, sim("--devices", file.toString()));
        assertTold(err, "names device device-1 twice");
    }

    @ParameterizedTest
    @CsvSource({
        "--speed, 0, --speed is 0.0",
        "--backfill-days, 401, --backfill-days is 401",
        "--profile, lazy, 'lazy' is no profile",
        "--answers, maybe, --answers is 'maybe'",
        "--broker, nowhere, --broker is 'nowhere'",
        "--device-id, second-1, --device-id"
    })
    void anOptionOutOfItsRangeIsRefused(String option, String value, String told) {
        assertEquals(2, run("--device-id", "one-1", "--secret", secret, option, value));
        assertTold(err, told);
    }

    @Test
    void withoutADeviceItSaysWhatIsMissing() {
        assertEquals(2, run());
        assertTold(err, "--devices");
        assertTold(err, "--device-id");
    }

    private int sim(String... arguments) {
        String address = broker.address().getHost() + ":" + broker.address().getPort();
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--broker";
        all[arguments.length + 1] = address;
        return run(all);
    }

    private int run(String... arguments) {
        return new CommandLine(new SimCommand(new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8))))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void assertTold(StringWriter where, String words) {
        assertTrue(where.toString().contains(words), () -> "missing '" + words + "' in:\n" + out + err);
    }
}
