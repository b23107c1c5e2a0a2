package kr.dolbom.risk.silence;

/// How a silence began: all that the rest of it depends on, besides the [Hazards].
///
/// @param lastSeen seconds since the epoch
/// @param context where
/// @param mayBeOut whether the resident may have gone out since: after an exit door, where signs were
///     sparse, and in a home whose exits nothing watches
/// @param pace by how much every surprise is multiplied: below 1 after a quiet day, above it after a
///     lively one
/// @param threshold θ, for a silence at home
/// @param allowance surprise that is not counted in the chance of a harmless reading, for a resident
///     whose peaks are higher than the others'
/// @param caution ln of what a false alert costs, in bins of full harm
/// @param patience by how much the floor is longer, 1 or more, where the resident may be out
record Start(
        long lastSeen,
        Context context,
        boolean mayBeOut,
        double pace,
        double threshold,
        double allowance,
        double caution,
        double patience) {}
