package kr.dolbom.caseworker.console.people;

import java.util.List;

/// What stands on the tab of imports.
///
/// @param head what stands above
/// @param form to bring a file
/// @param kinds what files there may be
/// @param done what was imported, newest first
public record ImportPage(Head head, Form form, List<Kind> kinds, List<Done> done) {

    /// What a file may be about.
    ///
    /// @param word as paths write it
    /// @param label in words
    /// @param columns what it may have
    public record Kind(String word, String label, List<Column> columns) {}

    /// A column.
    ///
    /// @param title as the template has it
    /// @param isRequired whether a file must have it
    /// @param hint what stands in it
    public record Column(String title, boolean isRequired, String hint) {}

    /// What was imported.
    ///
    /// @param when in words
    /// @param who whose login
    /// @param what which kind and how many rows
    /// @param why the reason
    public record Done(String when, String who, String what, String why) {}
}
