package kr.dolbom.caseworker.console.people;

import java.util.List;

/// What stands on the tab of policies.
///
/// @param head what stands above
/// @param tiers one for each tier
public record PoliciesPage(Head head, List<Tier> tiers) {

    /// A tier's policy in words.
    ///
    /// @param word the tier, for the page's classes and paths
    /// @param name the tier in words
    /// @param from whose policy it is
    /// @param steps in order; empty: nobody is called
    /// @param end what comes after the steps
    /// @param history what the office has set, newest first
    public record Tier(
            String word, String name, String from, List<String> steps, List<String> end, List<Version> history) {}

    /// What was set.
    ///
    /// @param when in words
    /// @param who whose login
    /// @param why the reason
    /// @param what its steps in one line
    public record Version(String when, String who, String why, String what) {}
}
