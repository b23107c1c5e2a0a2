package kr.dolbom.risk.family.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MeasuresTest {
    @Test
    void normalTailsAreThoseOfTheTables() {
        // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1
        assertEquals(0.5, Tails.normal(0), 1e-6);
        assertEquals(0.15866, Tails.normal(1), 1e-5);
        assertEquals(0.02275, Tails.normal(2), 1e-5);
        assertEquals(0.97725, Tails.normal(-2), 1e-5);
        assertEquals(1e-12, Tails.normal(40));
    }

    @Test
    void countTailsAreSumsOfTheDistribution() {
        // Poisson of mean 2: 1 − e^−2 (1 + 2 + 2)
        assertEquals(1 - 5 * Math.exp(-2), Tails.poisson(3, 2), 1e-12);
        // negative binomial with k = 1 is geometric: P(N ≥ n) = (m / (1 + m))^n
        assertEquals(Math.pow(3.0 / 4, 5), Tails.negativeBinomial(5, 3, 1), 1e-12);
        assertEquals(1, Tails.negativeBinomial(0, 3, 1));
    }

    @Test
    void aHabitMovesFromThePopulationsToTheResidentsOwn() {
        var habit = new Habit(new Habit.Prior(10, 2, 5, 5));
        assertEquals(10, habit.mean());

        for (int i = 0; i < 5; i++) {
            habit.learn(20);
        }

        assertTrue(habit.mean() > 14, () -> "" + habit.mean());
        for (int i = 0; i < 200; i++) {
            habit.forget(Habit.KEPT_PER_DAY);
            habit.learn(20);
        }
        assertEquals(20, habit.mean(), 1.1);
        assertEquals(50, habit.days(), 1);
    }

    @Test
    void oneFarOffDayHardlyMovesAHabit() {
        var habit = new Habit(new Habit.Prior(10, 2, 1, 10));
        for (int i = 0; i < 30; i++) {
            habit.learn(10);
        }

        habit.learn(1000);

        assertTrue(habit.mean() < 10.3, () -> "" + habit.mean());
    }

    @Test
    void missesOnEndFollowTheBetaBinomial() {
        var chance = new Chance(new Chance.Prior(9, 1));

        assertEquals(1, chance.tailOfMisses(0));
        assertEquals(0.1, chance.tailOfMisses(1), 1e-9);
        assertEquals(0.1 * 2 / 11, chance.tailOfMisses(2), 1e-9);
    }

    @Test
    void theTailOfASumIsNotExceededWithoutAChange() {
        // ℓ of N(0, 1) against N(1, 1); the bound of Kingman says that S ≥ 4 on at most e^−4 of days
        var random = new Random(5);
        var sum = new Cusum();
        int days = 100_000;
        int high = 0;
        for (int day = 0; day < days; day++) {
            sum.add(random.nextGaussian() - 0.5, day);
            high += sum.tail() <= Math.exp(-4) ? 1 : 0;
        }
        double share = (double) high / days;
        assertTrue(share <= Math.exp(-4), () -> "share of days " + share);
    }

    @Test
    void aDayBeginsAtNoonAndKnowsWhatCouldNotBeSeen() {
        var day = new Day();
        day.begin(3);
        long noon = Day.startOf(3);

        day.seen(noon, 1);
        day.seen(noon + 86_399, 500);
        day.blind(noon - 3600, noon + 1200);
        day.blind(noon + 86_400 - 600, noon + 90_000);

        assertEquals(3, Day.numberOf(noon + 86_399));
        assertEquals(2, Day.numberOf(noon - 1));
        assertEquals(101, day.signs());
        assertTrue(day.isActive(0));
        assertTrue(day.isActive(143));
        assertFalse(day.isBlind(0), "what was seen was not blind");
        assertTrue(day.isBlind(1));
        assertFalse(day.isBlind(2));
        assertEquals(143, day.countWatched(0, Day.BINS));
    }
}
