package kr.dolbom.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.junit.jupiter.api.Test;

/// A device that sends nothing but nonsense.
class NoisyDeviceTest {
    private static final int MESSAGES = 10_000;
    private static final int IN_FLIGHT = 5;
    private static final int PAYLOAD_FORMAT_INVALID = 0x99;
    private static final byte[] NONSENSE = Bodies.message(1, "{'windowSeconds':-1}");

    private final TestBroker broker = TestBroker.shared();

    @Test
    void everyMessageIsRefusedWithItsReasonAndCountedButOnlyTheFirstAreKept() throws Exception {
        Device noisy = broker.registerDevice();
        Device other = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, noisy);
                TestClient quiet = TestClient.connect(broker, other)) {
            Queue<IMqttToken> inFlight = new ArrayDeque<>();
            for (int i = 0; i < MESSAGES; i++) {
                if (inFlight.size() == IN_FLIGHT) {
                    expectRefusal(inFlight.remove());
                }
                inFlight.add(client.sendWhenThereIsRoom(noisy.topic("activity"), NONSENSE));
                if (i == MESSAGES / 2) {
                    assertEquals(PAYLOAD_FORMAT_INVALID, quiet.publish(other.topic("activity"), NONSENSE));
                }
            }
            for (IMqttToken token : inFlight) {
                expectRefusal(token);
            }

            // The hundred of a day; two days where midnight UTC comes in between.
            int rows = broker.quarantine(noisy).size();
            assertTrue(rows == 100 || (rows <= 200 && days(noisy) == 2), rows + " rows");
            assertEquals(
                    MESSAGES,
                    broker.number(
                            "select sum(messages) from quarantine_count where device_no = ? and reason = ?",
                            noisy.number(),
                            "schema-violation"));
            assertEquals(
                    List.of("schema-violation|153|/data/windowSeconds|" + NONSENSE.length), broker.quarantine(other));
            assertTrue(client.isConnected());
        }
    }

    private int days(Device device) {
        return broker.number(
                "select count(distinct date_trunc('day', hour, 'UTC')) from quarantine_count where device_no = ?",
                device.number());
    }

    private static void expectRefusal(IMqttToken token) throws Exception {
        TestClient.Answer answer = TestClient.answer(token);
        assertEquals(PAYLOAD_FORMAT_INVALID, answer.code());
        assertTrue(answer.reason().matches("schema-violation .*/data/windowSeconds: .*"), answer.reason());
    }
}
