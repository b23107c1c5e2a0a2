package kr.dolbom.risk.sight;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kr.dolbom.risk.resident.Slots;
import org.jspecify.annotations.Nullable;

/// Tells the silence of a whole group of homes (all, a district, a vendor) from the silence of one:
/// counts the homes that are heard, and compares with how many should be.
///
/// For each group, each minute, and windows of 5 to 80 minutes: how many of its homes were heard within
/// the window, and how many were expected by how long ago each had been heard when the window began,
/// see [Hearing]. A group is silent where at most a third of the expected is heard, and the probability
/// of so few, for homes independent of each other (the Poisson-binomial tail, bounded after Chernoff;
/// the Poisson tail is its limit for many homes that are seldom heard), is below
///
/// ```
/// r / (2 · k · g)     k = 30,000 where nobody at all is heard, else 100,000
/// ```
///
/// so that r false incidents a year are claimed of all homes together (g = 1), and r of all g districts
/// and vendors together: half of them where nobody is heard, half where few are. k is how often a year
/// the overlapping windows of one group are as good as independent of each other, from how often 30
/// recorded homes passed lower bounds. A group whose counts vary more than by chance has its exponent
/// divided by the dispersion, learnt as the mean of (N − expected)² / variance (the quasi-likelihood of
/// R. W. M. Wedderburn, Biometrika 61, 1974). Where devices send by the same clock, homes are far from
/// independent; so twice as much must be missing as in the group's usual lulls, see [Lulls].
///
/// Where a district or a vendor explains what all miss, it is that group's silence; where not, it is
/// everybody's, and what was reported of parts is a part of it.
///
/// A sign costs O(1): a home moves to the first bucket, and later once through each of fourteen. A
/// minute costs as many steps as there are groups. Put in [#sign(long, int)] in order of time, a few
/// minutes of disorder do no harm, and call [#review(long)] about once a minute. No clock, no log; not
/// safe for use by several threads.
public final class FleetPulse {
    private static final double LOOKS_PER_YEAR = 100_000;
    private static final double LOOKS_PER_YEAR_AT_NOBODY = 30_000;
    private static final double FINE_SHARE = 0.5;
    private static final int LONGEST_CATCH_UP = Hearing.WINDOWS[Hearing.WINDOWS.length - 1] + 1;
    private static final long AHEAD_SECONDS = 300;
    private static final int DISPERSION_MINUTES = 20;
    private static final int VERSION = 2;

    private final double falseIncidentsPerYear;
    private Hearing hearing = new Hearing();
    private final Map<Group, GroupPulse> groups = new LinkedHashMap<>();
    private final Slots slots = new Slots();
    private PulseHome[] homes = new PulseHome[64];
    private final Map<List<GroupPulse>, List<GroupPulse>> combinations = new HashMap<>();
    private PulseQueues queues = new PulseQueues();
    private final GroupPulse all = new GroupPulse(Group.ALL);
    private long minute = Long.MIN_VALUE;
    private long block = Long.MIN_VALUE;
    private long reviewed = Long.MIN_VALUE;
    private boolean isSettled = true;

    /// Without homes.
    ///
    /// @param falseIncidentsPerYear how many silences that are none may be claimed a year, over 0: so
    ///     many of all homes together, and so many of all districts and vendors together
    public FleetPulse(double falseIncidentsPerYear) {
        if (!(falseIncidentsPerYear > 0)) {
            throw new IllegalArgumentException(
                    "falseIncidentsPerYear is %s, expected more than 0".formatted(falseIncidentsPerYear));
        }
        this.falseIncidentsPerYear = falseIncidentsPerYear;
        groups.put(Group.ALL, all);
    }

    /// Says of which groups a home is one, besides [Group#ALL].
    public void assign(int home, List<Group> itsGroups) {
        List<GroupPulse> members = new ArrayList<>();
        members.add(all);
        for (Group group : itsGroups) {
            members.add(groups.computeIfAbsent(group, GroupPulse::new));
        }
        // One list for all homes of the same groups.
        List<GroupPulse> now = combinations.computeIfAbsent(List.copyOf(members), same -> same);
        PulseHome known = find(home);
        if (known == null) {
            known = add(home, now);
        } else if (known.groups.equals(now)) {
            return;
        } else {
            for (GroupPulse group : known.groups) {
                group.add(known, -1);
                group.homes.remove(known);
            }
            known.groups = now;
        }
        for (GroupPulse group : now) {
            group.homes.add(known);
            group.add(known, 1);
        }
    }

