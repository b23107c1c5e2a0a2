package kr.dolbom.risk.silence;

/// The course of one silence, step by step: the k-th step ends k · 10 min of watched time after the
/// resident was last seen. Blind bins are left out: the sum stands still in them and goes on after them.
/// Time after now is taken as watched.
///
/// ```
/// S(k) = pace · Σ −ln(1 − hazard) over the k watched bins since last seen
/// ```
///
/// Long silence may have a harmless reading. From the K at which cost is least, waiting longer costs
/// more than it saves:
///
/// ```
/// alive(k) = (1 − ε)·exp(−max(0, S(k) − allowance)) + ε·exp(−k / 30 h)
///            the chance that the resident, unharmed, is not seen for so long; ε = 0.0025: nothing explains it
/// harm(K)  = Σ(u ≤ K) alive(u) · w(u) · (1 − exp(−(K − u) / 12 h))
///            u when it happened, w = 1 from 07 to 21 h, else 0.6
/// cost(K)  = harm(K) + e^caution · alive(K)
/// ```
///
/// **Where the resident may be out** that K is the deadline. **At home** it must also be surprising: the
/// deadline is the later of that K and the first k with `S(k) > θ`.
///
/// Both are kept between floor and cap, where the resident may be out between floor · patience and the
/// lenient cap. The check-in's deadline is found likewise, with θ and caution lowered and a floor of its
/// own.
///
/// ```
/// ratio(k) = min(k / K, max(S(k) / θ, k / cap))                            at home, K the deadline
/// ratio(k) = min(k / K, S(k) / S(K)) before the deadline K, then k / K     where the resident may be out
/// ```
///
/// The ratio never falls as k grows, and reaches 1 exactly at the deadline.
final class Course {
    /// Beyond 40 h nothing is worked out any more.
    static final int MOST_STEPS = 40 * Bins.PER_HOUR;

    private static final double UNEXPLAINED = 0.0025;
    private static final double UNEXPLAINED_BINS = 30.0 * Bins.PER_HOUR;
    private static final double STEP_OF_HARM = Math.exp(-1 / (12.0 * Bins.PER_HOUR));
    private static final double NIGHT = 0.6;
    private static final int DAY_BEGINS = 7;
    private static final int DAY_ENDS = 21;

    /// How much earlier the check-in comes than the urgent alert, in units of surprise.
    static final double CHECK_IN_EARLIER = 0.8;

    private final Start start;
    private final Limits limits;
    private final double[] surprise = new double[MOST_STEPS + 1];
    private final long[] bins = new long[MOST_STEPS + 1];
    private final byte[] hours = new byte[MOST_STEPS + 1];
    private final int urgent;
    private final int checkIn;

    Course(Start start, Hazards hazards, Limits limits, BlindTimes blind, LocalHours localHours) {
        this.start = start;
        this.limits = limits;
        var watched = new WatchedBins(Bins.of(start.lastSeen()), blind);
        int bucketBefore = -1;
        double step = 0;
        bins[0] = Bins.of(start.lastSeen());
        for (int k = 1; k <= MOST_STEPS; k++) {
            bins[k] = watched.next();
            hours[k] = (byte) localHours.hour(bins[k]);
            int bucket = Counts.bucket(k);
            if (bucket != bucketBefore || hours[k] != hours[k - 1] || k == 1) {
                step = start.pace() * hazards.surprise(hours[k], start.context(), bucket);
                bucketBefore = bucket;
            }
            surprise[k] = surprise[k - 1] + step;
        }
        double patience = start.mayBeOut() ? start.patience() : 1;
        urgent = deadline((int) Math.round(patience * Bins.count(limits.floor())), limits.margin());
        checkIn = Math.min(urgent, deadline(Bins.count(limits.checkInFloor()), limits.margin() - CHECK_IN_EARLIER));
    }

    /// At which step the silence becomes urgent.
    int urgent() {
        return urgent;
    }

    /// At which step the robot should ask; never later than [#urgent()].
    int checkIn() {
        return checkIn;
    }

    double surprise(int k) {
        return surprise[k];
    }

    /// θ, or what stands in its place where the resident may be out: the surprise at the deadline.
    double threshold() {
        return start.mayBeOut() ? surprise[urgent] : start.threshold() + limits.margin();
    }

    double ratio(int k) {
        double way = (double) k / urgent;
        if (!start.mayBeOut()) {
            return Math.min(way, Math.max(surprise[k] / threshold(), k / (double) Bins.count(limits.cap())));
        }
        return k >= urgent ? way : Math.min(way, surprise[k] / surprise[urgent]);
    }

    /// When a step ends, in seconds since the epoch.
    long end(int k) {
        return start.lastSeen() + (bins[k] - bins[0]) * Bins.SECONDS;
    }

    /// The last step that ended by then.
    int at(long second) {
        int k = 0;
        while (k < MOST_STEPS && end(k + 1) <= second) {
            k++;
        }
        return k;
    }

    /// The first step with so much surprise; the last of 40 h where there is none.
    int firstWith(double value) {
        int k = 0;
        while (k < MOST_STEPS && surprise[k] < value) {
            k++;
        }
        return k;
    }

    /// The first step with such a ratio; the last of 40 h where there is none.
    int firstWithRatio(double value) {
        int k = 0;
        while (k < MOST_STEPS && ratio(k) < value) {
            k++;
        }
        return k;
    }

    private int deadline(int floor, double margin) {
        if (start.mayBeOut()) {
            int cap = Bins.count(limits.lenientCap());
            return leastCost(Math.min(floor, cap), cap, margin);
        }
        int cap = Bins.count(limits.cap());
        return Math.max(firstOver(floor, cap, start.threshold() + margin), leastCost(floor, cap, margin));
    }

    private int firstOver(int floor, int cap, double threshold) {
        int k = floor;
        while (k < cap && surprise[k] <= threshold) {
            k++;
        }
        return k;
    }

    private static boolean isByDay(int hour) {
        return hour >= DAY_BEGINS && hour < DAY_ENDS;
    }

    /// harm(K) = A − B with A = Σ alive·w and B = Σ alive·w·exp(−(K − u)/12 h), both carried from step
    /// to step.
    private int leastCost(int floor, int cap, double margin) {
        double falseAlert = Math.exp(start.caution() + margin);
        double all = 0;
        double fresh = 0;
        double least = Double.MAX_VALUE;
        int best = cap;
        for (int k = 0; k <= cap; k++) {
            double alive = (1 - UNEXPLAINED) * Math.exp(-Math.max(0, surprise[k] - start.allowance()))
                    + UNEXPLAINED * Math.exp(-k / UNEXPLAINED_BINS);
            double weighted = alive * (k == 0 || isByDay(hours[k]) ? 1 : NIGHT);
            all += weighted;
            fresh = fresh * STEP_OF_HARM + weighted;
            double cost = all - fresh + falseAlert * alive;
            if (k >= floor && cost < least) {
                least = cost;
                best = k;
            }
        }
        return best;
    }
}
