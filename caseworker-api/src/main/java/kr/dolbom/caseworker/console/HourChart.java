package kr.dolbom.caseworker.console;

import java.util.List;

/// Two days hour by hour, ready to be drawn. All lengths are units of the picture.
///
/// @param caption what it shows, and up to when
/// @param bars the minutes in which the resident was seen
/// @param usual the path of the usual
/// @param bands times that say something else: gaps in monitoring, and the silence
/// @param ticks the hours that are named
/// @param moment where the alert's own moment is; -1 when it is not in the picture
/// @param sentence the same in words
/// @param hasUsual whether enough days are known to draw the usual
public record HourChart(
        String caption,
        List<Bar> bars,
        String usual,
        List<Band> bands,
        List<Tick> ticks,
        int moment,
        String sentence,
        boolean hasUsual) {
    /// How wide an hour is.
    static final int HOUR = 12;
    /// How high an hour with sixty minutes is.
    static final int FULL = 100;
    /// Where the bars stand.
    static final int FLOOR = 144;

    private static final int MIDDLE = 24 * HOUR;

    /// An hour.
    ///
    /// @param title what it says
    public record Bar(int x, int y, int height, String title) {}

    /// A time.
    ///
    /// @param kind `gap` or `silence`
    /// @param text what it is; empty where it is said of another already
    /// @param title what it is, in full
    public record Band(String kind, int x, int width, String text, String title) {
        /// Where its text begins, or ends where [#isLate].
        public int textX() {
            return isLate() ? x + width : x;
        }

        /// Whether there is more room before its end than after its begin.
        public boolean isLate() {
            return x > MIDDLE;
        }

        /// In which line its text stands.
        public int textY() {
            return kind.equals("silence") ? 12 : 27;
        }
    }

    /// A named hour.
    public record Tick(int x, String text) {
        /// Whether its text would not fit between it and the end.
        public boolean isLate() {
            return x > 2 * MIDDLE - 4 * HOUR;
        }
    }
}
