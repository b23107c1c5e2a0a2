package kr.dolbom.risk.family.weather;

import java.time.Instant;
import java.util.List;
import kr.dolbom.risk.alert.Family;

/// By how much the weather tightens the watch.
///
/// | advisory | silence | night exits | meals | distress |
/// |---|---|---|---|---|
/// | heat wave | +0.75 | – | +0.5 | +0.5 |
/// | cold wave | +0.75 | +1 | – | – |
///
/// in log-odds, on top of what a family says itself; advisories of one kind count once, both kinds
/// together as the larger. So in a heat wave a silence is urgent at nine tenths of its deadline. The
/// cap on silence shrinks to three quarters. Both stay within bounds: at most +1, and never under three
/// quarters of the cap. Source: our own; that heat kills by the hour those who live alone is known, by
/// how much to tighten is not.
///
/// @param isHeat whether a heat wave is in force
/// @param isCold whether a cold wave is in force
public record Tightening(boolean isHeat, boolean isCold) {
    /// Nothing is in force.
    public static final Tightening NONE = new Tightening(false, false);

    /// No family is tightened by more.
    public static final double MOST = 1;

    private static final double TIGHT_CAP = 0.75;

    /// What the advisories for the resident's district amount to now.
    public static Tightening of(List<Advisory> advisories, Instant now) {
        boolean heat = false;
        boolean cold = false;
        for (Advisory advisory : advisories) {
            if (advisory.isInForce(now)) {
                heat |= advisory.kind() == Advisory.Kind.HEAT_WAVE;
                cold |= advisory.kind() == Advisory.Kind.COLD_WAVE;
            }
        }
        return heat || cold ? new Tightening(heat, cold) : NONE;
    }

    /// What is added to a family's log-odds, 0 to 1.
    public double logOdds(Family family) {
        return Math.max(isHeat ? heat(family) : 0, isCold ? cold(family) : 0);
    }

    /// What the cap on silence is multiplied by, 0.75 to 1.
    public double capFactor() {
        return isHeat || isCold ? TIGHT_CAP : 1;
    }

    private static double heat(Family family) {
        return switch (family) {
            case SILENCE -> 0.75;
            case MEALS, DISTRESS -> 0.5;
            case EMERGENCY, LATE_EMERGENCY, DEVICE, NIGHT, DECLINE, MEDICATION, OUTING, MOOD, DEVICE_HEALTH -> 0;
        };
    }

    private static double cold(Family family) {
        return switch (family) {
            case SILENCE -> 0.75;
            case OUTING -> MOST;
            case EMERGENCY, LATE_EMERGENCY, DEVICE, NIGHT, DECLINE, MEDICATION, MEALS, DISTRESS, MOOD, DEVICE_HEALTH ->
                0;
        };
    }
}
