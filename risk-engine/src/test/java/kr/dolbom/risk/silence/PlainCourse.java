package kr.dolbom.risk.silence;

/// The formulas of [Course] and [Hazards] as their Javadoc has them, all steps worked out one by one: what the
/// fast ones are held against.
final class PlainCourse {
    private static final int MOST_STEPS = Course.MOST_STEPS;

    private final Start start;
    private final Limits limits;
    final double[] surprise = new double[MOST_STEPS + 1];
    private final long[] bins = new long[MOST_STEPS + 1];
    private final int[] hours = new int[MOST_STEPS + 1];
    final int urgent;
    final int checkIn;

    PlainCourse(Start start, Counts own, Population town, Limits limits, BlindTimes blind, LocalHours localHours) {
        this.start = start;
        this.limits = limits;
        var watched = new WatchedBins(Bins.of(start.lastSeen()), blind);
        bins[0] = Bins.of(start.lastSeen());
        for (int k = 1; k <= MOST_STEPS; k++) {
            bins[k] = watched.next();
            hours[k] = localHours.hour(bins[k]);
            surprise[k] =
                    surprise[k - 1] + start.pace() * surprise(own, town, hours[k], start.context(), Counts.bucket(k));
        }
        double patience = start.mayBeOut() ? start.patience() : 1;
        urgent = deadline((int) Math.round(patience * Bins.count(limits.floor())), limits.margin());
        checkIn = Math.min(
                urgent, deadline(Bins.count(limits.checkInFloor()), limits.margin() - Course.CHECK_IN_EARLIER));
    }

    private static double surprise(Counts own, Population town, int hour, Context context, int bucket) {
        double sumSeen = 0;
        double sumTrials = 0;
        double ownSeen = 0;
        for (int r = 0; r < Counts.CONTEXTS; r++) {
            int i = Counts.index(hour, r, bucket);
            sumSeen += seen(own, town, i);
            sumTrials += trials(own, town, i);
            ownSeen += own.seen(i);
        }
        double he = (sumSeen + 20 * town.prior().hazard(hour, bucket)) / (sumTrials + 20);
        double weighted = 0;
        double expected = 0;
        for (int r = 0; r < Counts.CONTEXTS; r++) {
            int i = Counts.index(hour, r, bucket);
            double pop = (seen(own, town, i) + 50 * he) / (trials(own, town, i) + 50);
            weighted += trials(own, town, i) * pop;
            expected += own.trials(i) * pop;
        }
        double pm = sumTrials > 0 ? weighted / sumTrials : he;
        double m = (ownSeen + 30 * pm) / (expected + 30 * pm);
        int i = Counts.index(hour, context.index, bucket);
        double pop = (seen(own, town, i) + 50 * he) / (trials(own, town, i) + 50);
        double hazard = (own.seen(i) + 15 * pop * m) / (own.trials(i) + 15);
        return -Math.log1p(-Math.clamp(hazard, 0.0001, 0.95));
    }

    private static double trials(Counts own, Population town, int i) {
        return Math.max(0, town.trials(i) - own.trials(i));
    }

    private static double seen(Counts own, Population town, int i) {
        return Math.max(0, town.seen(i) - own.seen(i));
    }

    double ratio(int k) {
        if (!start.mayBeOut()) {
            double floor = Bins.count(limits.floor());
            double cap = Bins.count(limits.cap());
            double ratio = Math.min(k / floor, Math.max(surprise[k] / (start.threshold() + limits.margin()), k / cap));
            return k < urgent ? Math.min(ratio, 0.99) : ratio;
        }
        double way = (double) k / urgent;
        return k >= urgent ? way : Math.min(way, surprise[k] / surprise[urgent]);
    }

    long end(int k) {
        return start.lastSeen() + (bins[k] - bins[0]) * Bins.SECONDS;
    }

    private int deadline(int floor, double margin) {
        int cap = Bins.count(start.mayBeOut() ? limits.lenientCap() : limits.cap());
        int over = Math.min(floor, cap);
        while (!start.mayBeOut() && over < cap && surprise[over] <= start.threshold() + margin) {
            over++;
        }
        int best = cap;
        double least = Double.MAX_VALUE;
        for (int k = Math.min(floor, cap); k <= cap; k++) {
            double cost = cost(k, start.caution() + margin);
            if (cost < least) {
                least = cost;
                best = k;
            }
        }
        return Math.max(over, best);
    }

    private double cost(int deadline, double caution) {
        double harm = 0;
        for (int u = 0; u <= deadline; u++) {
            double weight = u == 0 || (hours[u] >= 7 && hours[u] < 21) ? 1 : 0.6;
            harm += alive(u) * weight * (1 - Math.exp(-(deadline - u) / 72.0));
        }
        return harm + Math.exp(caution) * alive(deadline);
    }

    private double alive(int k) {
        return 0.9975 * Math.exp(-Math.max(0, surprise[k] - start.allowance())) + 0.0025 * Math.exp(-k / 180.0);
    }
}
