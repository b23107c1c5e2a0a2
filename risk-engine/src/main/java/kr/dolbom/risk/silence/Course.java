package kr.dolbom.risk.silence;

import java.util.Arrays;

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
/// ratio(k) = min(k / floor, max(S(k) / θ, k / cap)), before the deadline at most 0.99      at home
/// ratio(k) = min(k / K, S(k) / S(K)) before the deadline K, then k / K     where the resident may be out
/// ```
///
/// The ratio never falls as k grows, and reaches 1 exactly at the deadline.
///
/// Steps are worked out when they are asked for and not before: most looks at a resident end within
/// the first hours. `PlainCourse`, among the tests, has the same formulas worked out plainly.
final class Course {
    /// Beyond 40 h nothing is worked out any more.
    static final int MOST_STEPS = 40 * Bins.PER_HOUR;

    private static final double UNEXPLAINED = 0.0025;
    private static final double UNEXPLAINED_BINS = 30.0 * Bins.PER_HOUR;
    private static final double STEP_OF_HARM = Math.exp(-1 / (12.0 * Bins.PER_HOUR));
    private static final double NIGHT = 0.6;
    /// By more than any rounding.
    private static final double SURELY_MORE = 1 + 1e-9;
    /// The most that the ratio is before the deadline.
    private static final double ALMOST = 0.99;

    private static final int DAY_BEGINS = 7;
    private static final int DAY_ENDS = 21;

    /// How much earlier the check-in comes than the urgent alert, in units of surprise.
    static final double CHECK_IN_EARLIER = 0.8;

    private static final int STEPS_AT_FIRST = 32;
    private static final int UNKNOWN = -1;
    /// The part of alive(k) that nothing explains, by k.
    private static final double[] UNEXPLAINED_ALIVE = new double[MOST_STEPS + 1];

    static {
        for (int k = 0; k <= MOST_STEPS; k++) {
            UNEXPLAINED_ALIVE[k] = UNEXPLAINED * Math.exp(-k / UNEXPLAINED_BINS);
        }
    }

    private final Start start;
    private final Limits limits;
    private final Hazards hazards;
    private final LocalHours localHours;
    private final WatchedBins watched;
    private final long first;
    private final int floor;
    private final int checkInFloor;
    private final int cap;
    private double[] surprise = new double[STEPS_AT_FIRST];
    private int[] bins = new int[STEPS_AT_FIRST]; // after the one of the last sign
    private byte[] hours = new byte[STEPS_AT_FIRST];
    private int placed;
    private int known;
    private int bucketBefore = UNKNOWN;
    private double step;
    private int leastForUrgent = UNKNOWN;
    private int leastForCheckIn = UNKNOWN;

    Course(Start start, Hazards hazards, Limits limits, BlindTimes blind, LocalHours localHours) {
        this.start = start;
        this.limits = limits;
        this.hazards = hazards;
        this.localHours = localHours;
        this.floor = (int) Math.round((start.mayBeOut() ? start.patience() : 1) * Bins.count(limits.floor()));
        this.checkInFloor = Bins.count(limits.checkInFloor());
        this.cap = Bins.count(start.mayBeOut() ? limits.lenientCap() : limits.cap());
        this.first = Bins.of(start.lastSeen());
        this.watched = new WatchedBins(first, blind);
    }

    /// Finds which bins the steps up to this one are.
    private void place(int k) {
        if (k >= surprise.length) {
            int length = Math.min(MOST_STEPS + 1, Math.max(k + 1, 2 * surprise.length));
            surprise = Arrays.copyOf(surprise, length);
            bins = Arrays.copyOf(bins, length);
            hours = Arrays.copyOf(hours, length);
        }
        while (placed < k) {
            placed++;
            long bin = watched.next();
            bins[placed] = (int) (bin - first);
            hours[placed] = (byte) localHours.hour(bin);
        }
    }

    /// Works out the surprise of the steps up to this one.
    private void reach(int k) {
        if (k > placed) {
            place(k);
        }
        while (known < k) {
            int next = known + 1;
            int bucket = Counts.bucket(next);
            if (bucket != bucketBefore || hours[next] != hours[known]) {
                step = start.pace() * hazards.surprise(hours[next], start.context(), bucket);
                bucketBefore = bucket;
            }
            surprise[next] = surprise[known] + step;
            known = next;
        }
    }

    /// At which step the silence becomes urgent.
    int urgent() {
        return start.mayBeOut() ? leastForUrgent() : Math.max(firstOver(floor, limits.margin()), leastForUrgent());
    }

    /// At which step the robot should ask; never later than [#urgent()].
    int checkIn() {
        int deadline = start.mayBeOut()
                ? leastForCheckIn()
                : Math.max(firstOver(checkInFloor, limits.margin() - CHECK_IN_EARLIER), leastForCheckIn());
        return Math.min(urgent(), deadline);
    }

