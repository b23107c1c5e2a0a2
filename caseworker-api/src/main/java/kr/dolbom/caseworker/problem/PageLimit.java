package kr.dolbom.caseworker.problem;

import org.jspecify.annotations.Nullable;

/// How many entries a page of a long list has, which requests name as `limit`.
///
/// @param usual where a request does not say
/// @param most what it may ask for
public record PageLimit(int usual, int most) {
    /// What a request asks for.
    ///
    /// @param limit null: it does not say
    /// @throws ProblemException when it asks for none or for too many
    public int of(@Nullable Integer limit) {
        if (limit == null) {
            return usual;
        }
        if (limit < 1 || limit > most) {
            throw Problem.invalid("limit", limit, "1 to " + most);
        }
        return limit;
    }
}
