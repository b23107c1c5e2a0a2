package kr.dolbom.risk.silence;

import java.time.Instant;
import java.util.function.Supplier;

/// How a resident's silence stands at one moment, worked out no further than is asked for: most looks need to know
/// how far the silence has come and when it comes further, and never its deadline. Good until anything is put into
/// the series or into its population.
public final class Outlook {
    private final Course course;
    private final int step;
    private final Supplier<Silence> whole;

    Outlook(Course course, int step, Supplier<Silence> whole) {
        this.course = course;
        this.step = step;
        this.whole = whole;
    }

    /// The same as [Silence#ratio()].
    public double ratio() {
        return course.ratio(step);
    }

    /// Whether the moment of the question, or of the alert, has come.
    public boolean isDue() {
        return course.isCheckInBy(step);
    }

    /// When next a question or an alert is due or the ratio reaches a value, if the silence goes on and stays
    /// watched.
    public Instant nextChange(double ratio) {
        return Instant.ofEpochSecond(course.end(course.nextChange(step, ratio)));
    }

    /// All of it.
    public Silence silence() {
        return whole.get();
    }
}
