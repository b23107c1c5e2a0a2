package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import kr.dolbom.broker.TestBroker.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A change in the registry holds within five seconds, for devices that are connected as well.
class RegistryChangeTest {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final Duration AT_ONCE = Duration.ofMillis(1_500);
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final TestBroker broker = TestBroker.shared();

    /// How the broker comes to know.
    enum Told {
        /// By a notification.
        BY_NOTIFICATION,
        /// By nobody: it must look for itself.
        BY_NOBODY,
        /// By a notification that it cannot hear, as its listening connection was cut.
        WHILE_DEAF
    }

    private void change(Told told, Device device, String sql, Object... parameters) {
        if (told == Told.WHILE_DEAF) {
            assertEquals("t", broker.text("""
                            select pg_terminate_backend(pid) from pg_stat_activity
                             where application_name = 'dolbom-notifications' and datname = current_database()"""));
        }
        broker.texts(sql, parameters);
        if (told != Told.BY_NOBODY) {
            broker.texts("select pg_notify('dolbom_device', ?)", device.id());
        }
    }

    private static Duration limit(Told told) {
        return told == Told.BY_NOTIFICATION ? AT_ONCE : WITHIN;
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedDeviceIsDisconnectedAndNotLetInAgain(Told told) throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            change(told, device, "update device set revoked_at = now() where device_no = ?", device.number());

            await().atMost(limit(told)).until(() -> !client.isConnected());
            assertEquals(NOT_AUTHORIZED, client.awaitDisconnect());
        }
        assertEquals(NOT_AUTHORIZED, TestClient.refusal(broker, device));
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceOfMqtt311ThatIsRevokedIsDisconnected(Told told) throws Exception {
        Device device = broker.registerDevice();
        try (RawClient client = RawClient.connect(broker, device, 4)) {
            change(told, device, "update device set revoked_at = now() where device_no = ?", device.number());

            long begun = System.nanoTime();
            assertEquals(new RawClient.Packet(RawClient.CLOSED, 0), client.read());
            assertTrue(Duration.ofNanos(System.nanoTime() - begun).compareTo(WITHIN) < 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceWhoseSecretIsDroppedIsDisconnected(Told told) throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            change(
                    told,
                    device,
                    "update device_credential set dropped_at = now() where device_no = ?",
                    device.number());

            await().atMost(limit(told)).until(() -> !client.isConnected());
            assertEquals(NOT_AUTHORIZED, client.awaitDisconnect());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceThatIsBoundToAnotherResidentSpeaksForThatOne(Told told) throws Exception {
        Device device = broker.registerDevice();
        int other = broker.registerDevice().resident();
        try (TestClient client = TestClient.connect(broker, device)) {
            change(told, device, "update device set resident_no = ? where device_no = ?", other, device.number());

            awaitLastMessage(told, client, device, Integer.toString(other), "resident_no::text");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceThatIsUnboundSpeaksForNobody(Told told) throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            change(told, device, "update device set resident_no = null where device_no = ?", device.number());

            awaitLastMessage(told, client, device, "null", "resident_no::text");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResidentWhoWithdrawsTheirConsentIsNotQuotedAnyMore(Told told) throws Exception {
        Device device = broker.registerDevice(true);
        try (TestClient client = TestClient.connect(broker, device)) {
            awaitLastMessage(told, client, device, "적적하네", "telemetry_data(data)->>'transcript'");

            change(
                    told,
                    device,
                    "update resident set transcript_consent = false where resident_no = ?",
                    device.resident());

            awaitLastMessage(told, client, device, "null", "telemetry_data(data)->>'transcript'");
        }
    }

    /// Sends messages until the last one shows the change.
    private void awaitLastMessage(Told told, TestClient client, Device device, String expected, String column) {
        AtomicInteger seq = new AtomicInteger();
        await().atMost(limit(told)).until(() -> {
            client.publish(
                    device.topic("voice"),
                    Bodies.message(
                            seq.incrementAndGet(), "{'codes':[],'turns':1,'talkSeconds':2,'transcript':'적적하네'}"));
            return broker.texts(
                            "select " + column
                                    + " from telemetry where device_no = ? order by received_at desc limit 1",
                            device.number())
                    .contains(expected);
        });
    }

    @Test
    void aDeviceThatIsRegisteredMayComeAtOnce() throws Exception {
        TestClient.connect(broker, broker.registerDevice()).close();
    }
}
