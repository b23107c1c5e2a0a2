package kr.dolbom.broker.journal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kr.dolbom.contract.compact.CompactJson;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Inactivity;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Telemetry;
import org.junit.jupiter.api.Test;

/// What [Journal] promises, for every implementation: it gives a journal over a store of its own and
/// says what is in
/// that store.
@SuppressWarnings("try") // what hinders the journal is only closed
abstract class JournalContractTest {
    /// How long the journal under test may let an entry wait.
    static final Duration HOLD = Duration.ofSeconds(3);

    /// The journal under test.
    abstract Journal journal();

    /// A device that is in the store and has no message yet.
    abstract int newDevice();

    /// The sequence numbers of a device's messages that somebody else sees in the store now, in the
    /// order in which they
    /// were kept.
    abstract List<Long> stored(int device);

    /// How many of a device's messages are in quarantine.
    abstract int quarantined(int device);

    /// Keeps ordinary entries from being stored until it is closed, but not emergencies.
    abstract AutoCloseable blockOrdinary(int device) throws Exception;

    /// Takes the store away until it is closed.
    abstract AutoCloseable outage() throws Exception;

    @Test
    void anEntryIsThereForOthersAtTheMomentOfItsAnswer() throws Exception {
        int device = newDevice();
        // Asked in the very thread that answers, before that does anything else.
        List<CompletableFuture<List<Long>>> seen = LongStream.range(0, 50)
                .mapToObj(sequence -> journal()
                        .append(message(device, sequence))
                        .thenApply(receipt -> {
                            assertInstanceOf(Receipt.Stored.class, receipt);
                            return stored(device);
                        })
                        .thenApply(rows -> {
                            assertTrue(rows.contains(sequence), () -> sequence + " is not among " + rows);
                            return rows;
                        }))
                .toList();

        for (CompletableFuture<List<Long>> one : seen) {
            one.get(20, SECONDS);
        }
    }

    @Test
    void aMessageAppendedAgainIsKeptOnce() throws Exception {
        int device = newDevice();
        Entry.Message message = message(device, 1);
        CompletableFuture<Receipt> first = journal().append(message);
        CompletableFuture<Receipt> atOnce = journal().append(message);
        assertStored(first);
        assertStored(atOnce);

        assertStored(journal().append(message));
        assertStored(journal().append(message(device, 2)));

        assertEquals(List.of(1L, 2L), stored(device));
    }

    @Test
    void theSameIdOfAnotherDeviceIsAnotherMessage() throws Exception {
        int device = newDevice();
        int other = newDevice();
        Entry.Message message = message(device, 1);
        assertStored(journal().append(message));

        assertStored(journal()
                .append(new Entry.Message(
                        origin(other),
                        null,
                        message.messageId(),
                        message.at(),
                        null,
                        message.receivedAt(),
                        1,
                        message.message(),
                        message.data())));

        assertEquals(List.of(1L), stored(other));
    }

    @Test
    void entriesOfOneDeviceAreKeptAndAnsweredInTheirOrder() throws Exception {
        int device = newDevice();
        List<Long> answered = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> answers = LongStream.range(0, 2_000)
                .mapToObj(sequence ->
                        journal().append(message(device, sequence)).thenAccept(receipt -> answered.add(sequence)))
                .toList();
        for (CompletableFuture<Void> answer : answers) {
            answer.get(20, SECONDS);
        }

        List<Long> inOrder = LongStream.range(0, 2_000).boxed().toList();
        assertEquals(inOrder, answered);
        assertEquals(inOrder, stored(device));
    }

    @Test
    void anEmergencyWaitsForNothing() throws Exception {
        int device = newDevice();
        CompletableFuture<Receipt> before;
        try (AutoCloseable blocked = blockOrdinary(device)) {
            before = journal().append(status(device, 1));

            assertStored(journal().append(emergency(device, 2)));

            assertEquals(List.of(2L), stored(device));
            assertFalse(before.isDone());
        }
        assertStored(before);
    }

