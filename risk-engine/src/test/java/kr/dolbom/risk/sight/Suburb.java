package kr.dolbom.risk.sight;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A simulated fleet, seeded. Each home is awake, resting or away in turns of a few hours, and is heard in bursts that
/// depend on that: more unevenly than by a Poisson process, as people are. Some homes are livelier than others, and
/// some have a heartbeat besides. Some send by the clock: at its full multiples alone, all in the same seconds.
final class Suburb {
    static final long DAY = 86_400;

    /// A Monday, 00:00 UTC.
    static final long START = 1_767_571_200L;

    private final RandomGenerator random;
    private final double falseIncidentsPerYear;
    private FleetPulse pulse;
    private final PriorityQueue<long[]> due = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
    private final List<Home> homes = new ArrayList<>();
    private final List<PulseChange> changes = new ArrayList<>();
    private IntPredicate isCutOff = _ -> false;
    private long now = START;
    private byte[] kept = {};
    private final List<byte[]> keptOfHomes = new ArrayList<>();
    private final List<long[]> signsSince = new ArrayList<>();

    private static final class Home {
        private final double liveliness;
        private final int heartbeatSeconds;
        private final Clock clock;
        private final List<Group> groups;
        private long windowEnds;
        private boolean isActive;
        private long turnEnds;

        Home(double liveliness, int heartbeatSeconds, Clock clock, List<Group> groups) {
            this.liveliness = liveliness;
            this.heartbeatSeconds = heartbeatSeconds;
            this.clock = clock;
            this.groups = groups;
        }
    }

    /// When a home sends what it noticed.
    ///
    /// @param seconds at full multiples of this; 0: at once
    /// @param lateSeconds it arrives up to so much later
    record Clock(int seconds, int lateSeconds) {
        static final Clock NONE = new Clock(0, 0);
    }

    Suburb(long seed, double falseIncidentsPerYear) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.falseIncidentsPerYear = falseIncidentsPerYear;
        pulse = new FleetPulse(falseIncidentsPerYear);
    }

    /// Homes that are heard when somebody moves, and by heartbeat where that is not 0.
    Suburb homes(int count, int heartbeatSeconds, Group... groups) {
        for (int i = 0; i < count; i++) {
            int number = homes.size();
            add(new Home(0.5 + random.nextDouble(), heartbeatSeconds, Clock.NONE, List.of(groups)));
            if (heartbeatSeconds > 0) {
                due.add(new long[] {now + random.nextInt(heartbeatSeconds), number, 1});
            }
        }
        return this;
    }

    /// Homes whose devices count what moves until the clock strikes, and send it then if there was anything.
    ///
    /// @param heartbeatSeconds they have a heartbeat at full multiples of that; 0: none
    Suburb homesByTheClock(int count, Clock clock, int heartbeatSeconds, Group... groups) {
        for (int i = 0; i < count; i++) {
            int number = homes.size();
            add(new Home(0.5 + random.nextDouble(), heartbeatSeconds, clock, List.of(groups)));
            if (heartbeatSeconds > 0) {
                due.add(new long[] {now + late(clock), number, 1});
            }
        }
        return this;
    }

    private void add(Home home) {
        int number = homes.size();
        homes.add(home);
        pulse.assign(number, home.groups);
        due.add(new long[] {now + random.nextInt(3600), number, 0});
    }

    private int late(Clock clock) {
        return clock.lateSeconds == 0 ? 0 : random.nextInt(clock.lateSeconds);
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

    /// Keeps what the pulse has learnt.
    void keep() throws IOException {
        kept = bytes(pulse::write);
        keptOfHomes.clear();
        signsSince.clear();
        for (int home = 0; home < homes.size(); home++) {
            int number = home;
            keptOfHomes.add(bytes(out -> pulse.writeHome(number, out)));
        }
    }

    /// Goes on with a new pulse, which has what was kept and the signs since then.
    void restart() throws IOException {
        pulse = new FleetPulse(falseIncidentsPerYear);
        for (int home = 0; home < homes.size(); home++) {
            pulse.assign(home, homes.get(home).groups);
        }
        pulse.read(in(kept));
        for (int home = 0; home < homes.size(); home++) {
            pulse.readHome(home, in(keptOfHomes.get(home)));
        }
        for (long[] sign : signsSince) {
            pulse.sign(sign[0], (int) sign[1]);
        }
        pulse.settle();
    }

    @FunctionalInterface
    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writer writer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        writer.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInput in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    FleetPulse pulse() {
        return pulse;
    }

    private void step(long[] event) {
        long at = event[0];
        int number = (int) event[1];
        Home home = homes.get(number);
        if (event[2] == 0 && home.clock.seconds > 0) {
            if (at >= home.windowEnds) {
                home.windowEnds = nextMultiple(at, home.clock.seconds);
                due.add(new long[] {home.windowEnds + late(home.clock), number, 2});
            }
        } else if (!isCutOff.test(number)) {
            pulse.sign(at, number);
            if (!keptOfHomes.isEmpty()) {
                signsSince.add(new long[] {at, number});
            }
        }
        if (event[2] == 2) {
            return;
        }
        if (event[2] == 1) {
            long next = home.clock.equals(Clock.NONE)
                    ? at + home.heartbeatSeconds + random.nextInt(20)
                    : nextMultiple(at, home.heartbeatSeconds) + late(home.clock);
            due.add(new long[] {next, number, 1});
            return;
        }
        if (at >= home.turnEnds) {
            home.turnEnds = at + (long) (600 - 7200 * Math.log(random.nextDouble()));
            home.isActive = random.nextDouble() < activeShare(at);
        }
        double meanSeconds = (home.isActive ? 240 : 4_000) / home.liveliness;
        due.add(new long[] {at + 1 + (long) (-meanSeconds * Math.log(random.nextDouble())), number, 0});
    }

    private static long nextMultiple(long at, int seconds) {
        return (Math.floorDiv(at, seconds) + 1) * seconds;
    }

    /// 0.15 at night, 0.65 by day, by the hour in UTC.
    private static double activeShare(long at) {
        long hour = Math.floorMod(at, DAY) / 3600;
        return hour < 7 || hour >= 22 ? 0.15 : 0.65;
    }
}