    private int leastForUrgent() {
        if (leastForUrgent == UNKNOWN) {
            leastForUrgent = leastCost(floor, limits.margin());
        }
        return leastForUrgent;
    }

    private int leastForCheckIn() {
        if (leastForCheckIn == UNKNOWN) {
            leastForCheckIn = leastCost(checkInFloor, limits.margin() - CHECK_IN_EARLIER);
        }
        return leastForCheckIn;
    }

    double surprise(int k) {
        if (k > known) {
            reach(k);
        }
        return surprise[k];
    }

    /// θ, or what stands in its place where the resident may be out: the surprise at the deadline.
    double threshold() {
        return start.mayBeOut() ? surprise(urgent()) : start.threshold() + limits.margin();
    }

    double ratio(int k) {
        if (k == 0) {
            return 0;
        }
        if (!start.mayBeOut()) {
            double ratio = Math.min(k / (double) floor, Math.max(surprise(k) / threshold(), k / (double) cap));
            return ratio < ALMOST || isUrgentBy(k) ? ratio : ALMOST;
        }
        int deadline = urgent();
        double way = (double) k / deadline;
        return k >= deadline ? way : Math.min(way, surprise(k) / surprise(deadline));
    }

    /// A step after one before which nothing changes that is acted on: neither does the check-in nor
    /// the deadline come, nor does the ratio reach a value. It is the one at which it does, or, where
    /// the deadline is not needed to know so much, the first at which it could. The last of 40 h where
    /// there is none.
    int nextChange(int after, double ratio) {
        if (start.mayBeOut()) {
            int earliest = Math.min(checkInFloor, (int) Math.ceil(ratio * Math.min(floor, cap)));
            if (earliest > after) {
                return earliest;
            }
        }
        boolean isRatioAhead = ratio(after) < ratio;
        boolean isCheckInAhead = !isCheckInBy(after);
        boolean isUrgentAhead = !isUrgentBy(after);
        for (int k = after + 1; k < MOST_STEPS; k++) {
            if ((isRatioAhead && ratio(k) >= ratio)
                    || (isCheckInAhead && isCheckInBy(k))
                    || (isUrgentAhead && isUrgentBy(k))) {
                return k;
            }
        }
        return MOST_STEPS;
    }

    /// Whether the check-in has come by a step.
    boolean isCheckInBy(int k) {
        return isUrgentBy(k)
                || (k >= checkInFloor && isOver(k, limits.margin() - CHECK_IN_EARLIER) && k >= leastForCheckIn());
    }

    /// Whether the deadline has come by a step. At home this takes no look beyond it before S(k) > θ.
    boolean isUrgentBy(int k) {
        return k >= cap || (k >= floor && isOver(k, limits.margin()) && k >= leastForUrgent());
    }

    private boolean isOver(int k, double margin) {
        return start.mayBeOut() || k >= cap || surprise(k) > start.threshold() + margin;
    }

    /// When a step ends, in seconds since the epoch.
    long end(int k) {
        if (k > placed) {
            place(k);
        }
        return start.lastSeen() + (long) bins[k] * Bins.SECONDS;
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
        while (k < MOST_STEPS && surprise(k) < value) {
            k++;
        }
        return k;
    }

    private int firstOver(int from, double margin) {
        int k = Math.min(from, cap);
        while (k < cap && !isOver(k, margin)) {
            k++;
        }
        return k;
    }

    private static boolean isByDay(int hour) {
        return hour >= DAY_BEGINS && hour < DAY_ENDS;
    }

    /// harm(K) = A − B with A = Σ alive·w and B = Σ alive·w·exp(−(K − u)/12 h), both carried from step
    /// to step.
    private int leastCost(int from, double margin) {
        double falseAlert = Math.exp(start.caution() + margin);
        double all = 0;
        double fresh = 0;
        double least = Double.MAX_VALUE;
        int best = cap;
        for (int k = 0; k <= cap; k++) {
            double alive =
                    (1 - UNEXPLAINED) * Math.exp(-Math.max(0, surprise(k) - start.allowance())) + UNEXPLAINED_ALIVE[k];
            double weighted = alive * (k == 0 || isByDay(hours[k]) ? 1 : NIGHT);
            all += weighted;
            fresh = fresh * STEP_OF_HARM + weighted;
            double harm = all - fresh;
            double cost = harm + falseAlert * alive;
            if (k >= Math.min(from, cap) && cost < least) {
                least = cost;
                best = k;
            }
            if (harm > least * SURELY_MORE) {
                break; // harm never falls, and no later cost is below it
            }
        }
        return best;
    }
}