    /// Reads a little of what a sign of this home needs, and says nothing.
    public int glance(int home) {
        PulseHome known = find(home);
        return known == null ? 0 : known.classAt(known.last);
    }

    private @Nullable PulseHome find(int home) {
        int slot = slots.find(home);
        return slot == Slots.NONE ? null : homes[slot];
    }

    private PulseHome add(int number, List<GroupPulse> itsGroups) {
        int slot = slots.add(number);
        if (slot == homes.length) {
            homes = Arrays.copyOf(homes, slot * 2);
        }
        homes[slot] = new PulseHome(number, slot, itsGroups);
        return homes[slot];
    }

    private Stream<PulseHome> homes() {
        return Arrays.stream(homes, 0, slots.size());
    }

    /// A home was heard. A home that was never assigned is one of all.
    ///
    /// @param epochSecond when; a moment not after the home's last changes nothing
    /// @param home any number that names it
    public void sign(long epochSecond, int home) {
        if (!heard(epochSecond, home, true)) {
            assign(home, List.of());
            heard(epochSecond, home, true);
        }
    }

    /// The same of a home that was assigned.
    ///
    /// @param teaches false: what is known of all homes together has it already, see [#read]
    /// @return whether it was
    public boolean heard(long epochSecond, int home, boolean teaches) {
        PulseHome known = find(home);
        if (known != null && epochSecond > known.last) {
            sign(epochSecond, known, teaches);
        }
        return known != null;
    }

    private void sign(long epochSecond, PulseHome known, boolean teaches) {
        if (!isSettled) {
            count(known, epochSecond, teaches);
            return;
        }
        advance(Math.floorDiv(epochSecond, 60L));
        if (known.last != Long.MIN_VALUE) {
            queues.remove(known);
        }
        for (GroupPulse group : known.groups) {
            group.add(known, -1);
            group.sign(known, epochSecond);
        }
        count(known, epochSecond, teaches);
        known.bucket = 0;
        queues.add(known);
        for (GroupPulse group : known.groups) {
            group.add(known, 1);
        }
    }

    private void count(PulseHome home, long at, boolean teaches) {
        boolean isNew = home.last == Long.MIN_VALUE;
        long stoppedAt = isNew ? Long.MAX_VALUE : stoppedBetween(home, home.last, at);
        if (!isNew && teaches && home.homeClass != PulseHome.UNKNOWN) {
            hearing.learn(home, home.last, at, stoppedAt);
        }
        home.count(at, stoppedAt != Long.MAX_VALUE);
        home.homeClass = home.classAt(at);
        home.last = at;
    }

    private static long stoppedBetween(PulseHome home, long from, long to) {
        long earliest = Long.MAX_VALUE;
        for (GroupPulse group : home.groups) {
            earliest = Math.min(earliest, group.stoppedBetween(from, to));
        }
        return earliest;
    }

    private void advance(long toMinute) {
        if (toMinute <= minute) {
            return;
        }
        long from = minute == Long.MIN_VALUE ? toMinute : Math.max(minute + 1, toMinute - LONGEST_CATCH_UP);
        for (long m = from; m <= toMinute; m++) {
            long now = m * 60;
            age(now);
            if (PulseHome.blockOf(now) != block) {
                block = PulseHome.blockOf(now);
                homes().forEach(home -> moveTo(home, home.classAt(now)));
            }
            for (GroupPulse group : groups.values()) {
                group.remember(m);
            }
        }
        minute = toMinute;
    }

    private static void moveTo(PulseHome home, int homeClass) {
        for (GroupPulse group : home.groups) {
            group.add(home, -1);
        }
        home.homeClass = homeClass;
        for (GroupPulse group : home.groups) {
            group.add(home, 1);
        }
    }

    private void age(long now) {
        for (int b = 0; b < Hearing.GONE; b++) {
            long limit = now - Hearing.EDGES[b] * 60L;
            for (int slot = queues.first(b); slot != Slots.NONE; slot = queues.first(b)) {
                PulseHome home = homes[slot];
                if (home.last > limit) {
                    break;
                }
                queues.remove(home);
                for (GroupPulse group : home.groups) {
                    group.add(home, -1);
                }
                home.bucket = b + 1;
                for (GroupPulse group : home.groups) {
                    group.add(home, 1);
                }
                queues.add(home);
            }
        }
    }

