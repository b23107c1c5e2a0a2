package kr.dolbom.risk.evaluate;

import java.util.ArrayList;
import java.util.List;

/// What one watcher did in one home.
final class HomeFigures {
    /// An injected silence.
    ///
    /// @param onset when it began
    /// @param seconds until the urgent alert
    /// @param isAfterExit whether the last sign before it was at a door that leads out
    record Delay(long onset, long seconds, boolean isAfterExit) {
        double hours() {
            return seconds / 3600.0;
        }

        /// From 07 to 21 h.
        boolean isByDay() {
            long hour = Math.floorMod(Math.floorDiv(onset, 3600L), 24L);
            return hour >= 7 && hour < 21;
        }
    }

    /// An urgent alert, which the resident's own next sign proved false.
    ///
    /// @param at when it was raised
    /// @param silentSince since when the resident had not been seen
    /// @param until the next sign
    record FalseAlert(long at, long silentSince, long until) {}

    final String resident;
    final double days;
    final double coldDays;
    final List<FalseAlert> urgent = new ArrayList<>();
    final List<Delay> delays = new ArrayList<>();
    int coldUrgent;
    int checkIns;
    int outageAlerts;
    /// Injected silences that began when an alert stood already.
    int alreadyRaised;

    HomeFigures(RecordedHome home, Outages outages) {
        this.resident = home.id();
        this.days = home.judgedDays(outages);
        this.coldDays = home.coldDays(outages);
    }
}
