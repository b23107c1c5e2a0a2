package kr.dolbom.caseworker.console.fleet;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.words.Words;

/// Counts by day as bars.
///
/// @param bars in order of time
/// @param sentence the same in one sentence
public record DayChart(List<Bar> bars, String sentence) {
    /// How wide the drawing is.
    public static final int WIDTH = 700;
    /// How high it is.
    public static final int HEIGHT = 150;

    private static final int TOP = 20;
    private static final int BOTTOM = 24;
    private static final int GAP = 8;

    /// A day.
    ///
    /// @param x from the left
    /// @param y from the top
    /// @param width how wide
    /// @param height how high; at least 1
    /// @param middle where its texts stand
    /// @param count what is counted
    /// @param day the day of the month
    public record Bar(int x, int y, int width, int height, int middle, long count, String day) {}

    /// Whether there is anything to draw.
    public boolean isAny() {
        return bars.stream().anyMatch(bar -> bar.count() > 0);
    }

    /// @param counts by day; days without any may be missing
    /// @param to the last day
    static DayChart of(Words words, Map<LocalDate, Long> counts, LocalDate to, int days) {
        LocalDate from = to.minusDays(days - 1L);
        long most = Math.max(
                1, counts.values().stream().mapToLong(Long::longValue).max().orElse(0));
        int step = WIDTH / days;
        List<Bar> bars = IntStream.range(0, days)
                .mapToObj(i -> {
                    LocalDate day = from.plusDays(i);
                    long count = counts.getOrDefault(day, 0L);
                    int height = (int) Math.max(1, (HEIGHT - TOP - BOTTOM) * count / most);
                    return new Bar(
                            i * step + GAP / 2,
                            HEIGHT - BOTTOM - height,
                            step - GAP,
                            height,
                            i * step + step / 2,
                            count,
                            day.getMonthValue() + "/" + day.getDayOfMonth());
                })
                .toList();
        long total = bars.stream().mapToLong(Bar::count).sum();
        return new DayChart(bars, words.text(total == 0 ? "fleet.chart.none" : "fleet.chart", days, total));
    }
}
