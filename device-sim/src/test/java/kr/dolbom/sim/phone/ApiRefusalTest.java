package kr.dolbom.sim.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import java.net.URI;
import java.util.List;
import java.util.Set;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the API refuses, as the SDK tells it.
class ApiRefusalTest extends SimulatorTest {
    private static final String UNKNOWN = "0".repeat(32);

    @Override
    PhoneSimulatorSettings settings() {
        return super.settings().withOwnNumbers(Set.of(OFFICE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"010-1111-2222", "+8201011112222", "01011112222", "mina"})
    void aReceiverThatIsNoNumberIsRefusedForTextsAndCalls(String to) {
        refused(400, 21211, () -> text(to, "Hello").create(twilio));
        refused(400, 21211, () -> call(to, "/voice").create(twilio));
    }

    @Test
    void aSenderThatIsNoNumberIsRefused() {
        refused(
                400,
                21212,
                () -> Message.creator(new PhoneNumber(MINA), new PhoneNumber("GOYANG"), "Hello")
                        .create(twilio));
        refused(
                400,
                21212,
                () -> Call.creator(
                                new PhoneNumber(MINA), new PhoneNumber("GOYANG"), URI.create(application.url("/voice")))
                        .create(twilio));
    }

    @Test
    void aSenderThatIsNotOursIsRefused() {
        refused(
                400,
                21606,
                () -> Message.creator(new PhoneNumber(MINA), new PhoneNumber(JUNHO), "Hello")
                        .create(twilio));
        refused(
                400,
                21210,
                () -> Call.creator(new PhoneNumber(MINA), new PhoneNumber(JUNHO), URI.create(application.url("/voice")))
                        .create(twilio));
    }

    @Test
    void whatIsMissingIsNamed() {
        refused(400, 21604, () -> text("", "Hello").create(twilio));
        refused(400, 21602, () -> text(MINA, "").create(twilio));
        refused(
                400,
                21603,
                () -> Message.creator(new PhoneNumber(MINA), new PhoneNumber(""), "Hello")
                        .create(twilio));
        refused(400, 21201, () -> call("", "/voice").create(twilio));
        refused(
                400,
                21213,
                () -> Call.creator(new PhoneNumber(MINA), new PhoneNumber(""), URI.create(application.url("/voice")))
                        .create(twilio));
        refused(
                400,
                21205,
                () -> Call.creator(new PhoneNumber(MINA), new PhoneNumber(OFFICE), URI.create(""))
                        .create(twilio));
    }

    @Test
    void aTextOf1600CharactersGoesAndOneMoreIsRefused() {
        assertEquals("24", text(MINA, "가".repeat(1600)).create(twilio).getNumSegments());
        refused(400, 21617, () -> text(MINA, "가".repeat(1601)).create(twilio));
    }

    @Test
    void aTextToTheSenderItselfIsRefused() {
        refused(400, 21266, () -> text(OFFICE, "Hello").create(twilio));
    }

    @Test
    void addressesMustBeAbsolute() {
        refused(
                400,
                21205,
                () -> Call.creator(new PhoneNumber(MINA), new PhoneNumber(OFFICE), URI.create("/voice"))
                        .create(twilio));
        refused(
                400,
                21609,
                () -> text(MINA, "Hello").setStatusCallback(URI.create("/sms")).create(twilio));
    }

    @Test
    void eventsMustEachBeAParameterOfTheirOwn() {
        refused(
                400,
                21626,
                () -> call(MINA, "/voice")
                        .setStatusCallback(application.url("/status"))
                        .setStatusCallbackEvent("initiated ringing answered completed")
                        .create(twilio));
    }

    @Test
    void aRingLongerThan600SecondsIsRefused() {
        refused(400, 20001, () -> call(MINA, "/voice").setTimeout(601).create(twilio));
    }

    @Test
    void whatIsNotPlayedIsRefusedInsteadOfIgnored() {
        refused(
                501,
                20501,
                () -> call(MINA, "/voice").setMachineDetection("Enable").create(twilio));
        refused(
                501,
                20501,
                () -> text(MINA, "Hello")
                        .setMediaUrl(List.of(URI.create("https://a.example/b.png")))
                        .create(twilio));
    }

    @Test
    void aWrongTokenIsRefusedBeforeAnythingHappens() {
        TwilioRestClient stranger = RoutedTwilio.client(simulator, ACCOUNT, "wrong");

        refused(401, 20003, () -> text(MINA, "Hello").create(stranger));
        assertEquals(List.of(), simulator.phone(MINA).texts());
        assertEquals(1, simulator.requests(RequestKind.CREATE_MESSAGE));
    }

    @Test
    void anUnknownSidIsNotFound() {
        refused(404, 20404, () -> Message.fetcher("SM" + UNKNOWN).fetch(twilio));
        refused(404, 20404, () -> Call.fetcher("CA" + UNKNOWN).fetch(twilio));
        refused(
                404,
                20404,
                () -> Call.updater("CA" + UNKNOWN)
                        .setStatus(Call.UpdateStatus.COMPLETED)
                        .update(twilio));
    }

    @Test
    void anotherAccountIsNotFound() {
        refused(
                404,
                20404,
                () -> Message.fetcher("AC" + UNKNOWN, "SM" + UNKNOWN).fetch(twilio));
    }

    private static void refused(int status, int code, Executable request) {
        ApiException refusal = assertThrows(ApiException.class, request);
        assertEquals(code, refusal.getCode(), refusal.getMessage());
        assertEquals(status, refusal.getStatusCode());
        assertEquals("https://www.twilio.com/docs/errors/" + code, refusal.getMoreInfo());
    }
}
