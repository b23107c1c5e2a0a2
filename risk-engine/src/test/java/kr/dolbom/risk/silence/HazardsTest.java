package kr.dolbom.risk.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Expected numbers are worked out by hand from the formulas in [Hazards].
class HazardsTest {
    private final Population population = new Population(Prior.even(0.05));
    private final Counts own = new Counts();
    private final Hazards hazards = new Hazards(own, population);

    @Test
    void withoutAnyCountsEveryHazardIsThatOfThePrior() {
        // he = prior = 1/20, pop = 50·he/50, m = 1, hazard = 15·pop/15
        assertEquals(0.05, hazard(3, Context.BEDROOM, 1), 1e-6);
        assertEquals(0.05, hazard(15, Context.SPARSE, 100), 1e-6);
    }

    @Test
    void theFirstResidentOfAllIsLikeThoseOfTheRecordedHomes() {
        var first = new Hazards(new Counts(), new Population());
        assertEquals(0.44, -Math.expm1(-first.surprise(9, Context.KITCHEN, 0)), 1e-6);
        assertEquals(0.03, -Math.expm1(-first.surprise(23, Context.LOUNGE, 5)), 1e-6);
        assertEquals(0.002, -Math.expm1(-first.surprise(3, Context.LOUNGE, 5)), 1e-6);
    }

    @Test
    void thePriorFadesAsOthersAreKnown() {
        var town = new Population();
        int index = Counts.index(9, Context.KITCHEN.index, 3);
        for (int i = 0; i < 2000; i++) {
            new Counts().add(index, 1, i % 100 == 0, town);
        }
        double hazard = -Math.expm1(-new Hazards(new Counts(), town).surprise(9, Context.KITCHEN, 3));
        assertEquals(0.01, hazard, 0.002, "0.14 by the prior, 0.01 by two thousand trials");
    }

    @Test
    void aResidentsOwnCountsLeadAndNeighbouringHoursCountHalf() {
        count(own, Counts.index(10, Context.LOUNGE.index, 0), 100, 50);

        // m = (50 + 30·0.05) / (100·0.05 + 30·0.05) = 51.5/6.5; hazard = (50 + 15·0.05·m) / 115
        assertEquals(0.486455, hazard(10, Context.LOUNGE, 1), 1e-5);
        // half of both: m = 26.5/4; hazard = (25 + 0.75·6.625) / 65
        assertEquals(0.461058, hazard(9, Context.LOUNGE, 1), 1e-5);
        // another room borrows the factor: 0.05·51.5/6.5
        assertEquals(0.396154, hazard(10, Context.KITCHEN, 1), 1e-5);
        assertEquals(0.05, hazard(12, Context.LOUNGE, 1), 1e-6);
    }

    @Test
    void midnightIsTheNeighbourOfTheHourBefore() {
        count(own, Counts.index(0, Context.LOUNGE.index, 0), 100, 50);

        assertEquals(0.461058, hazard(23, Context.LOUNGE, 1), 1e-5);
        assertEquals(0.461058, hazard(1, Context.LOUNGE, 1), 1e-5);
    }

    @Test
    void whoIsNotKnownYetIsLikeTheOthers() {
        count(new Counts(), Counts.index(10, Context.LOUNGE.index, 0), 100, 10);

        // he = 11/120; pop = (10 + 50·he) / 150; elsewhere pop = he
        assertEquals(0.097222, hazard(10, Context.LOUNGE, 1), 1e-5);
        assertEquals(0.091667, hazard(10, Context.BATHROOM, 1), 1e-5);
    }

    @Test
    void theOwnShareInThePopulationCountsOnce() {
        var alone = new Population(Prior.even(0.05));
        var same = new Counts();
        int index = Counts.index(10, Context.LOUNGE.index, 0);
        count(own, index, 37, 11);
        for (int i = 0; i < 37; i++) {
            same.add(index, 1, i < 11, alone);
        }
        count(new Counts(), index, 100, 10);
        for (int i = 0; i < 100; i++) {
            new Counts().add(index, 1, i < 10, alone);
        }

        assertEquals(
                hazard(10, Context.LOUNGE, 1),
                -Math.expm1(-new Hazards(same, alone).surprise(10, Context.LOUNGE, 0)),
                1e-9);
    }

    @Test
    void whateverWasCountedEveryHazardIsWithinItsBounds() {
        var random = new Random(20260301);
        for (int round = 0; round < 100; round++) {
            var town = new Population();
            var one = new Counts();
            for (int i = 0; i < Counts.SIZE; i++) {
                float trials = (float) Math.pow(10, random.nextDouble() * 4 - 2);
                one.add(i, trials, random.nextBoolean(), town);
                town.addTrials(i, random.nextInt(3) * random.nextDouble() * 1e6);
                town.addSeen(i, random.nextDouble() * 1e5);
            }
            var all = new Hazards(one, town);
            for (int hour = 0; hour < Counts.HOURS; hour++) {
                for (Context context : Context.values()) {
                    for (int bucket = 0; bucket < Counts.BUCKETS; bucket++) {
                        double hazard = -Math.expm1(-all.surprise(hour, context, bucket));
                        assertTrue(hazard > 0.99e-4 && hazard < 0.950001, "hazard " + hazard);
                    }
                }
            }
        }
    }

    /// Counts so many bins, in so many of which the resident was seen.
    private void count(Counts counts, int index, int trials, int seen) {
        for (int i = 0; i < trials; i++) {
            counts.add(index, 1, i < seen, population);
        }
    }

    private double hazard(int hour, Context context, int k) {
        return -Math.expm1(-hazards.surprise(hour, context, Counts.bucket(k)));
    }
}