    /// Looks at all groups. A moment in a minute that was looked at before, or before it, changes
    /// nothing.
    ///
    /// @return what changed since the last look
    public List<PulseChange> review(long epochSecond) {
        long now = Math.floorDiv(epochSecond, 60L);
        if (now <= reviewed) {
            return List.of();
        }
        advance(now);
        reviewed = now;
        if (now < minute) {
            return List.of(); // signs of a clock that runs ahead
        }
        List<PulseChange> changes = new ArrayList<>();
        findReturns(changes);
        groups.values().forEach(group -> group.look(minute, hearing));
        if (hearing.isReady() && !all.isStopped()) {
            findStops(changes);
        }
        if (now % DISPERSION_MINUTES == 0 && hearing.isReady() && !all.isStopped()) {
            groups.values().forEach(group -> group.learnDispersion(now, hearing));
        }
        return changes;
    }

    private void findReturns(List<PulseChange> changes) {
        for (GroupPulse group : groups.values()) {
            Long endedAt = group.findReturn(minute, hearing);
            if (endedAt != null) {
                changes.add(new PulseChange.Returned(group.group, group.end(endedAt, minute), endedAt));
                group.lulls().allOver(minute);
                if (group == all) {
                    groups.values().forEach(part -> part.disregardUntil(minute));
                }
            }
        }
    }

    private void findStops(List<PulseChange> changes) {
        GroupPulse.Shortfall ofAll = all.shortfall();
        if (ofAll != null && ofAll.exponent() > bound(ofAll, 1) && !isExplainedByOne(ofAll)) {
            List<Group> parts = new ArrayList<>();
            for (GroupPulse group : groups.values()) {
                if (group.isStopped()) {
                    group.end(minute * 60, minute);
                    parts.add(group.group);
                }
            }
            changes.add(all.stop(ofAll, minute, hearing, parts));
            return;
        }
        groups.values().stream()
                .filter(group -> group != all && !group.isStopped())
                // A vendor's homes lie in many districts: the larger group explains the smaller ones.
                .sorted(Comparator.comparingInt((GroupPulse group) -> -group.homes.size()))
                .forEach(group -> {
                    GroupPulse.Shortfall shortfall = group.shortfall();
                    if (shortfall != null
                            && shortfall.exponent() > bound(shortfall, groups.size() - 1)
                            && !isFineWithout(group, shortfall, null)) {
                        changes.add(group.stop(shortfall, minute, hearing, List.of()));
                    }
                });
    }

    private double bound(GroupPulse.Shortfall shortfall, int among) {
        double looks = shortfall.heard() == 0 ? LOOKS_PER_YEAR_AT_NOBODY : LOOKS_PER_YEAR;
        return Math.log(2 * looks * among / falseIncidentsPerYear);
    }

