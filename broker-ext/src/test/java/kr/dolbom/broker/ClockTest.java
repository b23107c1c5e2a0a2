package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import kr.dolbom.broker.TestBroker.Device;
import org.junit.jupiter.api.Test;

/// What is made of the clocks of devices. The engine rings for an emergency whose `at` is less than 15 minutes before
/// its receipt.
class ClockTest {
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final Instant YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z");
    private static final int CHUNKS_OF_A_LEAP_YEAR = 54;

    private final TestBroker broker = TestBroker.shared();

    @Test
    void aLiveSosOfAClockThatIsTwoHoursSlowIsOfNow() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            birth(client, device, Instant.now().minus(TWO_HOURS));

            Instant pressed = Instant.now().minus(TWO_HOURS);
            publish(client, device, "emergency", pressed, Bodies.SOS);

            assertEquals("live clock-wrong", emergency(device));
            assertEquals(0, Duration.between(deviceTime(device), pressed).toSeconds());
        }
    }

    @Test
    void anSosThatARightClockBufferedForTwoHoursIsOfThen() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            birth(client, device, Instant.now());

            publish(client, device, "emergency", Instant.now().minus(TWO_HOURS), Bodies.SOS);

            assertEquals("2 h ago", emergency(device));
        }
    }

    @Test
    void aLiveSosOfAWrongYearIsOfNow() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            birth(client, device, YEAR_2000);

            publish(client, device, "emergency", YEAR_2000.plusSeconds(1), Bodies.SOS);

            assertEquals("live clock-wrong", emergency(device));
        }
    }

    @Test
    void anSosThatAWrongYearBufferedForTwoHoursIsOfThen() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            birth(client, device, YEAR_2000);

            publish(client, device, "emergency", YEAR_2000.minus(TWO_HOURS), Bodies.SOS);

            assertEquals("2 h ago clock-wrong", emergency(device));
        }
    }

    @Test
    void anSosOfADeviceThatNeverToldItsTimeIsOfNow() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            publish(client, device, "emergency", Instant.now().minus(TWO_HOURS), Bodies.SOS);

            assertEquals("live clock-wrong", emergency(device));
        }
    }

    @Test
    void theClockOfTheConnectionBeforeCountsNoMore() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient slow = TestClient.connect(broker, device)) {
            birth(slow, device, Instant.now().minus(TWO_HOURS));
        }
        try (TestClient right = TestClient.connect(broker, device)) {
            birth(right, device, Instant.now());

            publish(right, device, "emergency", Instant.now().minus(TWO_HOURS), Bodies.SOS);

            assertEquals("2 h ago", emergency(device));
        }
    }

    @Test
    void whatNoClockCanHaveSeenIsOfItsReceiptAndFlagged() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            publish(client, device, "activity", YEAR_2000, Bodies.ACTIVITY);
            publish(client, device, "activity", Instant.now().plus(TWO_HOURS), Bodies.ACTIVITY);

            assertEquals(List.of("clock-wrong t", "clock-wrong t"), broker.texts("""
                            select concat_ws(' ', flag, at = received_at) from flagged_telemetry where device_no = ?""", device.number()));
        }
    }

    @Test
    void whatWasBufferedForMoreThanThreeDaysIsKeptAsItIsAndFlagged() throws Exception {
        Device device = broker.registerDevice();
        Instant time = Instant.now().minus(Duration.ofHours(80));
        try (TestClient client = TestClient.connect(broker, device)) {
            birth(client, device, Instant.now());
            publish(client, device, "activity", Instant.now().minus(Duration.ofHours(71)), Bodies.ACTIVITY);
            publish(client, device, "activity", time, Bodies.ACTIVITY);

            assertEquals(List.of("late " + time.getEpochSecond()), broker.texts("""
                            select flag || ' ' || floor(extract(epoch from at))::bigint
                              from flagged_telemetry where device_no = ?""", device.number()));
        }
    }

    @Test
    void aMessageOfAWrongClockIsStoredOnceHoweverOftenAndWithWhicheverOffsetItComes() throws Exception {
        Device device = broker.registerDevice();
        byte[] body = Bodies.message(UUID.randomUUID(), Instant.now().minus(TWO_HOURS), 7, Bodies.ACTIVITY);
        byte[] call = Bodies.message(UUID.randomUUID(), Instant.now().minus(TWO_HOURS), 8, Bodies.SOS);
        for (Duration off : List.of(Duration.ZERO, TWO_HOURS, TWO_HOURS.minusMinutes(20), Duration.ZERO)) {
            try (TestClient client = TestClient.connect(broker, device)) {
                birth(client, device, Instant.now().minus(off));
                for (int i = 0; i < 2; i++) {
                    assertEquals(0, client.publish(device.topic("activity"), body));
                    assertEquals(0, client.publish(device.topic("emergency"), call));
                }
            }
        }

        assertEquals("1 1", broker.text("""
                select count(*) filter (where seq = 7) || ' ' || count(*) filter (where seq = 8)
                  from telemetry where device_no = ?""", device.number()));
    }

    @Test
    void aMessageThatWasAheadAndComesAgainWhenItIsNotAnyMoreIsStoredOnce() throws Exception {
        Device device = broker.registerDevice();
        UUID id = UUID.randomUUID();
        Instant ahead = Instant.now().plus(Duration.ofMinutes(5)).plusSeconds(3);
        byte[] body = Bodies.message(id, ahead, 7, Bodies.ACTIVITY);
        try (TestClient client = TestClient.connect(broker, device)) {
            assertEquals(0, client.publish(device.topic("activity"), body));
            assertEquals(1, broker.number("select count(*) from telemetry_clock where message_id = ?", id));
            await()
                    .until(() -> Instant.now().plus(Duration.ofMinutes(5)).isAfter(ahead));

            assertEquals(0, client.publish(device.topic("activity"), body));

            assertEquals(1, broker.telemetryRows(device));
        }
    }

    @Test
    void aDeviceThatSendsAnyYearsMakesNoMoreChunksThanALeapYearHas() throws Exception {
        Device device = broker.registerDevice();
        Random random = new Random(42);
        long seconds = Duration.between(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z")).toSeconds();
        try (TestClient client = TestClient.connect(broker, device)) {
            for (int i = 0; i < 300; i++) {
                Instant anyYear = Instant.ofEpochSecond(random.nextLong(seconds));
                Instant thisYear = Instant.now().minusSeconds(random.nextLong(Duration.ofDays(400).toSeconds()));
                publish(client, device, "activity", i % 2 == 0 ? anyYear : thisYear, Bodies.ACTIVITY);
            }
        }

        assertEquals(300, broker.telemetryRows(device));
        int chunks = broker.number("""
                select count(*) from timescaledb_information.chunks where hypertable_name = 'telemetry'""");
        assertTrue(chunks > 1 && chunks <= CHUNKS_OF_A_LEAP_YEAR, () -> chunks + " chunks");
    }

    private static void birth(TestClient client, Device device, Instant time) throws Exception {
        publish(client, device, "status", time, Bodies.STATUS);
    }

    private static void publish(TestClient client, Device device, String kind, Instant time, String data)
            throws Exception {
        assertEquals(0, client.publish(device.topic(kind), Bodies.message(UUID.randomUUID(), time, 1, data)));
    }

    /// `live` or how long ago it happened, and the flag.
    private String emergency(Device device) {
        return broker.text("""
                select concat_ws(' ', case when telemetry.received_at - telemetry.at < interval '1 minute' then 'live'
                                           else round(extract(epoch from telemetry.received_at - telemetry.at) / 3600)
                                                || ' h ago' end, flag)
                  from telemetry left join flagged_telemetry using (device_no, message_id)
                 where device_no = ? and telemetry.kind = 6""", device.number());
    }

    private Instant deviceTime(Device device) {
        return Instant.ofEpochSecond(broker.number("""
                select floor(extract(epoch from device_time))::bigint
                  from telemetry_clock join telemetry using (device_no, message_id)
                 where device_no = ? and kind = 6""", device.number()));
    }
}
