package kr.dolbom.risk.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineStatusTest {
    private static final Instant CAUGHT_UP = Instant.parse("2026-03-01T02:10:00Z");

    @Test
    void aFeedThatHasNotBeenReadToItsEndForAMinuteIsTrouble() {
        var status = new EngineStatus();
        status.caughtUp(CAUGHT_UP);
        status.feed(null);
        status.lane(null);

        assertEquals(Optional.empty(), status.findTrouble(CAUGHT_UP.plusSeconds(60)));
        assertEquals(
                Optional.of(
                        "The telemetry feed has not been read to its end since 2026-03-01T02:10:00Z, expected within"
                                + " 60 s: the database does not answer, or more arrives than is read."),
                status.findTrouble(CAUGHT_UP.plusSeconds(61)));
        status.caughtUp(CAUGHT_UP.plusSeconds(61));
        assertEquals(Optional.empty(), status.findTrouble(CAUGHT_UP.plusSeconds(61)));
    }

    @Test
    void whileTheHistoryIsReadAgainThatIsWhatIsTold() {
        var status = new EngineStatus();
        status.caughtUp(CAUGHT_UP);
        status.feed("reading 45 days of history");
        status.lane(null);

        assertEquals(
                Optional.of("The telemetry feed is not followed: reading 45 days of history"),
                status.findTrouble(CAUGHT_UP.plusSeconds(600)));
    }
}
