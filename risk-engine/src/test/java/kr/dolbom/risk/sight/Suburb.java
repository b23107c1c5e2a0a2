package kr.dolbom.risk.sight;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A simulated fleet, seeded. Each home is awake, resting or away in turns of a few hours, and is heard in bursts that
/// depend on that: more unevenly than by a Poisson process, as people are. Some homes are livelier than others, and
/// some
/// have a heartbeat besides.
final class Suburb {
    static final long DAY = 86_400;

    /// A Monday, 00:00 UTC.
    static final long START = 1_767_571_200L;

    private final RandomGenerator random;
    private final FleetPulse pulse;
    private final PriorityQueue<long[]> due = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
    private final List<Home> homes = new ArrayList<>();
    private final List<PulseChange> changes = new ArrayList<>();
    private IntPredicate isCutOff = _ -> false;
    private long now = START;

    private static final class Home {
        private final double liveliness;
        private final int heartbeatSeconds;
        private boolean isActive;
        private long turnEnds;

        Home(double liveliness, int heartbeatSeconds) {
            this.liveliness = liveliness;
            this.heartbeatSeconds = heartbeatSeconds;
        }
    }

    Suburb(long seed, double falseIncidentsPerYear) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        pulse = new FleetPulse(falseIncidentsPerYear);
    }

    /// Homes that are heard when somebody moves, and by heartbeat where that is not 0.
    Suburb homes(int count, int heartbeatSeconds, Group... groups) {
        for (int i = 0; i < count; i++) {
            int number = homes.size();
            homes.add(new Home(0.5 + random.nextDouble(), heartbeatSeconds));
            pulse.assign(number, List.of(groups));
            due.add(new long[] {now + random.nextInt(3600), number, 0});
            if (heartbeatSeconds > 0) {
                due.add(new long[] {now + random.nextInt(heartbeatSeconds), number, 1});
            }
        }
        return this;
    }

    /// From now on these homes are not heard.
    void cutOff(IntPredicate which) {
        isCutOff = which;
    }

    /// Lives on, with a look at each minute.
    ///
    /// @return what was noticed
    List<PulseChange> runUntil(long end) {
        changes.clear();
        long minute = now / 60 + 1;
        while (now < end) {
            while (!due.isEmpty() && due.peek()[0] < minute * 60) {
                step(due.poll());
            }
            now = minute * 60;
            changes.addAll(pulse.review(now));
            minute++;
        }
        return List.copyOf(changes);
    }

    FleetPulse pulse() {
        return pulse;
    }

    private void step(long[] event) {
        long at = event[0];
        int number = (int) event[1];
        Home home = homes.get(number);
        if (!isCutOff.test(number)) {
            pulse.sign(at, number);
        }
        if (event[2] == 1) {
            due.add(new long[] {at + home.heartbeatSeconds + random.nextInt(20), number, 1});
            return;
        }
        if (at >= home.turnEnds) {
            home.turnEnds = at + (long) (600 - 7200 * Math.log(random.nextDouble()));
            home.isActive = random.nextDouble() < activeShare(at);
        }
        double meanSeconds = (home.isActive ? 240 : 4_000) / home.liveliness;
        due.add(new long[] {at + 1 + (long) (-meanSeconds * Math.log(random.nextDouble())), number, 0});
    }

    /// 0.15 at night, 0.65 by day, by the hour in UTC.
    private static double activeShare(long at) {
        long hour = Math.floorMod(at, DAY) / 3600;
        return hour < 7 || hour >= 22 ? 0.15 : 0.65;
    }
}
