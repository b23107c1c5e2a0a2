package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hivemq.embedded.EmbeddedExtension;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import kr.dolbom.broker.RawClient.Packet;
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.broker.launcher.EmbeddedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which acknowledgements go out, and in which order, by both ways by which messages reach us.
class AcknowledgementTest {
    private static final int PAYLOAD_FORMAT_INVALID = 0x99;
    private static final int SUCCESS = 0;

    private static final TestBroker SHARED = TestBroker.shared();
    private static EmbeddedBroker withoutShortcut;

    enum Way {
        SHORTCUT,
        INTERCEPTOR
    }

    @BeforeAll
    static void start() {
        withoutShortcut = EmbeddedBroker.start(
                TestBroker.settings(SHARED.database),
                EmbeddedExtension.builder()
                        .withId("dolbom-broker-ext")
                        .withName("Without the shortcut")
                        .withVersion("1")
                        .withExtensionMain(new DolbomExtension(UnaryOperator.identity(), false))
                        .build());
        await().atMost(Duration.ofSeconds(30)).until(withoutShortcut::isReady);
    }

    @AfterAll
    static void stop() {
        withoutShortcut.close();
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgementsComeInTheOrderOfTheMessagesWhateverTheySay(Way way) throws Exception {
        Device device = SHARED.registerDevice();
        try (RawClient client = connect(way, device, 5)) {
            for (int sequence = 1; sequence <= 10; sequence++) {
                switch (sequence) {
                    case 4 -> client.publishOnly(device.topic("emergency"), Bodies.message(4, Bodies.SOS));
                    case 5 -> client.publishOnly(device.topic("activity"), Bodies.bytes("{"));
                    default -> client.publishOnly(device.topic("activity"), Bodies.message(sequence, Bodies.ACTIVITY));
                }
            }

            for (int sequence = 1; sequence <= 10; sequence++) {
                assertEquals(
                        new Packet(RawClient.PUBACK, sequence == 5 ? PAYLOAD_FORMAT_INVALID : SUCCESS), client.read());
                assertEquals(sequence, client.acknowledgedId());
            }
            assertEquals(9, SHARED.telemetryRows(device));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOldDeviceIsAcknowledgedUpToTheRefusedMessageAndNoFurther(Way way) throws Exception {
        Device device = SHARED.registerDevice();
        try (RawClient client = connect(way, device, 4)) {
            client.publishOnly(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY));
            client.publishOnly(device.topic("activity"), Bodies.message(2, Bodies.ACTIVITY));
            client.publishOnly(device.topic("activity"), Bodies.bytes("{"));
            client.publishOnly(device.topic("activity"), Bodies.message(4, Bodies.ACTIVITY));

            List<Integer> acknowledged = new ArrayList<>();
            while (client.read().type() == RawClient.PUBACK) {
                acknowledged.add(client.acknowledgedId());
            }
            assertEquals(List.of(1, 2), acknowledged);
            assertEquals(List.of("malformed-json|153||1"), SHARED.quarantine(device));
        }
    }

    @Test
    void allThatADeviceHasOnTheWayIsInOneCommit() throws Exception {
        Device device = SHARED.registerDevice();
        Device stopping = SHARED.registerDevice();
        try (RawClient client = connect(Way.SHORTCUT, device, 5);
                RawClient stopped = connect(Way.SHORTCUT, stopping, 5)) {
            try (Connection stopper = SHARED.stopper()) {
                stopped.publishOnly(
                        stopping.topic("activity"), Bodies.message(TestBroker.STOPPING_SEQ, Bodies.ACTIVITY));
                await().until(() ->
                        SHARED.number("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                                == 1);
                for (int sequence = 1; sequence <= 9; sequence++) {
                    client.publishOnly(device.topic("activity"), Bodies.message(sequence, Bodies.ACTIVITY));
                }
                // Its row tells that the messages before it were handed on.
                client.publishOnly(device.topic("emergency"), Bodies.message(10, Bodies.SOS));
                await().until(() -> SHARED.telemetryRows(device) == 1);
                try (Statement unlock = stopper.createStatement()) {
                    unlock.execute("select pg_advisory_unlock_all()");
                }
            }
            for (int sequence = 1; sequence <= 10; sequence++) {
                assertEquals(new Packet(RawClient.PUBACK, SUCCESS), client.read());
            }
            assertEquals(
                    1,
                    SHARED.number(
                            "select count(distinct txid) from telemetry where device_no = ? and kind = 1",
                            device.number()));
        }
    }

    private static RawClient connect(Way way, Device device, int version) throws IOException {
        RawClient client = RawClient.open(way == Way.SHORTCUT ? SHARED.port() : withoutShortcut.port(), version);
        assertEquals(
                new Packet(RawClient.CONNACK, SUCCESS),
                client.connect(device.id(), device.id(), device.secret(), null));
        return client;
    }
}
