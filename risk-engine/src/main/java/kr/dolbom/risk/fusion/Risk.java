package kr.dolbom.risk.fusion;

import java.util.List;
import java.util.Optional;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Verdict;
import org.jspecify.annotations.Nullable;

/// How a resident stands at one look.
///
/// @param score 0 to 100
/// @param reasons all that spoke, the gravest first
public record Risk(int score, List<Scored> reasons) {
    /// Copies the reasons.
    public Risk {
        reasons = List.copyOf(reasons);
    }

    /// The most urgent tier of all reasons; empty where none has any.
    public Optional<Tier> findTier() {
        return reasons.stream().map(Scored::tier).filter(t -> t != null).min(Tier::compareTo);
    }

    /// One family's verdict with what came of it.
    ///
    /// @param verdict the gravest of the family
    /// @param logOdds with weather, feedback and the other families taken in, from 0
    /// @param tier null: not worth anybody's time yet
    /// @param isNews whether the tier is higher than it was at the look before, so that somebody is to be told
    public record Scored(
            Verdict verdict, double logOdds, @Nullable Tier tier, boolean isNews) {
        /// Names what is to be told for ever: the episode and the tier it has reached.
        ///
        /// @param residentNo whom it concerns
        /// @throws IllegalStateException where there is no tier
        public String episode(int residentNo) {
            if (tier == null) {
                throw new IllegalStateException("'%s' has no tier to be told of".formatted(verdict.episode()));
            }
            return "%s:%d:%s:%s".formatted(verdict.family().id(), residentNo, verdict.episode(), tier.id());
        }
    }
}
