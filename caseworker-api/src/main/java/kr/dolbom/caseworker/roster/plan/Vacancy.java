package kr.dolbom.caseworker.roster.plan;

import java.util.Set;
import kr.dolbom.caseworker.roster.Span;

/// A place on a roster that somebody has to take.
///
/// @param patternNo from which pattern it is made
/// @param pattern that pattern's name
/// @param position 1 is called first
/// @param primary whether it is the pattern's first position
/// @param span when
/// @param night whether it counts as a night
/// @param dayOff whether it counts as a Saturday, Sunday or holiday
/// @param eligible who may take it, by number
record Vacancy(
        int patternNo,
        String pattern,
        int position,
        boolean primary,
        Span span,
        boolean night,
        boolean dayOff,
        Set<Integer> eligible) {

    Vacancy {
        eligible = Set.copyOf(eligible);
    }
}
