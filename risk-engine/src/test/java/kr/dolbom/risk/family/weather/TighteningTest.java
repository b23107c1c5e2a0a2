package kr.dolbom.risk.family.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import kr.dolbom.risk.alert.Family;
import org.junit.jupiter.api.Test;

class TighteningTest {
    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-08-04T00:00:00Z");
    private static final Advisory HEAT = new Advisory(Advisory.Kind.HEAT_WAVE, START, END);
    private static final Advisory COLD = new Advisory(Advisory.Kind.COLD_WAVE, START, END);

    @Test
    void anAdvisoryTightensFromItsStartUntilItsEnd() {
        assertEquals(Tightening.NONE, Tightening.of(List.of(HEAT), START.minusSeconds(1)));
        assertEquals(0.75, Tightening.of(List.of(HEAT), START).capFactor());
        assertEquals(Tightening.NONE, Tightening.of(List.of(HEAT), END));
    }

    @Test
    void aColdNightMattersToWhoIsOutAndHeatToWhoIsIn() {
        assertEquals(1, Tightening.of(List.of(COLD), START).logOdds(Family.OUTING));
        assertEquals(0, Tightening.of(List.of(HEAT), START).logOdds(Family.OUTING));
        assertEquals(0.5, Tightening.of(List.of(HEAT), START).logOdds(Family.MEALS));
    }

    @Test
    void manyAdvisoriesStayWithinBounds() {
        Tightening all = Tightening.of(List.of(HEAT, HEAT, COLD, COLD), START);

        for (Family family : Family.values()) {
            assertTrue(all.logOdds(family) >= 0 && all.logOdds(family) <= Tightening.MOST, family::id);
        }
        assertEquals(0.75, all.capFactor());
    }

    @Test
    void anAdvisoryThatEndsBeforeItStartsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Advisory(Advisory.Kind.HEAT_WAVE, END, START));
        assertThrows(IllegalArgumentException.class, () -> Advisory.Kind.getById("rain"));
        assertEquals(Advisory.Kind.COLD_WAVE, Advisory.Kind.getById("cold-wave"));
    }
}