    @Test
    void whatWaitsTooLongIsAnsweredBusyAndNothingIsLostByIt() throws Exception {
        int device = newDevice();
        Entry.Message message = message(device, 2);
        try (AutoCloseable blocked = blockOrdinary(device)) {
            CompletableFuture<Receipt> inHand = journal().append(status(device, 1));
            CompletableFuture<Receipt> waiting = journal().append(message);

            assertBusy(inHand);
            assertBusy(waiting);
        }

        assertStored(journal().append(by(new Flow(), message)));
        assertEquals(
                1, stored(device).stream().filter(sequence -> sequence == 2).count());
    }

    @Test
    void whatCameAfterAMessageThatWasGivenUpIsGivenUpTooAndOvertakesNothing() throws Exception {
        int device = newDevice();
        Flow connection = new Flow();
        Entry.Message first = message(device, 1);
        Entry.Message second = message(device, 2);
        CompletableFuture<Receipt> ofFirst;
        CompletableFuture<Receipt> ofSecond;
        try (AutoCloseable away = outage()) {
            ofFirst = journal().append(by(connection, first));
            Void _ = new CompletableFuture<Void>()
                    .completeOnTimeout(null, HOLD.toMillis() / 2, MILLISECONDS)
                    .get();
            ofSecond = journal().append(by(connection, second));
            assertBusy(ofFirst);
        }

        assertBusy(ofSecond);
        assertBusy(journal().append(by(connection, message(device, 3))));
        assertStored(journal().append(by(connection, emergency(device, 4))));
        assertEquals(List.of(4L), stored(device));
        Flow next = new Flow();
        assertStored(journal().append(by(next, first)));
        assertStored(journal().append(by(next, second)));
        assertEquals(List.of(4L, 1L, 2L), stored(device));
    }

    @Test
    void whatADeviceSendsAgainWhileTheFirstOfItStillWaitsComesInItsOrder() throws Exception {
        int device = newDevice();
        List<Entry.Message> messages =
                LongStream.range(0, 10).mapToObj(i -> message(device, i)).toList();
        List<CompletableFuture<Receipt>> answers = new ArrayList<>();
        try (AutoCloseable blocked = blockOrdinary(device)) {
            // What is in hand when the store stops answering, so that all else waits behind it.
            CompletableFuture<Receipt> inHand = journal().append(status(device, 100));
            Flow connection = new Flow();
            List<CompletableFuture<Receipt>> first = messages.stream()
                    .map(message -> journal().append(by(connection, message)))
                    .toList();
            assertBusy(inHand);
            for (CompletableFuture<Receipt> answer : first) {
                assertBusy(answer);
            }
            Flow next = new Flow();
            for (Entry.Message message : messages) {
                answers.add(journal().append(by(next, message)));
                // The journal looks for what waits too long between any two of them.
                Void _ = new CompletableFuture<Void>()
                        .completeOnTimeout(null, HOLD.toMillis() / 20, MILLISECONDS)
                        .get();
            }
        }
        for (CompletableFuture<Receipt> answer : answers) {
            assertStored(answer);
        }

        assertEquals(
                LongStream.range(0, 10).boxed().toList(),
                stored(device).stream().filter(sequence -> sequence < 100).toList());
    }

    @Test
    void moreThanItCanHoldIsAnsweredBusyAtOnce() throws Exception {
        int device = newDevice();
        List<CompletableFuture<Receipt>> answers = new ArrayList<>();
        try (AutoCloseable away = outage()) {
            byte[] large = CompactJson.encode(
                    ("{\"silentSeconds\":1,\"x\":\"" + "가".repeat(5_000) + "\"}").getBytes(StandardCharsets.UTF_8));
            Entry.Message message = message(device, 1);
            for (int i = 0; i < 3_000; i++) {
                answers.add(journal()
                        .append(new Entry.Message(
                                origin(device),
                                null,
                                UUID.randomUUID(),
                                message.at(),
                                null,
                                message.receivedAt(),
                                i,
                                message.message(),
                                large)));
            }

            assertInstanceOf(Receipt.Busy.class, answers.get(2_999).getNow(new Receipt.Stored()));
        }
        for (CompletableFuture<Receipt> answer : answers) {
            answer.get(HOLD.toSeconds() * 5, SECONDS);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> journal().append(message(device, 1)).get(9, SECONDS) instanceof Receipt.Stored);
    }

