package kr.dolbom.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.junit.jupiter.api.Test;

/// Devices that speak MQTT 3.1.1, whose acknowledgement cannot say no.
class OldProtocolTest {
    private static final int NOT_AUTHORIZED = 5;

    private final TestBroker broker = TestBroker.shared();

    @Test
    void aMessageIsInTheDatabaseWhenItsAcknowledgementComes() throws Exception {
        Device device = broker.registerDevice();
        try (OldClient client = OldClient.connect(broker.uri(), device)) {
            client.publish(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY));

            assertEquals(1, broker.telemetryRows(device));
        }
    }

    @Test
    void aWrongSecretIsNotAuthorized() {
        Device device = broker.registerDevice();

        assertEquals(
                NOT_AUTHORIZED,
                assertThrows(
                                MqttException.class,
                                () -> OldClient.connect(broker.uri(), device, "wrong")
                                        .close())
                        .getReasonCode());
    }

    @Test
    void aRefusedMessageClosesTheConnectionInsteadOfAFalseAcknowledgement() throws Exception {
        Device device = broker.registerDevice();
        try (OldClient client = OldClient.connect(broker.uri(), device)) {
            IMqttDeliveryToken token = client.send(device.topic("activity"), Bodies.bytes("{"));

            client.awaitLoss();
            assertFalse(token.isComplete());
            assertEquals("malformed-json|153||1", broker.quarantine(device).get(0));
            assertEquals(0, broker.telemetryRows(device));
        }
    }

    @Test
    void aForeignTopicClosesTheConnection() throws Exception {
        Device device = broker.registerDevice();
        Device other = broker.registerDevice();
        try (OldClient client = OldClient.connect(broker.uri(), device)) {
            IMqttDeliveryToken token = client.send(other.topic("emergency"), Bodies.message(1, Bodies.SOS));

            client.awaitLoss();
            assertFalse(token.isComplete());
            assertEquals(0, broker.telemetryRows(device) + broker.telemetryRows(other));
        }
    }

    @Test
    void aCommandReachesTheDevice() throws Exception {
        Device device = broker.registerDevice();
        try (OldClient client = OldClient.connect(broker.uri(), device)) {
            client.subscribe("dolbom/v1/" + device.id() + "/command/+");

            String command = broker.text("""
                    insert into device_command (device_no, kind, data, expires_at)
                    values (?, 'locate', '{"seconds":5}', now() + interval '1 minute')
                    returning command_id""", device.number());

            MqttMessage received = client.commands.poll(10, TimeUnit.SECONDS);
            assertTrue(received != null && new String(received.getPayload(), StandardCharsets.UTF_8).contains(command));
            assertEquals(List.of(), broker.quarantine(device));
        }
    }
}
