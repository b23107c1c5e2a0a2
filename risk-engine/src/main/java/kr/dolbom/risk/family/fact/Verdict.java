package kr.dolbom.risk.family.fact;

import java.time.Instant;
import kr.dolbom.risk.alert.Evidence;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.reason.Sentence;
import org.jspecify.annotations.Nullable;

/// What one family says at one look.
///
/// @param family which
/// @param tail how probable something at least as unusual is under the resident's own baseline, in (0, 1]
/// @param atMost the most urgent tier that this may reach, whatever the tail
/// @param atLeast the tier that it has whatever the tail, a margin or a mode that only loosens: a hard cap; null: none
/// @param episode names what is going on for as long as it goes on, without the resident
/// @param reason what a person reads
/// @param evidence times, values and baseline
/// @param moment when the thing itself happened or began
public record Verdict(
        Family family,
        double tail,
        Tier atMost,
        @Nullable Tier atLeast,
        String episode,
        Sentence reason,
        Evidence evidence,
        Instant moment) {
    /// @throws IllegalArgumentException where the tail is no probability above 0
    public Verdict {
        if (!(tail > 0 && tail <= 1)) {
            throw new IllegalArgumentException("tail of %s is %s, it must lie in (0, 1]".formatted(family.id(), tail));
        }
    }
}
