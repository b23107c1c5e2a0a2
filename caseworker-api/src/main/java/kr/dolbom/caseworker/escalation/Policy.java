package kr.dolbom.caseworker.escalation;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// In which order people are called for alerts of one tier, and by what. All steps are gone through `rounds` times;
/// then it is noted that nobody was reached, and where the policy keeps on, all steps go on with `slowWait` between
/// them until somebody is.
///
/// @param steps at least one
/// @param rounds how often all steps are gone through, 1 to 100
/// @param keepsOn whether people are called on and on until somebody is reached
/// @param slowWait the wait between two calls from then on, 1 min to 24 h
/// @param remindAfter how long somebody may have the alert until they are asked whether they still do; null for never
public record Policy(
        List<PolicyStep> steps,
        int rounds,
        boolean keepsOn,
        Duration slowWait,
        @Nullable Duration remindAfter) {

    /// Everybody whom some step calls.
    public Set<Target> targets() {
        return steps.stream().flatMap(step -> step.targets().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /// One step.
    ///
    /// @param targets whom it calls
    /// @param channels by what
    /// @param waitTime how long is waited for somebody to take the alert, from one person to the next
    /// @param repeats how often it is taken in a row, 1 to 10
    /// @param together whether all of them are called at once, not one after the other
    public record PolicyStep(
            List<Target> targets, Set<Channel> channels, Duration waitTime, int repeats, boolean together) {

        /// Keeps its own copies.
        public PolicyStep {
            targets = List.copyOf(targets);
            channels = Set.copyOf(channels);
        }
    }
}
