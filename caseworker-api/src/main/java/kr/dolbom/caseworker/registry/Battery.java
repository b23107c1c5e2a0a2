package kr.dolbom.caseworker.registry;

import org.jspecify.annotations.Nullable;

/// When a device's battery is low: at 20 % and below without mains, as the engine judges it too.
public final class Battery {
    /// At most so many percent; the index `device_presence_weak` has the same bound.
    public static final int LOW_PERCENT = 20;

    /// The same in SQL, of a row `p` of `device_presence`.
    public static final String IS_LOW = "p.battery_percent <= " + LOW_PERCENT + " and p.on_mains is not true";

    private Battery() {}

    /// Whether it is low.
    ///
    /// @param percent null: not known
    public static boolean isLow(@Nullable Integer percent, boolean onMains) {
        return percent != null && percent <= LOW_PERCENT && !onMains;
    }
}
