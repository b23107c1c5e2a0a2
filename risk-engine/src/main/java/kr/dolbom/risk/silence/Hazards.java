package kr.dolbom.risk.silence;

/// How likely a resident is to be seen in a bin, given the hour, where he or she was seen last and how
/// many bins ago.
///
/// Symbols: h hour of the day, r context, e bucket of elapsed time; T trials and E seen as [Counts] has
/// them, both smoothed over neighbouring hours, `x(h) + ½ (x(h−1) + x(h+1))`.
///
/// ```
/// others    he(h,e)     = (Σr E + 20·prior(h,e)) / (Σr T + 20)
///           pop(h,r,e)  = (E + 50·he) / (T + 50)
///           pm(h,e)     = pop averaged over r by T
/// resident  m(h,e)      = (Σr E + 30·pm) / (Σr T·pop + 30·pm)      how much livelier than others
///           hazard      = (E + 15·pop·m) / (T + 15), kept within [0.0001, 0.95]
/// surprise  −ln(1 − hazard)
/// ```
///
/// With no counts at all every hazard is that of [Prior]. Nothing is kept: a cell is worked out when it is asked
/// for, in time that does not depend on how much was counted, and always from what is known then.
final class Hazards {
    static final double MIN_HAZARD = 1e-4;
    static final double MAX_HAZARD = 0.95;
    static final double MAX_SURPRISE = -Math.log(1 - MAX_HAZARD);

    private static final double HOUR_TRIALS = 20;
    private static final double POPULATION_TRIALS = 50;
    private static final double FACTOR_WEIGHT = 30;
    private static final double PERSON_TRIALS = 15;
    private static final int SEEN = Counts.CONTEXTS;
    private static final int OWN = 2 * Counts.CONTEXTS;

    private final Counts own;
    private final Population population;

    /// @param own the resident's counts
    /// @param population of all residents together, this one included
    Hazards(Counts own, Population population) {
        this.own = own;
        this.population = population;
    }

    /// −ln(1 − hazard) of a bin in this hour, in this bucket of time since the resident was last seen.
    double surprise(int hour, Context context, int bucket) {
        double[] scratch = population.scratch; // trials and seen of the others, then trials of the resident
        double hourTrials = HOUR_TRIALS;
        double hourSeen = HOUR_TRIALS * population.prior().hazard(hour, bucket);
        double exposure = 0;
        double ownSeen = 0;
        double ownSeenHere = 0;
        for (int r = 0; r < Counts.CONTEXTS; r++) {
            int i = Counts.index(hour, r, bucket);
            double ownTrialsOf = own.trials(i);
            double ownSeenOf = own.seen(i);
            // Rounding can leave a hair below zero where only this resident ever counted.
            scratch[r] = Math.max(0, population.trials(i) - ownTrialsOf);
            scratch[SEEN + r] = Math.max(0, population.seen(i) - ownSeenOf);
            scratch[OWN + r] = ownTrialsOf;
            ownSeen += ownSeenOf;
            ownSeenHere = r == context.index ? ownSeenOf : ownSeenHere;
            exposure += scratch[r];
            hourTrials += scratch[r];
            hourSeen += scratch[SEEN + r];
        }
        double he = hourSeen / hourTrials;
        double weighted = 0;
        double ownExpected = 0;
        double popHere = 0;
        for (int r = 0; r < Counts.CONTEXTS; r++) {
            double pop = (scratch[SEEN + r] + POPULATION_TRIALS * he) / (scratch[r] + POPULATION_TRIALS);
            weighted += scratch[r] * pop;
            ownExpected += scratch[OWN + r] * pop;
            popHere = r == context.index ? pop : popHere;
        }
        double pm = exposure > 0 ? weighted / exposure : he;
        double factor = (ownSeen + FACTOR_WEIGHT * pm) / (ownExpected + FACTOR_WEIGHT * pm);
        double hazard =
                (ownSeenHere + PERSON_TRIALS * popHere * factor) / (scratch[OWN + context.index] + PERSON_TRIALS);
        // log1p would cost ten times as much; as no hazard is below 0.0001, this is as exact to 12 digits.
        return -Math.log(1 - Math.clamp(hazard, MIN_HAZARD, MAX_HAZARD));
    }
}
