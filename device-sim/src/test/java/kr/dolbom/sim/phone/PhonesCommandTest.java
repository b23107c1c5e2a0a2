package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import kr.dolbom.sim.Dolbom;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PhonesCommandTest {
    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private CommandLine dolbom() {
        return new CommandLine(new Dolbom()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    @Test
    void itServesThePhonesUntilItIsStopped() throws Exception {
        Thread running = Thread.ofVirtual()
                .start(() -> dolbom().execute(
                                "phones",
                                "--port=0",
                                "--account-sid=" + ACCOUNT,
                                "--auth-token=token",
                                "--phone=+821011112222=김민아"));
        await().atMost(Duration.ofSeconds(10)).until(() -> out.toString().contains("/phones "));
        String url = out.toString().replaceAll("(?s).*?(http://127\\.0\\.0\\.1:\\d+)/phones .*", "$1");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String phones = http.send(
                            HttpRequest.newBuilder(URI.create(url + "/phones/api/phones"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertTrue(phones.contains("김민아"), phones);
        }

        running.interrupt();
        await().atMost(Duration.ofSeconds(10)).until(() -> !running.isAlive());
    }

    @Test
    void withoutAnAccountItSaysWhatIsMissing() {
        assertEquals(2, dolbom().execute("phones", "--port=0", "--account-sid=", "--auth-token="));
        assertTrue(err.toString().contains("DOLBOM_TWILIO_ACCOUNT_SID"), err.toString());
    }

    @Test
    void anAccountSidThatIsNoneIsRefused() {
        assertEquals(2, dolbom().execute("phones", "--port=0", "--account-sid=AC12", "--auth-token=token"));
        assertTrue(err.toString().contains("AC12"), err.toString());
    }

    @Test
    void aTakenPortIsNamed() {
        try (PhoneSimulator first = PhoneSimulator.start(PhoneSimulatorSettings.of(ACCOUNT, "token"))) {
            int port = URI.create(first.url()).getPort();

            assertEquals(
                    1, dolbom().execute("phones", "--port=" + port, "--account-sid=" + ACCOUNT, "--auth-token=token"));
            assertTrue(err.toString().contains("127.0.0.1:" + port), err.toString());
        }
    }

    @Test
    void aPhoneThatIsNoNumberIsRefused() {
        assertEquals(
                2,
                dolbom().execute(
                                "phones", "--port=0", "--account-sid=" + ACCOUNT, "--auth-token=token", "--phone=1=x"));
        assertTrue(err.toString().contains("telephone number"), err.toString());
    }

    @Test
    void helpTellsWhatCanGoWrongAndHow() {
        assertEquals(0, dolbom().execute("phones", "--help"));
        for (String word : List.of("VOICEMAIL", "API_NO_REPLY", "\"lost\"", "SECONDARY", "TWO_DAYS_LATE", "GONE")) {
            assertTrue(out.toString().contains(word), word + " in " + out);
        }
    }

    @Test
    void withoutASubcommandItTellsWhatThereIs() {
        assertEquals(2, dolbom().execute());
        assertTrue(err.toString().contains("phones"), err.toString());
    }
}
