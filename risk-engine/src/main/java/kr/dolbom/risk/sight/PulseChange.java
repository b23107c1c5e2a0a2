package kr.dolbom.risk.sight;

import java.util.List;

/// What a [FleetPulse] noticed. Times are seconds since the epoch.
public sealed interface PulseChange {
    /// Which homes.
    Group group();

    /// The group fell silent.
    ///
    /// @param beganAt when it was heard last, or from when on too little of it was heard
    /// @param noticedAt when that was certain enough
    /// @param homes the homes that are missed
    /// @param expected of how many homes a sign was expected since then
    /// @param heard of how many there was one
    /// @param parts groups whose silence was reported before and turns out to be a part of this one
    record Stopped(
            Group group,
            long beganAt,
            long noticedAt,
            List<Integer> homes,
            double expected,
            int heard,
            List<Group> parts)
            implements PulseChange {
        /// Copies the lists.
        public Stopped {
            homes = List.copyOf(homes);
            parts = List.copyOf(parts);
        }
    }

    /// The group is heard again as it should be.
    ///
    /// @param beganAt of the silence
    /// @param endedAt when the first of those homes was heard again
    record Returned(Group group, long beganAt, long endedAt) implements PulseChange {}
}
