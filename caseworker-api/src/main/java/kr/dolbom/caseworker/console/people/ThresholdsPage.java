package kr.dolbom.caseworker.console.people;

import java.util.List;

/// What stands on the tab of thresholds.
///
/// @param head what stands above
/// @param form the values that are proposed
/// @param settings what may be tried out first
/// @param quiet quiet hours, which change no alert
/// @param preview the one that is being worked out; empty: none
/// @param changes newest first
/// @param neighbourhoods to choose from for an advisory
/// @param advisories those that end last first
public record ThresholdsPage(
        Head head,
        Form form,
        List<Setting> settings,
        List<Setting> quiet,
        String preview,
        List<Change> changes,
        List<String> neighbourhoods,
        List<Advisory> advisories) {

    /// A setting in words.
    ///
    /// @param name as REST writes it
    /// @param label in words
    /// @param meaning what it does
    /// @param value as it stands
    /// @param from whose it is
    /// @param bounds usual value, least and most
    public record Setting(String name, String label, String meaning, String value, String from, String bounds) {}

    /// A change in words.
    ///
    /// @param name as REST writes it
    /// @param label in words
    /// @param value to what
    /// @param before from what; empty: it was not set
    /// @param beforeText the same in words
    /// @param who whose login
    /// @param why the reason
    /// @param when in words
    /// @param preview on which preview it stands; empty: none
    /// @param isLatest whether it stands now, so that one may return from it
    public record Change(
            String name,
            String label,
            String value,
            String before,
            String beforeText,
            String who,
            String why,
            String when,
            String preview,
            boolean isLatest) {}

    /// An advisory in words.
    ///
    /// @param id the public id
    /// @param kind what
    /// @param where which district, or all of the office
    /// @param when from when until when
    /// @param source who said so
    /// @param state whether it holds
    /// @param mayEnd whether it is not over
    public record Advisory(
            String id, String kind, String where, String when, String source, String state, boolean mayEnd) {}
}
