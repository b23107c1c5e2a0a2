package kr.dolbom.risk.evaluate;

import java.time.Duration;

/// A baseline after P. Cuddihy et al. (HealthNet 2007): the longest silence that began in the hour or in
/// one beside it, in the last 45 days, and a quarter more, from 4 to 24 h; 12 h in the first seven days.
final class HourlyMaximum extends TimerWatcher {
    private static final int DAYS = 45;
    private static final int LEARNING_DAYS = 7;
    private static final double MARGIN = 1.25;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;
    private static final long SHORTEST = Duration.ofHours(4).toSeconds();
    private static final long LONGEST = Duration.ofHours(24).toSeconds();
    private static final long UNKNOWN = Duration.ofHours(12).toSeconds();

    private final long[][] longest = new long[24][DAYS];
    private final long[][] dayOf = new long[24][DAYS];
    private long firstDay = Long.MIN_VALUE;

    @Override
    void learn(long from, long to) {
        int hour = hour(from);
        long day = Math.floorDiv(from, (long) DAY);
        int slot = (int) Math.floorMod(day, (long) DAYS);
        if (firstDay == Long.MIN_VALUE) {
            firstDay = day;
        }
        if (dayOf[hour][slot] != day) {
            dayOf[hour][slot] = day;
            longest[hour][slot] = 0;
        }
        longest[hour][slot] = Math.max(longest[hour][slot], to - from);
    }

    @Override
    long limitSeconds(long silentSince) {
        long day = Math.floorDiv(silentSince, (long) DAY);
        if (firstDay == Long.MIN_VALUE || day - firstDay < LEARNING_DAYS) {
            return UNKNOWN;
        }
        long most = 0;
        for (int beside = -1; beside <= 1; beside++) {
            int hour = Math.floorMod(hour(silentSince) + beside, 24);
            for (int slot = 0; slot < DAYS; slot++) {
                if (day - dayOf[hour][slot] <= DAYS) {
                    most = Math.max(most, longest[hour][slot]);
                }
            }
        }
        return Math.clamp((long) (MARGIN * most), SHORTEST, LONGEST);
    }

    private static int hour(long second) {
        return (int) Math.floorMod(Math.floorDiv(second, (long) HOUR), 24L);
    }
}