    @Test
    void itRecoversByItselfWhenTheStoreWasAway() throws Exception {
        int device = newDevice();
        assertStored(journal().append(message(device, 0)));
        List<CompletableFuture<Receipt>> answers;
        try (AutoCloseable away = outage()) {
            answers = IntStream.rangeClosed(1, 20)
                    .mapToObj(sequence -> journal().append(message(device, sequence)))
                    .toList();
        }
        for (CompletableFuture<Receipt> answer : answers) {
            assertStored(answer);
        }

        assertEquals(LongStream.rangeClosed(0, 20).boxed().toList(), stored(device));
    }

    @Test
    void whatCanNeverBeKeptIsSaidSoAndTheOthersAreKept() throws Exception {
        int device = newDevice();
        Entry.Message whole = message(device, 1);
        Entry.Message impossible = new Entry.Message(
                whole.origin(),
                null,
                UUID.randomUUID(),
                OffsetDateTime.MAX,
                null,
                whole.receivedAt(),
                2,
                whole.message(),
                whole.data());
        CompletableFuture<Receipt> before = journal().append(whole);
        CompletableFuture<Receipt> poisoned = journal().append(impossible);
        CompletableFuture<Receipt> after = journal().append(message(device, 3));

        assertStored(before);
        assertInstanceOf(Receipt.Unstorable.class, poisoned.get(20, SECONDS));
        assertStored(after);
        assertEquals(List.of(1L, 3L), stored(device));
        assertEquals(1, quarantined(device));
    }

    private static void assertBusy(CompletableFuture<Receipt> answer) throws Exception {
        assertInstanceOf(Receipt.Busy.class, answer.get(HOLD.toSeconds() * 3, SECONDS));
    }

    private static void assertStored(CompletableFuture<Receipt> answer) throws Exception {
        assertInstanceOf(Receipt.Stored.class, answer.get(20, SECONDS));
    }

    static Entry.Origin origin(int device) {
        return new Entry.Origin(
                device, "robot-" + device, "dolbom/v1/robot-" + device + "/telemetry/inactivity", new Flow());
    }

    /// The same, as it comes by a connection.
    private static Entry.Message by(Flow connection, Entry.Message message) {
        Entry.Origin origin = message.origin();
        return new Entry.Message(
                new Entry.Origin(origin.deviceNumber(), origin.deviceId(), origin.topic(), connection),
                message.residentNumber(),
                message.messageId(),
                message.at(),
                message.deviceTime(),
                message.receivedAt(),
                message.sequence(),
                message.message(),
                message.data());
    }

    static Entry.Message message(int device, long sequence) {
        return entry(device, sequence, new Inactivity(60, null), "{\"silentSeconds\":60}");
    }

    private static Entry.Message emergency(int device, long sequence) {
        return entry(
                device,
                sequence,
                new Emergency(Emergency.Trigger.SOS_BUTTON, null, null, null),
                "{\"trigger\":\"sos-button\"}");
    }

    /// A message that also tells how a device is.
    static Entry.Message status(int device, long sequence) {
        return entry(
                device,
                sequence,
                new Status(Status.State.HEARTBEAT, "1", "1.0", null, null, null, List.of(), null),
                "{\"state\":\"heartbeat\",\"firmware\":\"1\",\"contract\":\"1.0\"}");
    }

    private static Entry.Message entry(int device, long sequence, Telemetry message, String data) {
        Instant now = Instant.now();
        return new Entry.Message(
                origin(device),
                null,
                UUID.randomUUID(),
                now.atOffset(ZoneOffset.UTC),
                null,
                now,
                sequence,
                message,
                CompactJson.encode(data.getBytes(StandardCharsets.UTF_8)));
    }
}
