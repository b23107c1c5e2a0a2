package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hivemq.embedded.EmbeddedExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.broker.journal.Entry;
import kr.dolbom.broker.journal.Journal;
import kr.dolbom.broker.journal.Receipt;
import kr.dolbom.broker.launcher.EmbeddedBroker;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A journal that breaks its promises is never taken for one that has stored something. HiveMQ itself
/// would answer a message with success when an exception escapes its interceptor.
class FaultyJournalTest {
    private static final int SERVER_BUSY = 0x89;

    private static volatile Fault fault = Fault.THROWS;
    private static EmbeddedBroker withShortcut;
    private static EmbeddedBroker withoutShortcut;

    enum Fault {
        THROWS,
        THROWS_AN_ERROR,
        FAILS_LATER,
        ANSWERS_NULL
    }

    @BeforeAll
    static void start() {
        withShortcut = broker(true);
        withoutShortcut = broker(false);
    }

    private static EmbeddedBroker broker(boolean shortcut) {
        EmbeddedBroker broker = EmbeddedBroker.start(
                TestBroker.settings(TestBroker.shared().database),
                EmbeddedExtension.builder()
                        .withId("dolbom-broker-ext")
                        .withName("With a faulty journal")
                        .withVersion("1")
                        .withExtensionMain(new DolbomExtension(FaultyJournal::new, shortcut))
                        .build());
        await().atMost(Duration.ofSeconds(30)).until(broker::isReady);
        return broker;
    }

    @AfterAll
    static void stop() {
        withShortcut.close();
        withoutShortcut.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsAcknowledgedThatWasNotStored(Fault kind) throws Exception {
        nothingIsAcknowledged(kind, withShortcut);
    }

    @ParameterizedTest
    @EnumSource
    void norByTheInterceptor(Fault kind) throws Exception {
        nothingIsAcknowledged(kind, withoutShortcut);
    }

    private static void nothingIsAcknowledged(Fault kind, EmbeddedBroker broker) throws Exception {
        fault = kind;
        Device device = TestBroker.shared().registerDevice();
        try (TestClient client = TestClient.connect(broker.uri(), device, options -> {})) {
            IMqttToken token = client.send(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY));

            assertEquals(SERVER_BUSY, client.awaitDisconnect());
            assertEquals(0, token.getReasonCodes() == null ? 0 : token.getReasonCodes().length);
        }
    }

    private record FaultyJournal(Journal whole) implements Journal {
        @Override
        public CompletableFuture<Receipt> append(Entry entry) {
            if (entry instanceof Entry.Presence) {
                return whole.append(entry);
            }
            return switch (fault) {
                case THROWS -> throw new IllegalStateException("on purpose");
                case THROWS_AN_ERROR -> throw new AssertionError("on purpose");
                case FAILS_LATER -> CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
                case ANSWERS_NULL -> nothing();
            };
        }

        @SuppressWarnings("NullAway") // what no journal may do
        private static CompletableFuture<Receipt> nothing() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
