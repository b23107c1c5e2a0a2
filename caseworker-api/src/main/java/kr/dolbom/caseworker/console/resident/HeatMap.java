package kr.dolbom.caseworker.console.resident;

import java.util.List;

/// Thirty days by twenty-four hours, ready to be drawn. All lengths are units of the picture.
///
/// @param width of the picture without the days' names
/// @param height of the picture
/// @param hours what stands above the columns
/// @param days what stands before the rows
/// @param bars one path for each quarter of an hour's minutes, the fewest first
/// @param usual the path of the lines that show the usual
/// @param less the path of the marks of hours with clearly less than usual
/// @param more the path of the marks of hours with clearly more
/// @param hour the present one of the day: what is too wide is seen up to there first
/// @param blanks times that say nothing
/// @param cells what each hour says
/// @param marks alerts
/// @param sentence the same in words
/// @param legend what the usual is
/// @param table the same as a table
/// @param isEmpty whether nothing at all is known
public record HeatMap(
        int width,
        int height,
        List<Label> hours,
        List<Label> days,
        List<String> bars,
        String usual,
        String less,
        String more,
        int hour,
        List<Blank> blanks,
        List<Cell> cells,
        List<Mark> marks,
        String sentence,
        String legend,
        List<Line> table,
        boolean isEmpty) {

    /// A word at a place.
    public record Label(int x, int y, String text) {}

    /// A time that says nothing, hatched or dotted.
    ///
    /// @param isGap a monitoring gap; else the resident was elsewhere
    /// @param word what it is called, where there is room for it
    /// @param title what it is, in full
    public record Blank(int x, int y, int width, int height, boolean isGap, String word, String title) {}

    /// An hour.
    public record Cell(int x, int y, String title) {}

    /// An alert.
    ///
    /// @param tier its colour
    /// @param title tier, time and reason
    public record Mark(int x, int y, String alertId, String tier, String title) {}

    /// A line of the table.
    ///
    /// @param day its name
    /// @param hours one entry for each hour; empty for what is not yet or was not yet
    public record Line(String day, List<String> hours) {}
}
