package kr.dolbom.risk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.TelemetryKind;
import org.junit.jupiter.api.Test;

class SignsTest {
    private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void activityIsASignForEachCountInOrderOfTime() {
        assertEquals(
                List.of(
                        new Signs.Sign(AT.minusSeconds(300), Room.KITCHEN),
                        new Signs.Sign(AT.minusSeconds(20), Room.LOUNGE),
                        new Signs.Sign(AT, Room.FRONT_DOOR)),
                signs(TelemetryKind.ACTIVITY, """
                        {"windowSeconds":600,"counts":[
                         {"sensor":"door","room":"front-door","count":1},
                         {"sensor":"motion","room":"kitchen","count":3,"lastSecondsBefore":300},
                         {"sensor":"touch","room":"lounge","count":1,"lastSecondsBefore":20}]}"""));
    }

    @Test
    void whatTheResidentSaysOrDoesIsASign() {
        var sign = List.of(new Signs.Sign(AT, null));
        assertEquals(sign, signs(TelemetryKind.VOICE, "{\"codes\":[],\"turns\":1,\"talkSeconds\":3}"));
        assertEquals(sign, signs(TelemetryKind.MEDICATION, "{\"slot\":\"noon\",\"outcome\":\"taken\"}"));
        assertEquals(sign, signs(TelemetryKind.CHECK_IN, checkIn("fine")));
        assertEquals(sign, signs(TelemetryKind.CHECK_IN, checkIn("need-help")));
        assertEquals(sign, signs(TelemetryKind.EMERGENCY, "{\"trigger\":\"sos-button\"}"));
    }

    @Test
    void whatTheDeviceDoesByItselfIsNone() {
        assertEquals(List.of(), signs(TelemetryKind.VOICE, "{\"codes\":[],\"turns\":0,\"talkSeconds\":0}"));
        assertEquals(List.of(), signs(TelemetryKind.MEDICATION, "{\"slot\":\"noon\",\"outcome\":\"no-answer\"}"));
        assertEquals(List.of(), signs(TelemetryKind.CHECK_IN, checkIn("no-answer")));
        assertEquals(List.of(), signs(TelemetryKind.EMERGENCY, "{\"trigger\":\"smoke\"}"));
        assertEquals(List.of(), signs(TelemetryKind.INACTIVITY, "{\"silentSeconds\":60}"));
        assertEquals(
                List.of(),
                signs(TelemetryKind.STATUS, "{\"state\":\"heartbeat\",\"firmware\":\"1\",\"contract\":\"1.0\"}"));
    }

    private static String checkIn(String answer) {
        return "{\"commandId\":\"01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3d\",\"answer\":\"" + answer + "\"}";
    }

    private static List<Signs.Sign> signs(TelemetryKind kind, String data) {
        return Signs.list(
                Contract.readTelemetryData(kind, data.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow(),
                AT);
    }
}
