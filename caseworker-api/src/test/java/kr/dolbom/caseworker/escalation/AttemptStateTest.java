package kr.dolbom.caseworker.escalation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AttemptStateTest {

    @Test
    void anOlderReportIsNoNewsAndNeitherIsTheSameAgain() {
        assertTrue(AttemptState.RINGING.isOvertakenBy(AttemptState.COMPLETED));
        assertFalse(AttemptState.COMPLETED.isOvertakenBy(AttemptState.RINGING));
        assertFalse(AttemptState.RINGING.isOvertakenBy(AttemptState.RINGING));
        assertFalse(AttemptState.BUSY.isOvertakenBy(AttemptState.COMPLETED), "over is over");
    }

    @Test
    void aProofOfReachOvertakesEverythingAndNothingOvertakesIt() {
        for (AttemptState state : AttemptState.values()) {
            assertEquals(state != AttemptState.REACHED, state.isOvertakenBy(AttemptState.REACHED));
            assertFalse(AttemptState.REACHED.isOvertakenBy(state));
        }
    }

    @Test
    void everyWordIsReadBack() {
        for (AttemptState state : AttemptState.values()) {
            assertEquals(state, AttemptState.get(state.word()));
        }
    }
}
