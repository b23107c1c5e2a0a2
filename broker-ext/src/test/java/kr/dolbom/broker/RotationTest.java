package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.contract.identity.DeviceSecret;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a device changes from one secret to the next without being locked out at any moment.
class RotationTest {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int SERVER_BUSY = 0x89;

    private final TestBroker broker = TestBroker.shared();

    private static Device with(Device device, DeviceSecret secret) {
        return new Device(device.id(), secret.text(), device.number(), device.resident());
    }

    private static RawClient.Packet puback(int code) {
        return new RawClient.Packet(RawClient.PUBACK, code);
    }

    @Test
    void bothSecretsAreValidUntilTheNewOneWasUsed() throws Exception {
        Device device = broker.registerDevice();
        Device renewed = with(device, DeviceSecret.generate());
        try (TestClient client = TestClient.connect(broker, device)) {
            assertEquals(
                    0,
                    client.publish(device.renewalTopic(), EnrolmentTest.renewal(new DeviceSecret(renewed.secret()))));
            assertEquals(0, client.publish(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY)));
        }
        TestClient.connect(broker, device).close();
        TestClient.connect(broker, device).close();
        assertEquals(List.of("secret", "secret"), broker.credentials(device.number()));

        TestClient.connect(broker, renewed).close();

        await().until(() -> broker.credentials(device.number()).equals(List.of("secret")));
        assertEquals(NOT_AUTHORIZED, TestClient.refusal(broker, device));
        TestClient.connect(broker, renewed).close();
    }

    @Test
    void whoeverRenewsWithoutEndIsToldToComeBackLater() throws Exception {
        Device device = broker.registerDevice();
        int set = 0;
        try (TestClient client = TestClient.connect(broker, device)) {
            while (client.isConnected() && set < 1_000) {
                try {
                    client.publish(device.renewalTopic(), EnrolmentTest.renewal(DeviceSecret.generate()));
                    set++;
                } catch (MqttException e) {
                    // the connection is closed
                }
            }
            assertEquals(SERVER_BUSY, client.awaitDisconnect());
        }
        assertTrue(set >= 10 && set < 1_000, set + " were set");
    }

    @Test
    void theOldSecretExpiresSevenDaysAfterTheNewOneWasSet() throws Exception {
        Device device = broker.registerDevice();
        Device renewed = with(device, DeviceSecret.generate());
        try (TestClient client = TestClient.connect(broker, device)) {
            client.publish(device.renewalTopic(), EnrolmentTest.renewal(new DeviceSecret(renewed.secret())));
        }
        assertEquals("7 days", broker.text("""
                        select old.expires_at - new.created_at
                          from device_credential as old join device_credential as new using (device_no)
                         where device_no = ? and old.expires_at is not null and new.expires_at is null""", device.number()));

        broker.texts(
                "update device_credential set expires_at = now() - interval '1 second' where device_no = ? and expires_at is not null",
                device.number());
        broker.texts("select pg_notify('dolbom_device', ?)", device.id());

        await().until(() -> isRefused(device));
        TestClient.connect(broker, renewed).close();
    }

    private boolean isRefused(Device device) throws Exception {
        try (RawClient client = RawClient.open(broker.port(), 5)) {
            return client.connect(device.id(), device.id(), device.secret(), null)
                            .code()
                    == NOT_AUTHORIZED;
        }
    }

    @Test
    void whoSetsAnotherSecretBeforeItUsedTheNewOneForgetsThat() throws Exception {
        Device device = broker.registerDevice();
        Device lost = with(device, DeviceSecret.generate());
        Device renewed = with(device, DeviceSecret.generate());
        try (TestClient client = TestClient.connect(broker, device)) {
            client.publish(device.renewalTopic(), EnrolmentTest.renewal(new DeviceSecret(lost.secret())));
            client.publish(device.renewalTopic(), EnrolmentTest.renewal(new DeviceSecret(renewed.secret())));
        }

        assertEquals(List.of("secret", "secret"), broker.credentials(device.number()));
        assertEquals(NOT_AUTHORIZED, TestClient.refusal(broker, lost));
        TestClient.connect(broker, device).close();
        TestClient.connect(broker, renewed).close();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void whoseAcknowledgementWasLostMaySendAgainOrComeWithTheNewSecret(int version) throws Exception {
        Device device = broker.registerDevice();
        DeviceSecret secret = DeviceSecret.generate();
        try (RawClient client = RawClient.connect(broker, device, version)) {
            assertEquals(puback(0), client.publish(device.renewalTopic(), EnrolmentTest.renewal(secret), 1, false));
        }
        try (RawClient client = RawClient.connect(broker, device, version)) {
            assertEquals(puback(0), client.publish(device.renewalTopic(), EnrolmentTest.renewal(secret), 1, false));
        }
        assertEquals(List.of("secret", "secret"), broker.credentials(device.number()));

        try (RawClient client = RawClient.connect(broker, with(device, secret), version)) {
            assertEquals(puback(0), client.publish(device.renewalTopic(), EnrolmentTest.renewal(secret), 1, false));
        }
        await().until(() -> broker.credentials(device.number()).equals(List.of("secret")));
    }

    @Test
    void aSecretThatIsSetWhileTheDatabaseStandsStillIsAcknowledgedOnlyWhenItIsStored() throws Exception {
        Device device = broker.registerDevice();
        DeviceSecret secret = DeviceSecret.generate();
        try (TestClient client = TestClient.connect(broker, device);
                Connection stopper = broker.database.dataSource().getConnection()) {
            stopper.setAutoCommit(false);
            try (PreparedStatement lock =
                    stopper.prepareStatement("select device_no from device where device_no = ? for update")) {
                lock.setInt(1, device.number());
                lock.execute();
            }
            var sent = client.send(device.renewalTopic(), EnrolmentTest.renewal(secret));
            await().until(() -> broker.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and application_name = 'dolbom-credentials'")
                    == 1);
            assertFalse(sent.isComplete());

            stopper.rollback();

            assertEquals(0, TestClient.answer(sent).code());
            assertEquals(List.of("secret", "secret"), broker.credentials(device.number()));
        }
    }

    @Test
    void withoutADatabaseTheDeviceIsDisconnectedAndItsOldSecretStaysGood() throws Exception {
        try (TestBroker own = TestBroker.start(settings -> settings.withHold(Duration.ofSeconds(1)))) {
            Device device = own.registerDevice();
            DeviceSecret secret = DeviceSecret.generate();
            try (TestClient client = TestClient.connect(own, device)) {
                own.texts("alter table device_credential rename to away");
                var sent = client.send(device.renewalTopic(), EnrolmentTest.renewal(secret));

                assertEquals(SERVER_BUSY, client.awaitDisconnect());
                assertFalse(sent.isComplete() && sent.getException() == null);
                own.texts("alter table away rename to device_credential");
            }
            own.awaitReady();
            try (TestClient client = TestClient.connect(own, device)) {
                assertEquals(0, client.publish(device.renewalTopic(), EnrolmentTest.renewal(secret)));
            }
            TestClient.connect(own, with(device, secret)).close();
        }
    }

    @Test
    void aDeviceWhoseOldSecretWasDroppedMeanwhileSetsNoOther() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            broker.texts("update device_credential set dropped_at = now() where device_no = ?", device.number());

            TestClient.Answer answer =
                    client.publishForAnswer(device.renewalTopic(), EnrolmentTest.renewal(DeviceSecret.generate()));

            assertEquals(NOT_AUTHORIZED, answer.code());
            assertEquals(List.of(), broker.credentials(device.number()));
        }
    }

    @Test
    void aSecretOfAnotherDeviceIsNotSet() throws Exception {
        Device device = broker.registerDevice();
        Device other = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            TestClient.Answer answer =
                    client.publishForAnswer(other.renewalTopic(), EnrolmentTest.renewal(DeviceSecret.generate()));

            assertEquals(NOT_AUTHORIZED, answer.code());
            assertTrue(answer.reason().startsWith("foreign-topic"), answer.reason());
            assertEquals(List.of("secret"), broker.credentials(other.number()));
            assertEquals(List.of("foreign-topic|135||0"), broker.quarantine(device));
        }
        TestClient.connect(broker, other).close();
    }

    @Test
    void theCommandToRenewReachesTheDevice() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            client.subscribe("dolbom/v1/" + device.id() + "/command/renew-secret");

            broker.text("""
                    insert into device_command (device_no, kind, data, expires_at)
                    values (?, 'renew-secret', '{}', now() + interval '1 minute')
                    returning command_id""", device.number());

            MqttMessage command = client.awaitCommand();
            assertTrue(new String(command.getPayload(), StandardCharsets.UTF_8).endsWith("\"data\":{}}"));
        }
    }
}
