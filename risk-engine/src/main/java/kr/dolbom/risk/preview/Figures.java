package kr.dolbom.risk.preview;

import java.util.Arrays;

/// What one of the two settings did in all homes together.
final class Figures {
    private static final int HOUR = 3600;

    private int urgent;
    private int checkIn;
    private int[] delays = new int[256];
    private boolean[] isByDay = new boolean[256];
    private int silences;

    void addUrgent() {
        urgent++;
    }

    void addCheckIn() {
        checkIn++;
    }

    /// A silence that was injected.
    ///
    /// @param seconds until it is urgent
    /// @param isByDay whether it began from 07 to 21 h
    void addDelay(long seconds, boolean isByDay) {
        if (silences == delays.length) {
            delays = Arrays.copyOf(delays, 2 * silences);
            this.isByDay = Arrays.copyOf(this.isByDay, 2 * silences);
        }
        delays[silences] = Math.toIntExact(seconds);
        this.isByDay[silences++] = isByDay;
    }

    int urgent() {
        return urgent;
    }

    /// Those that did not become urgent.
    int checkIn() {
        return checkIn;
    }

    int silences() {
        return silences;
    }

    /// A quantile of the delay in hours; NaN where no silence was injected.
    double hours(double share, boolean onlyByDay) {
        double[] hours = new double[silences];
        int count = 0;
        for (int i = 0; i < silences; i++) {
            if (!onlyByDay || isByDay[i]) {
                hours[count++] = delays[i] / (double) HOUR;
            }
        }
        if (count == 0) {
            return Double.NaN;
        }
        Arrays.sort(hours, 0, count);
        double position = share * (count - 1);
        int below = (int) position;
        int above = Math.min(below + 1, count - 1);
        return hours[below] + (position - below) * (hours[above] - hours[below]);
    }
}