    /// Whether the homes outside some one group, and outside of those that are known to be silent, are
    /// heard well enough.
    private boolean isExplainedByOne(GroupPulse.Shortfall ofAll) {
        if (isFineWithout(all, ofAll, null)) {
            return true;
        }
        for (GroupPulse group : groups.values()) {
            if (group != all && !group.isStopped()) {
                GroupPulse.Shortfall ofGroup = group.shortfall();
                if (ofGroup != null && isFineWithout(all, ofAll, group)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether the homes of a group that are in no other silent group are heard well enough, or are
    /// none.
    private boolean isFineWithout(GroupPulse group, GroupPulse.Shortfall shortfall, @Nullable GroupPulse other) {
        long since = (minute - Hearing.WINDOWS[shortfall.w()]) * 60;
        int alive = 0;
        int rest = 0;
        int heard = 0;
        for (PulseHome home : group.homes) {
            if (home.homeClass != PulseHome.UNKNOWN && home.bucket != Hearing.GONE) {
                alive++;
                if (home.groups.stream().noneMatch(g -> g == other || (g != group && g.isStopped()))) {
                    rest++;
                    if (home.last >= since) {
                        heard++;
                    }
                }
            }
        }
        if (rest == 0) {
            return rest < alive && other == null;
        }
        return heard > FINE_SHARE * shortfall.expected() * rest / Math.max(1, alive);
    }

    /// Whether there were signs more than five minutes after that moment.
    public boolean isAheadOf(long epochSecond) {
        return minute != Long.MIN_VALUE && minute * 60 > epochSecond + AHEAD_SECONDS;
    }

    /// Takes up a silence that was noticed before, so that it is not noticed again.
    ///
    /// @param beganAt when it had begun, in seconds since the epoch
    public void resume(Group group, long beganAt) {
        groups.computeIfAbsent(group, GroupPulse::new).resume(beganAt);
    }

    /// A time of which nothing is to be learnt about these homes, as it is known that they could not be
    /// heard.
    public void disregard(Group group, long fromEpochSecond, long toEpochSecond) {
        groups.computeIfAbsent(group, GroupPulse::new).addStop(fromEpochSecond, toEpochSecond);
    }

    /// How much more than by chance a group's count of homes heard in 20 minutes varies: 1 is chance.
    public double dispersion(Group group) {
        return Optional.ofNullable(groups.get(group))
                .map(GroupPulse::dispersion)
                .orElse(1.0);
    }

    /// Writes what was learnt of all homes together.
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        hearing.write(out);
        out.writeInt(groups.size());
        for (GroupPulse group : groups.values()) {
            out.writeUTF(group.group.scope().id());
            out.writeInt(group.group.officeNo());
            out.writeUTF(group.group.name());
            out.writeDouble(group.dispersion());
            group.lulls().write(out);
        }
    }

    /// Takes up what was learnt of all homes together, once the homes are assigned. Then call [#settle].
    ///
    /// @throws IOException where it cannot be read; everything is then as it was
    public void read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("the fleet's state has version " + version + ", expected " + VERSION);
        }
        var read = new Hearing();
        read.read(in);
        Map<Group, Double> dispersions = new HashMap<>();
        Map<Group, Lulls> lulls = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            var group = new Group(Scope.getById(in.readUTF()), in.readInt(), in.readUTF());
            dispersions.put(group, in.readDouble());
            lulls.put(group, Lulls.read(in));
        }
        hearing = read;
        groups.values()
                .forEach(group -> group.setLearnt(
                        dispersions.getOrDefault(group.group, 1.0), lulls.getOrDefault(group.group, new Lulls())));
        isSettled = false;
    }

    /// Writes what was learnt of a home.
    public void writeHome(int home, DataOutput out) throws IOException {
        PulseHome known = find(home);
        (known == null ? new PulseHome(home, Slots.NONE, List.of()) : known).write(out);
    }

    /// Takes up what was learnt of a home. After the last of them, and after the signs that they lack, call
    /// [#settle].
    ///
    /// @param home one that was assigned, or it is read in vain
    /// @throws IOException where it cannot be read; everything is then as it was
    public void readHome(int home, DataInput in) throws IOException {
        PulseHome known = find(home);
        (known == null ? new PulseHome(home, Slots.NONE, List.of()) : known).read(in);
        isSettled = false;
    }

    /// Puts the homes that were read in order. Changes nothing where none were.
    ///
    /// How many were heard in each of the past minutes is not kept. It is worked out from when each was
    /// heard last: whoever was heard after that minute is left out of it. So less is expected than was, and
    /// a silence that began just before may be noticed some minutes later, but none is that is not there.
    public void settle() {
        if (isSettled) {
            return;
        }
        isSettled = true;
        List<PulseHome> heard = homes().filter(home -> home.last != Long.MIN_VALUE)
                .sorted(Comparator.comparingLong(home -> home.last))
                .toList();
        queues = new PulseQueues();
        if (heard.isEmpty()) {
            return;
        }
        minute = Math.floorDiv(heard.getLast().last, 60L);
        block = PulseHome.blockOf(minute * 60);
        for (long m = minute - LONGEST_CATCH_UP + 1; m <= minute; m++) {
            long at = m * 60;
            place(heard.stream().takeWhile(home -> home.last <= at).toList(), at);
            for (GroupPulse group : groups.values()) {
                group.remember(m);
            }
        }
        place(heard, minute * 60);
        for (PulseHome home : heard) {
            queues.add(home);
            for (GroupPulse group : home.groups) {
                group.sign(home, home.last);
            }
        }
    }

    private void place(List<PulseHome> heard, long at) {
        groups.values().forEach(GroupPulse::clear);
        for (PulseHome home : heard) {
            home.bucket = Hearing.bucketOf(at - home.last);
            home.homeClass = home.classAt(at);
            for (GroupPulse group : home.groups) {
                group.add(home, 1);
            }
        }
    }
}
