package kr.dolbom.risk.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PopulationTest {
    private static final double SHARE = 0.9;

    @Test
    void beforeAnybodyIsKnownThePeakIsSixAndAHalf() {
        assertEquals(6.5, new Population().quantile(SHARE, new Peaks()));
    }

    @Test
    void aResidentIsComparedWithTheOthersOnly() {
        var population = new Population();
        var own = new Peaks();
        for (int day = 0; day < 40; day++) {
            population.addPeak(14, own.add(14));
        }
        assertEquals(6.5, population.quantile(SHARE, own), "only the resident's own peaks");

        for (int i = 0; i < 50; i++) {
            population.addPeak(4, -1);
        }
        assertEquals(5.25, population.quantile(SHARE, own), 1e-9, "50 peaks of 4 against 6.5 with the weight of 50");
    }

    @Test
    void aQuantileOfPeaksIsLinearBetweenNeighboursAndNoneCountsMoreThanFifteen() {
        var peaks = new Peaks();
        for (int day = 1; day <= 11; day++) {
            peaks.add(day);
        }
        assertEquals(10, peaks.quantile(SHARE), 1e-6);
        peaks.add(400); // 12 values, rank 9.9: 10 + 0.9 · (11 − 10)
        assertEquals(10.9, peaks.quantile(SHARE), 1e-5);
        assertEquals(1, peaks.countFrom(90), "400 counts as 15, and so does 90");
    }

    @Test
    void afterFortyFiveDaysTheOldestPeakIsForgotten() {
        var peaks = new Peaks();
        for (int day = 0; day < 45; day++) {
            assertEquals(-1, peaks.add(day == 0 ? 9 : 2));
        }
        assertEquals(9, peaks.add(2));
        assertEquals(45, peaks.count());
        assertEquals(0, peaks.countFrom(9));
    }
}
