package kr.dolbom.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox();

    @Test
    void theLastPlaceInTheWindowIsKeptForExpressMessages() {
        outbox.add(message(1, false));
        outbox.add(message(2, false));
        outbox.add(message(3, false));

        assertEquals(List.of(1L, 2L), takeAll(3));
        outbox.add(message(4, true));
        assertEquals(List.of(4L), takeAll(3));
        assertEquals(List.of(), takeAll(3));
    }

    @Test
    void aWindowOfOneStillCarriesOrdinaryMessages() {
        Outgoing only = message(1, false);
        outbox.add(only);

        assertEquals(Optional.of(only), outbox.take(1));
        assertEquals(Optional.empty(), outbox.take(1));
        assertTrue(outbox.acknowledge(only));
        assertFalse(outbox.acknowledge(only), "answered twice");
        assertTrue(outbox.isEmpty());
    }

    @Test
    void afterALostConnectionTheSameMessagesComeAgainInOrderBeforeAllOthers() {
        Outgoing first = message(1, false);
        Outgoing second = message(2, false);
        Outgoing sos = message(3, true);
        outbox.add(first);
        outbox.add(second);
        outbox.take(10);
        outbox.take(10);
        outbox.add(message(4, false));
        outbox.add(sos);
        outbox.take(10);

        outbox.takeBack();

        assertSame(sos, outbox.take(10).orElseThrow());
        assertSame(first, outbox.take(10).orElseThrow());
        assertSame(second, outbox.take(10).orElseThrow());
        assertEquals(List.of(4L), takeAll(10));
    }

    @Test
    void historyComesBeforeOrdinaryMessagesAndOnlyOneAtATime() {
        Iterator<Outgoing> past = List.of(message(1, false), message(2, false)).iterator();
        outbox.add(message(9, false));
        outbox.sendHistory(() -> past.hasNext() ? past.next() : null);
        assertThrows(IllegalStateException.class, () -> outbox.sendHistory(() -> null));
        assertFalse(outbox.isEmpty());

        assertEquals(List.of(1L, 2L, 9L), takeAll(10));
        outbox.sendHistory(() -> null);
    }

    private List<Long> takeAll(int window) {
        List<Long> seqs = new ArrayList<>();
        for (Optional<Outgoing> next = outbox.take(window); next.isPresent(); next = outbox.take(window)) {
            seqs.add(next.get().message().seq());
        }
        return seqs;
    }

    private static Outgoing message(long seq, boolean express) {
        TelemetryMessage message = new TelemetryMessage(
                MessageId.at(Instant.EPOCH),
                OffsetDateTime.parse("2026-03-01T07:00:00+09:00"),
                seq,
                new Medication(Medication.Slot.MORNING, Medication.Outcome.TAKEN));
        return new Outgoing("dolbom/v1/outbox-1/telemetry/medication", message, null, express);
    }
}
