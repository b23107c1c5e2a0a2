package kr.dolbom.risk.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Expected numbers are worked out by hand from the formulas in [Hazards].
class HazardsTest {
    private static final double[] NONE = new double[Counts.SIZE];

    @Test
    void withoutAnyCountsEveryHazardIsOneInTwenty() {
        // he = 1/20, pop = 50·he/50, m = 1, hazard = 15·pop/15
        Hazards hazards = Hazards.of(new Counts(), NONE, NONE);

        assertEquals(0.05, hazard(hazards, 3, Context.BEDROOM, 1), 1e-6);
        assertEquals(0.05, hazard(hazards, 15, Context.SPARSE, 100), 1e-6);
    }

    @Test
    void aResidentsOwnCountsLeadAndNeighbouringHoursCountHalf() {
        var own = new Counts();
        own.trials[Counts.index(10, Context.LOUNGE.index, 0)] = 100;
        own.seen[Counts.index(10, Context.LOUNGE.index, 0)] = 50;
        Hazards hazards = Hazards.of(own, NONE, NONE);

        // m = (50 + 30·0.05) / (100·0.05 + 30·0.05) = 51.5/6.5; hazard = (50 + 15·0.05·m) / 115
        assertEquals(0.486455, hazard(hazards, 10, Context.LOUNGE, 1), 1e-5);
        // half of both: m = 26.5/4; hazard = (25 + 0.75·6.625) / 65
        assertEquals(0.461058, hazard(hazards, 9, Context.LOUNGE, 1), 1e-5);
        // another room borrows the factor: 0.05·51.5/6.5
        assertEquals(0.396154, hazard(hazards, 10, Context.KITCHEN, 1), 1e-5);
        assertEquals(0.05, hazard(hazards, 12, Context.LOUNGE, 1), 1e-6);
    }

    @Test
    void whoIsNotKnownYetIsLikeTheOthers() {
        double[] trials = new double[Counts.SIZE];
        double[] seen = new double[Counts.SIZE];
        trials[Counts.index(10, Context.LOUNGE.index, 0)] = 100;
        seen[Counts.index(10, Context.LOUNGE.index, 0)] = 10;
        Hazards hazards = Hazards.of(new Counts(), trials, seen);

        // he = 11/120; pop = (10 + 50·he) / 150; elsewhere pop = he
        assertEquals(0.097222, hazard(hazards, 10, Context.LOUNGE, 1), 1e-5);
        assertEquals(0.091667, hazard(hazards, 10, Context.BATHROOM, 1), 1e-5);
    }

    @Test
    void whateverWasCountedEveryHazardIsWithinItsBounds() {
        var random = new Random(20260301);
        for (int round = 0; round < 200; round++) {
            var own = new Counts();
            double[] trials = new double[Counts.SIZE];
            double[] seen = new double[Counts.SIZE];
            for (int i = 0; i < Counts.SIZE; i++) {
                own.trials[i] = (float) Math.pow(10, random.nextDouble() * 6 - 2);
                own.seen[i] = own.trials[i] * (random.nextBoolean() ? random.nextFloat() : random.nextInt(2));
                trials[i] = random.nextInt(3) * random.nextDouble() * 1e6;
                seen[i] = trials[i] * random.nextDouble();
            }
            Hazards hazards = Hazards.of(own, trials, seen);
            for (int hour = 0; hour < Counts.HOURS; hour++) {
                for (Context context : Context.values()) {
                    for (int k : new int[] {1, 2, 4, 9, 25, 73}) {
                        double hazard = hazard(hazards, hour, context, k);
                        assertTrue(hazard > 0.99e-4 && hazard < 0.950001, "hazard " + hazard);
                    }
                }
            }
        }
    }

    private static double hazard(Hazards hazards, int hour, Context context, int k) {
        return -Math.expm1(-hazards.surprise(hour, context, k));
    }
}
