package kr.dolbom.risk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.risk.feed.TelemetryRow;
import org.junit.jupiter.api.Test;

class HolesTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final Holes holes = new Holes();
    private final List<String> told = new ArrayList<>();
    private final Holes.Times times = new Holes.Times() {
        @Override
        public void missed(Instant from, Instant to) {
            told.add("missed " + minute(from) + "-" + minute(to));
        }

        @Override
        public void complete(Instant from, Instant to) {
            told.add("complete " + minute(from) + "-" + minute(to));
        }
    };

    @Test
    void aJumpMissesTheTimeBetweenItsMessagesAndOneInTurnNothing() {
        count(1, 7, 0);
        count(1, 8, 10);
        count(2, 100, 15);
        count(1, 10, 30);

        assertEquals(List.of("missed 10-30"), told);
    }

    @Test
    void whatComesLateCompletesTheTimeOnTheSideWhereNothingIsMissing() throws IOException {
        count(1, 1, 0);
        count(1, 5, 40);
        told.clear();
        count(1, 2, 10);
        assertEquals(List.of("complete 0-10", "missed 10-40"), told);
        told.clear();

        Holes kept = kept();
        kept.count(row(1, 4, Status.State.HEARTBEAT), at(30), times);
        kept.count(row(1, 3, Status.State.HEARTBEAT), at(20), times);
        assertEquals(List.of("complete 30-40", "missed 10-30", "complete 10-20", "complete 20-30"), told);
    }

    @Test
    void aBirthWithALowerNumberBeginsAnewAndWhatWasMissingNeverComes() {
        count(1, 50, 0);
        count(1, 60, 10);
        told.clear();
        holes.count(row(1, 0, Status.State.BIRTH), at(20), times);
        count(1, 1, 30);
        count(1, 55, 40);

        assertEquals(List.of("missed 30-40"), told);
    }

    @Test
    void theCountOfADeviceThatAlwaysSkipsIsNotBelieved() {
        for (int i = 0; i < 100; i++) {
            count(1, 3L * i, 10 * i);
        }

        assertEquals(13, told.size());
    }

    private void count(int device, long seq, int minute) {
        holes.count(row(device, seq, Status.State.HEARTBEAT), at(minute), times);
    }

    private Holes kept() throws IOException {
        var bytes = new ByteArrayOutputStream();
        holes.write(new DataOutputStream(bytes));
        var kept = new Holes();
        kept.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return kept;
    }

    private static TelemetryRow row(int device, long seq, Status.State state) {
        return new TelemetryRow(
                START,
                START,
                device,
                1,
                new UUID(device, seq),
                seq,
                new Status(state, "1", "1.0", null, null, null, List.of(), null));
    }

    private static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }

    private static long minute(Instant at) {
        return (at.getEpochSecond() - START.getEpochSecond()) / 60;
    }
}
