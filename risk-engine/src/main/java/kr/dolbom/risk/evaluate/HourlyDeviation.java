package kr.dolbom.risk.evaluate;

import java.time.Duration;

/// A baseline: mean and standard deviation of ln(silence) by the hour in which it began, forgetting 0.98
/// a day; alarms at four standard deviations above the mean, from 4 to 24 h; at 12 h while fewer than 20
/// silences of the hour are known.
final class HourlyDeviation extends TimerWatcher {
    private static final double DEVIATIONS = 4;
    private static final double ENOUGH = 20;
    private static final double FORGET = 0.98;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;
    private static final int SHORTEST_SILENCE = 600;
    private static final long SHORTEST = Duration.ofHours(4).toSeconds();
    private static final long LONGEST = Duration.ofHours(24).toSeconds();
    private static final long UNKNOWN = Duration.ofHours(12).toSeconds();

    private final double[] weight = new double[24];
    private final double[] sum = new double[24];
    private final double[] squares = new double[24];
    private long day = Long.MIN_VALUE;

    @Override
    void learn(long from, long to) {
        if (to - from < SHORTEST_SILENCE) {
            return;
        }
        long today = Math.floorDiv(from, (long) DAY);
        if (day != Long.MIN_VALUE && today > day) {
            double factor = Math.pow(FORGET, (double) today - day);
            for (int hour = 0; hour < 24; hour++) {
                weight[hour] *= factor;
                sum[hour] *= factor;
                squares[hour] *= factor;
            }
        }
        day = today;
        int hour = hour(from);
        double value = Math.log((double) to - from);
        weight[hour]++;
        sum[hour] += value;
        squares[hour] += value * value;
    }

    @Override
    long limitSeconds(long silentSince) {
        int hour = hour(silentSince);
        if (weight[hour] < ENOUGH) {
            return UNKNOWN;
        }
        double mean = sum[hour] / weight[hour];
        double deviation = Math.sqrt(Math.max(0, squares[hour] / weight[hour] - mean * mean));
        return Math.clamp((long) Math.exp(mean + DEVIATIONS * deviation), SHORTEST, LONGEST);
    }

    private static int hour(long second) {
        return (int) Math.floorMod(Math.floorDiv(second, (long) HOUR), 24L);
    }
}
