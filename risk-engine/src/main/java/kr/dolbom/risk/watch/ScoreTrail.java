package kr.dolbom.risk.watch;

import java.time.Instant;
import java.util.List;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Visibility;
import org.jspecify.annotations.Nullable;

/// One resident's score as it was written last, and whether another is worth writing: one that differs by 5 points,
/// or that stands for another visibility. Below 10 points it is written as 0: the pauses of an ordinary day, of half
/// an hour, would be most of all scores and tell nobody anything.
final class ScoreTrail {
    private static final double AT_DEADLINE = 75;
    private static final int HIGHEST = 100;
    private static final int STEP = 5;
    private static final int LEAST = 10;

    /// The ratio of a silence from which its score is written, see [kr.dolbom.risk.silence.Silence#ratio()].
    static final double FIRST_STEP = LEAST / AT_DEADLINE;

    private static final byte NOTHING_WRITTEN = -1;

    private byte last = NOTHING_WRITTEN;
    private @Nullable Visibility lastVisibility;

    /// What a silence is worth: 75 at the deadline and proportional to the way there, `min(100, 75 · ratio)`, see
    /// [kr.dolbom.risk.silence.Silence#ratio()].
    static int of(double ratio) {
        return (int) Math.min(HIGHEST, Math.round(AT_DEADLINE * ratio));
    }

    /// Takes up what an earlier engine wrote last.
    void resume(Outcome.@Nullable Score written) {
        last = written == null ? NOTHING_WRITTEN : (byte) written.score();
        lastVisibility = written == null ? null : written.visibility();
    }

    void write(int residentNo, Instant now, int found, Visibility visibility, List<Outcome> outcomes) {
        int score = found < LEAST ? 0 : found;
        if (last == NOTHING_WRITTEN || lastVisibility != visibility || Math.abs(last - score) >= STEP) {
            last = (byte) score;
            lastVisibility = visibility;
            outcomes.add(new Outcome.Score(residentNo, now, score, visibility));
        }
    }

    int glance() {
        return last;
    }

    /// Whether a sign of the resident changes what is written.
    boolean isToFall(boolean isSeen) {
        return last == NOTHING_WRITTEN || (isSeen && last > 0);
    }

    /// Whether what is written is 0 and stands for this.
    boolean isZero(Visibility visibility) {
        return last == 0 && lastVisibility == visibility;
    }

    /// The ratio of a silence at which its score will have come a step.
    double nextRatio() {
        return Math.min(HIGHEST, last <= 0 ? LEAST : last + STEP) / AT_DEADLINE;
    }
}
