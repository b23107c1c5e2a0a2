package kr.dolbom.risk.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import kr.dolbom.risk.evaluate.HomeFigures.Delay;

/// The figures of one method over all homes. Rates are per 30 person-days, delays in hours; NaN where
/// there is nothing to tell.
///
/// @param homes how many
/// @param days person-days judged
/// @param urgent false urgent alerts
/// @param urgentLow lower end of its 95 % interval
/// @param urgentHigh upper end
/// @param checkIn questions that a resident's own activity proved needless
/// @param overBudget share of residents with more than one false urgent alert per 30 days
/// @param coldUrgent false urgent alerts from day 3 to 13
/// @param found share of injected silences found within 4, 8, 12 and 24 h
/// @param median of the delay
/// @param daytimeMedian of silences that began from 07 to 21 h
/// @param p90 90th percentile of the delay
/// @param doorMedian of silences that began after an exit door
/// @param onsets how many silences were injected
/// @param doorOnsets how many of them after an exit door
/// @param outageAlerts alerts about persons for which an outage is to blame
record Summary(
        int homes,
        double days,
        double urgent,
        double urgentLow,
        double urgentHigh,
        double checkIn,
        double overBudget,
        double coldUrgent,
        List<Double> found,
        double median,
        double daytimeMedian,
        double p90,
        double doorMedian,
        int onsets,
        int doorOnsets,
        int outageAlerts) {
    private static final int[] HOURS = {4, 8, 12, 24};
    private static final int ROUNDS = 2000;
    private static final double MONTH = 30;

    static Summary of(List<HomeFigures> homes, long seed) {
        List<Delay> delays =
                homes.stream().flatMap(home -> home.delays.stream()).toList();
        double[] all = hours(delays, _ -> true);
        List<Double> found = new ArrayList<>();
        for (int within : HOURS) {
            found.add(
                    all.length == 0
                            ? Double.NaN
                            : Arrays.stream(all)
                                            .filter(hours -> hours <= within)
                                            .count()
                                    / (double) all.length);
        }
        double[] interval = interval(homes, seed);
        return new Summary(
                homes.size(),
                homes.stream().mapToDouble(home -> home.days).sum(),
                rate(homes, home -> home.urgent.size(), home -> home.days),
                interval[0],
                interval[1],
                rate(homes, home -> home.checkIns, home -> home.days),
                homes.stream()
                                .filter(home -> home.days > 0 && home.urgent.size() * MONTH / home.days > 1)
                                .count()
                        / (double) Math.max(
                                1, homes.stream().filter(home -> home.days > 0).count()),
                rate(homes, home -> home.coldUrgent, home -> home.coldDays),
                found,
                quantile(all, 0.5),
                quantile(hours(delays, Delay::isByDay), 0.5),
                quantile(all, 0.9),
                quantile(hours(delays, Delay::isAfterExit), 0.5),
                all.length,
                (int) delays.stream().filter(Delay::isAfterExit).count(),
                homes.stream().mapToInt(home -> home.outageAlerts).sum());
    }

    private static double[] hours(List<Delay> delays, Predicate<Delay> which) {
        return delays.stream().filter(which).mapToDouble(Delay::hours).sorted().toArray();
    }

    private static double rate(
            List<HomeFigures> homes, ToDoubleFunction<HomeFigures> count, ToDoubleFunction<HomeFigures> days) {
        double total = homes.stream().mapToDouble(days).sum();
        return total == 0 ? Double.NaN : homes.stream().mapToDouble(count).sum() * MONTH / total;
    }

    private static double[] interval(List<HomeFigures> homes, long seed) {
        return interval(
                homes.stream().mapToDouble(home -> home.urgent.size()).toArray(),
                homes.stream().mapToDouble(home -> home.days).toArray(),
                seed);
    }

    /// The middle 95 % of the rate in 2,000 towns drawn from these residents with replacement.
    ///
    /// @param alerts of each resident
    /// @param days of each
    static double[] interval(double[] alerts, double[] days, long seed) {
        var dice = new SplittableRandom(seed);
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double count = 0;
            double exposure = 0;
            for (int i = 0; i < alerts.length; i++) {
                int drawn = dice.nextInt(alerts.length);
                count += alerts[drawn];
                exposure += days[drawn];
            }
            rates[round] = exposure == 0 ? 0 : count * MONTH / exposure;
        }
        Arrays.sort(rates);
        return new double[] {quantile(rates, 0.025), quantile(rates, 0.975)};
    }

    /// Linear between neighbours of sorted values, which may be infinite.
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] == sorted[above] || position == below
                ? sorted[below]
                : sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
