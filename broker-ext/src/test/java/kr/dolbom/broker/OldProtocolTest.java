package kr.dolbom.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttException;
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
}
