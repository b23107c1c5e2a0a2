package kr.dolbom.sim.home;

import java.time.Duration;
import java.time.LocalDate;
import java.util.SplittableRandom;

/// Chance that is the same for the same seed, day and purpose, whatever was rolled before for another.
final class Dice {
    /// What is rolled for; each purpose of a day has a sequence of its own.
    enum Purpose {
        WAKE(0),
        BEDTIME(1),
        DAY(2),
        NIGHT(3);

        private final int salt;

        Purpose(int salt) {
            this.salt = salt;
        }
    }

    private final SplittableRandom random;

    Dice(long seed, LocalDate day, Purpose purpose) {
        // SplittableRandom mixes a seed well once it runs, so that splitting it thrice keeps neighbouring days apart
        SplittableRandom bySeed = new SplittableRandom(seed);
        SplittableRandom byDay = new SplittableRandom(bySeed.nextLong() + day.toEpochDay());
        random = new SplittableRandom(byDay.nextLong() + purpose.salt);
    }

    /// Whether something of this likelihood happens.
    boolean happens(double chance) {
        return random.nextDouble() < chance;
    }

    /// 0 included to `bound` excluded.
    int below(int bound) {
        return random.nextInt(bound);
    }

    /// Evenly between two numbers.
    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /// Evenly between two durations.
    Duration between(Duration low, Duration high) {
        return seconds(between((double) low.toSeconds(), (double) high.toSeconds()));
    }

    /// Normally around zero, cut at two standard deviations.
    Duration jitter(Duration deviation) {
        return seconds(deviation.toSeconds() * Math.clamp(random.nextGaussian(), -2.0, 2.0));
    }

    /// Log-normally around a median, cut at two standard deviations.
    Duration around(Duration median, double sigma) {
        return seconds(median.toSeconds() * Math.exp(sigma * Math.clamp(random.nextGaussian(), -2.0, 2.0)));
    }

    /// Exponentially with a mean; at least one second.
    Duration waiting(Duration mean) {
        return seconds(Math.max(1, -mean.toSeconds() * Math.log1p(-random.nextDouble())));
    }

    /// How many of something that has this mean, by Poisson.
    int count(double mean) {
        double limit = Math.exp(-mean);
        int n = 0;
        for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
            n++;
        }
        return n;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofSeconds(Math.round(seconds));
    }
}
