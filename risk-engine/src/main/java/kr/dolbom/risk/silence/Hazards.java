package kr.dolbom.risk.silence;

/// How likely a resident is to be seen in a bin, given the hour, where he or she was seen last and how many bins ago.
///
/// Symbols: h hour of the day, r context, e bucket of elapsed time; T trials and E seen as [Counts] has them, both
/// smoothed over neighbouring hours, `x(h) + ½ (x(h−1) + x(h+1))`.
///
/// ```
/// others    he(h,e)     = (Σr E + 1) / (Σr T + 20)
///           pop(h,r,e)  = (E + 50·he) / (T + 50)
///           pm(h,e)     = pop averaged over r by T
/// resident  m(h,e)      = (Σr E + 30·pm) / (Σr T·pop + 30·pm)      how much livelier than others
///           hazard      = (E + 15·pop·m) / (T + 15), kept within [0.0001, 0.95]
/// surprise  −ln(1 − hazard)
/// ```
///
/// With no counts at all every hazard is 1/20. Immutable; safe for use by many threads.
final class Hazards {
    static final double MIN_HAZARD = 1e-4;
    static final double MAX_HAZARD = 0.95;

    private static final double HOUR_SEEN = 1;
    private static final double HOUR_TRIALS = 20;
    private static final double POPULATION_TRIALS = 50;
    private static final double FACTOR_WEIGHT = 30;
    private static final double PERSON_TRIALS = 15;

    private final float[] surprises;

    private Hazards(float[] surprises) {
        this.surprises = surprises;
    }

    /// The hazards of one resident.
    ///
    /// @param own the resident's counts
    /// @param othersTrials T of all other residents together
    /// @param othersSeen E of all other residents together
    static Hazards of(Counts own, double[] othersTrials, double[] othersSeen) {
        double[] populationT = smooth(othersTrials);
        double[] populationE = smooth(othersSeen);
        double[] ownT = smooth(toDoubles(own.trials));
        double[] ownE = smooth(toDoubles(own.seen));
        float[] surprises = new float[Counts.SIZE];
        double[] pop = new double[Counts.CONTEXTS];
        for (int hour = 0; hour < Counts.HOURS; hour++) {
            for (int bucket = 0; bucket < Counts.BUCKETS; bucket++) {
                double he =
                        (sum(populationE, hour, bucket) + HOUR_SEEN) / (sum(populationT, hour, bucket) + HOUR_TRIALS);
                double exposure = 0;
                double weighted = 0;
                double ownSeen = 0;
                double ownExpected = 0;
                for (int r = 0; r < Counts.CONTEXTS; r++) {
                    int i = Counts.index(hour, r, bucket);
                    pop[r] = (populationE[i] + POPULATION_TRIALS * he) / (populationT[i] + POPULATION_TRIALS);
                    exposure += populationT[i];
                    weighted += populationT[i] * pop[r];
                    ownSeen += ownE[i];
                    ownExpected += ownT[i] * pop[r];
                }
                double pm = exposure > 0 ? weighted / exposure : he;
                double factor = (ownSeen + FACTOR_WEIGHT * pm) / (ownExpected + FACTOR_WEIGHT * pm);
                for (int r = 0; r < Counts.CONTEXTS; r++) {
                    int i = Counts.index(hour, r, bucket);
                    double hazard = (ownE[i] + PERSON_TRIALS * pop[r] * factor) / (ownT[i] + PERSON_TRIALS);
                    surprises[i] = (float) -Math.log1p(-Math.clamp(hazard, MIN_HAZARD, MAX_HAZARD));
                }
            }
        }
        return new Hazards(surprises);
    }

    /// −ln(1 − hazard) of the k-th bin since last seen.
    double surprise(int hour, Context context, int k) {
        return surprises[Counts.index(hour, context.index, Counts.bucket(k))];
    }

    private static double sum(double[] counts, int hour, int bucket) {
        double sum = 0;
        for (int r = 0; r < Counts.CONTEXTS; r++) {
            sum += counts[Counts.index(hour, r, bucket)];
        }
        return sum;
    }

    private static double[] smooth(double[] counts) {
        int perHour = Counts.CONTEXTS * Counts.BUCKETS;
        double[] smoothed = new double[Counts.SIZE];
        for (int i = 0; i < Counts.SIZE; i++) {
            double before = counts[Math.floorMod(i - perHour, Counts.SIZE)];
            double after = counts[Math.floorMod(i + perHour, Counts.SIZE)];
            smoothed[i] = counts[i] + 0.5 * (before + after);
        }
        return smoothed;
    }

    private static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
