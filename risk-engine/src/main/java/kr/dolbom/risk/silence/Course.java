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
/// **At home** the deadline is the first k with `S(k) > θ`.
///
/// **Where the resident may be out** long silence has a harmless reading, and the deadline is the K at
/// which waiting longer would cost more than it saves:
///
/// ```
/// alive(k) = (1 − ε)·exp(−max(0, S(k) − allowance)) + ε·exp(−k / 30 h)
///            the chance that the resident, unharmed, is not seen for so long; ε = 0.002: nothing explains it
/// harm(K)  = Σ(u ≤ K) alive(u) · w(u) · (1 − exp(−(K − u) / 12 h))
///            u when it happened, w = 1 from 07 to 21 h, else 0.8
/// cost(K)  = harm(K) + e^caution · alive(K)          the least of which is sought
/// ```
///
/// Both are kept between floor and cap. The check-in's deadline is found likewise, with θ and caution
/// lowered and a floor of its own.
///
/// ```
/// ratio(k) = min(k / floor, max(S(k) / θ, k / cap))                 at home
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

    private static final double UNEXPLAINED = 0.002;
    private static final double UNEXPLAINED_BINS = 30.0 * Bins.PER_HOUR;
    private static final double STEP_OF_HARM = Math.exp(-1 / (12.0 * Bins.PER_HOUR));
    private static final double NIGHT = 0.8;
    /// By more than any rounding.
    private static final double SURELY_MORE = 1 + 1e-9;

    private static final int DAY_BEGINS = 7;
    private static final int DAY_ENDS = 21;

    /// How much earlier the check-in comes than the urgent alert, in units of surprise.
    static final double CHECK_IN_EARLIER = 0.8;

    private static final int STEPS_AT_FIRST = 64;
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
    private double[] surprise = new double[STEPS_AT_FIRST];
    private long[] bins = new long[STEPS_AT_FIRST];
    private byte[] hours = new byte[STEPS_AT_FIRST];
    private int placed;
    private int known;
    private int bucketBefore = UNKNOWN;
    private double step;
    private int urgent = UNKNOWN;
    private int checkIn = UNKNOWN;

    Course(Start start, Hazards hazards, Limits limits, BlindTimes blind, LocalHours localHours) {
        this.start = start;
        this.limits = limits;
        this.hazards = hazards;
        this.localHours = localHours;
        long first = Bins.of(start.lastSeen());
        this.watched = new WatchedBins(first, blind);
        bins[0] = first;
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
            bins[placed] = watched.next();
            hours[placed] = (byte) localHours.hour(bins[placed]);
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
        if (urgent == UNKNOWN) {
            findDeadlines();
        }
        return urgent;
    }

    /// At which step the robot should ask; never later than [#urgent()].
    int checkIn() {
        if (checkIn == UNKNOWN) {
            findDeadlines();
        }
        return checkIn;
    }

    private void findDeadlines() {
        urgent = deadline(Bins.count(limits.floor()), limits.margin());
        checkIn = Math.min(urgent, deadline(Bins.count(limits.checkInFloor()), limits.margin() - CHECK_IN_EARLIER));
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
            double floor = Bins.count(limits.floor());
            double cap = Bins.count(limits.cap());
            return Math.min(k / floor, Math.max(surprise(k) / threshold(), k / cap));
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
            int earliest =
                    Math.min(Bins.count(limits.checkInFloor()), (int) Math.ceil(ratio * Bins.count(limits.floor())));
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

    /// Whether the check-in has come by a step. At home this takes no look beyond it.
    boolean isCheckInBy(int k) {
        return start.mayBeOut()
                ? k >= Bins.count(limits.checkInFloor()) && k >= checkIn()
                : isOver(k, Bins.count(limits.checkInFloor()), limits.margin() - CHECK_IN_EARLIER)
                        || isOver(k, Bins.count(limits.floor()), limits.margin());
    }

    /// Whether the deadline has come by a step.
    boolean isUrgentBy(int k) {
        return start.mayBeOut()
                ? k >= Bins.count(limits.floor()) && k >= urgent()
                : isOver(k, Bins.count(limits.floor()), limits.margin());
    }

    private boolean isOver(int k, int floor, double margin) {
        return k >= floor && (k >= Bins.count(limits.cap()) || surprise(k) > start.threshold() + margin);
    }

    /// When a step ends, in seconds since the epoch.
    long end(int k) {
        if (k > placed) {
            place(k);
        }
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
        while (k < MOST_STEPS && surprise(k) < value) {
            k++;
        }
        return k;
    }

    private int deadline(int floor, double margin) {
        return start.mayBeOut()
                ? leastCost(floor, Bins.count(limits.lenientCap()), margin)
                : firstOver(floor, Bins.count(limits.cap()), start.threshold() + margin);
    }

    private int firstOver(int floor, int cap, double threshold) {
        int k = floor;
        while (k < cap && surprise(k) <= threshold) {
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
            double alive =
                    (1 - UNEXPLAINED) * Math.exp(-Math.max(0, surprise(k) - start.allowance())) + UNEXPLAINED_ALIVE[k];
            double weighted = alive * (k == 0 || isByDay(hours[k]) ? 1 : NIGHT);
            all += weighted;
            fresh = fresh * STEP_OF_HARM + weighted;
            double harm = all - fresh;
            double cost = harm + falseAlert * alive;
            if (k >= floor && cost < least) {
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
