package kr.dolbom.caseworker.console.resident;

import java.util.List;

/// A small chart of thirty days, ready to be drawn. All lengths are units of the picture.
///
/// @param id of its title in the page
/// @param title what it shows, with its unit
/// @param sentence the same in words
/// @param height of the picture; all are 480 wide, the score's 956
/// @param bars one or two for each day
/// @param path a line; empty for none
/// @param blanks monitoring gaps and time elsewhere
/// @param marks findings
/// @param rows labels of the vertical axis
/// @param columns labels of the horizontal axis
/// @param cells what parts of it say, for whoever points at them
public record Chart(
        String id,
        String title,
        String sentence,
        int width,
        int height,
        List<Bar> bars,
        String path,
        List<HeatMap.Blank> blanks,
        List<HeatMap.Mark> marks,
        List<HeatMap.Label> rows,
        List<HeatMap.Label> columns,
        List<HeatMap.Cell> cells) {

    /// A bar.
    ///
    /// @param isMissed hollow: what was to be and was not
    /// @param title its value in words
    public record Bar(int x, int y, int width, int height, boolean isMissed, String title) {}
}
