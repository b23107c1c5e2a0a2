package kr.dolbom.caseworker.console.people;

import java.util.List;

/// What stands on the page of one file.
///
/// @param head what stands above
/// @param importId the file
/// @param kind what it is about, in words
/// @param brought who brought it and when
/// @param isOpen whether it can still be confirmed or thrown away
/// @param result what came of it; empty: nothing yet
/// @param counts rows in all, new, changed, unchanged, bad
/// @param bad what is to be mended, the first of it
/// @param badMore how many more there are
/// @param steps who is new or changed, the first of them
/// @param stepsMore how many more there are
/// @param mayConfirm whether all rows are as expected and there is something to do
/// @param hash by which a confirmation names what was shown
/// @param form to confirm it
public record ImportPreviewPage(
        Head head,
        String importId,
        String kind,
        String brought,
        boolean isOpen,
        String result,
        Counts counts,
        List<Bad> bad,
        int badMore,
        List<Step> steps,
        int stepsMore,
        boolean mayConfirm,
        String hash,
        Form form) {

    /// How many rows.
    ///
    /// @param rows in all
    /// @param added new ones
    /// @param changed those that change somebody
    /// @param unchanged those that do neither
    /// @param bad those that are not as expected
    public record Counts(int rows, int added, int changed, int unchanged, int bad) {}

    /// Something to mend.
    ///
    /// @param line the row as a spreadsheet counts it; empty: the file as a whole
    /// @param column in which column
    /// @param given what stands there
    /// @param expected what would be right
    public record Bad(String line, String column, String given, String expected) {}

    /// Somebody new or changed.
    ///
    /// @param line the row as a spreadsheet counts it
    /// @param action what happens, in words
    /// @param isNew whether they are new
    /// @param who whom it is about
    /// @param differences what will be otherwise
    public record Step(int line, String action, boolean isNew, String who, List<String> differences) {}
}
