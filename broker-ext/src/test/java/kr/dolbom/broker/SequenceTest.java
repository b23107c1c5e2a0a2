package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kr.dolbom.broker.TestBroker.Device;
import org.junit.jupiter.api.Test;

/// Holes in a device's count of its messages.
class SequenceTest {
    private final TestBroker broker = TestBroker.shared();

    @Test
    void aHoleIsNoticed() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            send(client, device, 7, 8, 9, 13);

            assertEquals(List.of("10-12 {[10,13)} open"), holes(broker, device));
        }
    }

    @Test
    void whatComesLateMakesTheHoleSmallerUntilItIsClosed() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            send(client, device, 1, 5);
            send(client, device, 3);
            assertEquals(List.of("2-4 {[2,3),[4,5)} open"), holes(broker, device));

            send(client, device, 4, 2, 6);

            assertEquals(List.of("2-4 {} closed"), holes(broker, device));
        }
    }

    @Test
    void anEmergencyThatOvertakesLeavesNoHole() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            send(client, device, 1, 2);
            assertEquals(0, client.publish(device.topic("emergency"), Bodies.message(5, Bodies.SOS)));
            send(client, device, 3, 4, 6);

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertEquals(
                    List.of(),
                    holes(broker, device).stream().filter(hole -> hole.endsWith("open")).toList()));
        }
    }

    @Test
    void aDeviceThatBeginsAnewLeavesNoHoleAndItsOldOnesAreGivenUp() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            send(client, device, 100, 105);
            byte[] birth = Bodies.message(UUID.randomUUID(), 0, Bodies.STATUS);
            assertEquals(0, client.publish(device.topic("status"), birth));
            send(client, device, 1, 2);
            // The birth again, as after a broken connection: nothing begins anew.
            assertEquals(0, client.publish(device.topic("status"), birth));
            send(client, device, 3, 5);

            assertEquals(List.of("101-104 {[101,105)} closed", "4-4 {[4,5)} open"), holes(broker, device));
        }
    }

    @Test
    void aMessageThatComesAgainIsNoHole() throws Exception {
        Device device = broker.registerDevice();
        byte[] body = Bodies.message(2, Bodies.ACTIVITY);
        try (TestClient client = TestClient.connect(broker, device)) {
            send(client, device, 1);
            client.publish(device.topic("activity"), body);
            send(client, device, 3);
            client.publish(device.topic("activity"), body);
            send(client, device, 4);

            assertEquals(List.of(), holes(broker, device));
        }
    }

    @Test
    void aDeviceThatCountsAtRandomFillsNothing() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            for (int i = 0; i < 100; i++) {
                send(client, device, i * 10);
            }

            assertEquals(32, holes(broker, device).size());
        }
    }

    @Test
    void theCountGoesOnWhenTheBrokerIsRestarted() throws Exception {
        try (TestBroker own = TestBroker.start(settings -> settings)) {
            Device device = own.registerDevice();
            try (TestClient client = TestClient.connect(own, device)) {
                send(client, device, 1, 2, 5);
            }
            own.stop();
            own.startAgain();
            try (TestClient client = TestClient.connect(own, device)) {
                send(client, device, 6, 3);
                assertEquals(List.of("3-4 {[4,5)} open"), holes(own, device));
                send(client, device, 9, 4);

                assertEquals(List.of("3-4 {} closed", "7-8 {[7,9)} open"), holes(own, device));
            }
        }
    }

    private static void send(TestClient client, Device device, int... numbers) throws Exception {
        for (int number : numbers) {
            assertEquals(0, client.publish(device.topic("activity"), Bodies.message(number, Bodies.ACTIVITY)));
        }
    }

    private static List<String> holes(TestBroker broker, Device device) {
        return broker.texts("""
                select concat_ws(' ', from_seq || '-' || to_seq, missing,
                                 case when closed_at is null then 'open' else 'closed' end)
                  from sequence_gap where device_no = ? order by gap_no""", device.number());
    }
}
