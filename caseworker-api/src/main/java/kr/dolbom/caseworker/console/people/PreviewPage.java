package kr.dolbom.caseworker.console.people;

import java.util.List;

/// What stands on the page of one preview.
///
/// @param head what stands above
/// @param previewId its id
/// @param state `waiting`, `running`, `done` or `failed`
/// @param percent how far it is
/// @param proposed what was proposed, in words
/// @param asked who asked and when
/// @param isLate whether no engine has begun it for long
/// @param sentence what would have been; empty: not known
/// @param tooLittle how much is stored and how much is needed; empty: not known, or there is enough
/// @param figures both old and new
/// @param form to apply it
public record PreviewPage(
        Head head,
        String previewId,
        String state,
        int percent,
        List<String> proposed,
        String asked,
        boolean isLate,
        String sentence,
        String tooLittle,
        List<Figure> figures,
        Form form) {

    /// One figure.
    ///
    /// @param label what it is
    /// @param now with the thresholds that stand
    /// @param then with the proposed ones
    public record Figure(String label, String now, String then) {}

    /// Whether nothing will come any more.
    public boolean isOver() {
        return state.equals("done") || state.equals("failed");
    }
}
