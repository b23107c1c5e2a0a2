package kr.dolbom.risk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final Instant T = Instant.EPOCH;

    @Test
    void theEarliestIsDueFirstAndAResidentHasOneMoment() {
        var moments = new Moments();
        moments.set(1, T.plusSeconds(30));
        moments.set(2, T.plusSeconds(10));
        moments.set(3, T.plusSeconds(10));
        moments.set(1, T.plusSeconds(5));
        moments.set(3, T.plusSeconds(50));

        assertEquals(Optional.of(T.plusSeconds(5)), moments.findFirst());
        assertEquals(List.of(1, 2), moments.listDue(T.plusSeconds(10)));
        moments.clear(1);
        moments.clear(2);
        assertEquals(List.of(), moments.listDue(T.plusSeconds(49)));
        assertEquals(Optional.of(T.plusSeconds(50)), moments.findFirst());
    }
}
