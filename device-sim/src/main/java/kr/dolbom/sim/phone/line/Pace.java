package kr.dolbom.sim.phone.line;

import java.time.Duration;

/// How fast telephone time passes.
///
/// @param speech share of real time that talking takes (Say, Play, Pause): 1 as in life, 0 at once
/// @param patience share of real time that people get (ringing, waiting for a key): 1 as in life
public record Pace(double speech, double patience) {
    /// Everything is said at once, people have all their time: for tests, which need not wait for anything.
    public static final Pace INSTANT_SPEECH = new Pace(0, 1);

    /// As in life.
    public static final Pace REAL = new Pace(1, 1);

    /// Korean read aloud calmly: about seven syllables a second.
    private static final Duration PER_CHARACTER = Duration.ofMillis(140);

    /// Refuses negative shares and a patience of nothing.
    public Pace {
        if (!(speech >= 0) || !(patience > 0)) {
            throw new IllegalArgumentException("Pace speech=%s patience=%s: expected speech from 0 and patience above 0"
                    .formatted(speech, patience));
        }
    }

    /// How long a text takes to be spoken in real life.
    static Duration lengthOf(String text) {
        return PER_CHARACTER.multipliedBy(text.codePointCount(0, text.length()));
    }

    Duration talking(Duration real) {
        return scaled(real, speech);
    }

    Duration waiting(Duration real) {
        return scaled(real, patience);
    }

    private static Duration scaled(Duration real, double share) {
        return Duration.ofNanos(Math.round(real.toNanos() * share));
    }
}
