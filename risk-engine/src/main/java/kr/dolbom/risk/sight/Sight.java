package kr.dolbom.risk.sight;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Visibility;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.resident.HomeGroups;
import kr.dolbom.risk.resident.Residents;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who can be seen: follows which homes are heard, notices when many fall silent together, and says of
/// a home that is not heard whether that is its own doing.
///
/// An incident covers the homes that have not been heard since it began; who is covered is not judged.
/// When it has ended, homes have half an hour to come back before their silence is their own again.
///
/// First [#load], then [#read] and [#readHome] what was kept, then [#replay] for what that lacks, then
/// [#resume]; from then on [#heard] and [#review].
/// One thread.
public final class Sight {
    private static final Logger LOG = LoggerFactory.getLogger(Sight.class);

    /// How many incidents that are none may be claimed a year, see [FleetPulse#FleetPulse(double)].
    static final double FALSE_INCIDENTS_PER_YEAR = 1;

    private static final Duration GRACE = Duration.ofMinutes(30);
    private static final Duration UNHEARD_AFTER = Duration.ofMinutes(30);
    private static final Duration SILENT_BEFORE = Duration.ofHours(2);
    private static final Duration SLACK = Duration.ofSeconds(30);
    private static final Duration BETWEEN_READS_OF_HOMES = Duration.ofHours(1);
    private static final Duration BETWEEN_READS_FOR_NEW_HOMES = Duration.ofMinutes(10);
    private static final Duration LIVE_WITHIN = Duration.ofMinutes(15);
    private static final Duration GAPS_AT_THE_START = Duration.ofHours(1);

    private final @Nullable Residents residents;
    private final PlatformLife platform;
    private final FleetPulse pulse = new FleetPulse(FALSE_INCIDENTS_PER_YEAR);
    private final Incidents incidents = new Incidents();
    private final SeveralDevices severalDevices = new SeveralDevices();
    private final Map<Integer, List<Group>> groups = new HashMap<>();
    private final Map<List<Group>, List<Group>> shared = new HashMap<>();
    private final Map<Integer, Gaps> gaps = new HashMap<>();
    private final Map<Group, PulseChange.Stopped> stopped = new LinkedHashMap<>();
    private Instant homesReadAt = Instant.MIN;
    private boolean isNewHomeHeard;
    private @Nullable Instant reviewedAt;
    private boolean isAllStopped;
    private boolean isBrokerAway;
    private boolean isAheadTold;

    /// Knows nobody before [#load].
    public Sight(Residents residents) {
        this.residents = residents;
        this.platform = new PlatformLife(residents.database());
    }

    private Sight() {
        this.residents = null;
        this.platform = new PlatformLife(null);
    }

    /// Without a database, for homes that were recorded: nothing is to be loaded, and no broker says that it is away.
    public static Sight of(List<HomeGroups> homes) {
        var sight = new Sight();
        homes.forEach(sight::add);
        return sight;
    }

    /// Reads the homes, their gaps, and the incidents that were noticed before.
    public void load() throws SQLException {
        if (residents == null) {
            return;
        }
        readHomes();
        try (Connection connection = residents.database().getConnection()) {
            for (Incidents.Known known : incidents.read(connection)) {
                Instant endedAt = known.endedAt();
                if (endedAt != null) {
                    pulse.disregard(known.group(), known.beganAt().getEpochSecond(), endedAt.getEpochSecond());
                }
            }
            readGaps(connection);
        }
    }

    private void readGaps(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                        select resident_no, from_at, to_at, cause from monitoring_gap
                        where to_at is null or to_at > (select max(from_at) from monitoring_gap) - interval '7 days'
                        order by resident_no, from_at""");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                OffsetDateTime to = row.getObject("to_at", OffsetDateTime.class);
                gapsOf(row.getInt("resident_no"))
                        .resume(
                                row.getObject("from_at", OffsetDateTime.class).toInstant(),
                                to == null ? null : to.toInstant(),
                                Visibility.getById(row.getString("cause")));
            }
        }
    }

    private void readHomes() throws SQLException {
        if (residents != null) {
            residents.listHomes().forEach(this::add);
        }
    }

    private void add(HomeGroups home) {
        Group district = Group.district(home.officeNo(), home.neighbourhood());
        List<Group> same = home.vendor() == null ? List.of(district) : List.of(district, Group.vendor(home.vendor()));
        List<Group> its = shared.computeIfAbsent(same, one -> one); // one for all homes of the same groups
        if (!its.equals(groups.put(home.residentNo(), its))) {
            pulse.assign(home.residentNo(), its);
        }
        severalDevices.set(home.residentNo(), home.devices());
    }

    /// Writes what was learnt of all homes together.
    public void write(DataOutput out) throws IOException {
        pulse.write(out);
    }

    /// Takes up what [#write] put down.
    ///
    /// @throws IOException where it cannot be read; everything is then as it was
    public void read(DataInput in) throws IOException {
        pulse.read(in);
    }

    /// Writes how one home is heard.
    public void writeHome(int residentNo, DataOutput out) throws IOException {
        pulse.writeHome(residentNo, out);
    }

    /// Takes up what [#writeHome] put down.
    ///
    /// @throws IOException where it cannot be read; everything is then as it was
    public void readHome(int residentNo, DataInput in) throws IOException {
        pulse.readHome(residentNo, in);
    }

    /// Learns from a message whose outcomes were written before.
    ///
    /// @param isKnownOfAll whether it had come before [#write], so that only its own home learns from it
    public void replay(TelemetryRow row, boolean isKnownOfAll) {
        if (Duration.between(row.at(), row.receivedAt()).compareTo(LIVE_WITHIN) <= 0) {
            heard(row, isKnownOfAll);
        }
    }

    /// Takes up the incidents that still last.
    public void resume() {
        pulse.settle();
        for (Group group : listGroups()) {
            incidents.findLatest(group).filter(Incidents.Known::isOpen).ifPresent(known -> {
                if (!known.isCounted()) {
                    return;
                }
                pulse.resume(group, known.beganAt().getEpochSecond());
                if (group.equals(Group.ALL)) {
                    isAllStopped = true;
                } else {
                    stopped.put(
                            group,
                            new PulseChange.Stopped(
                                    group,
                                    known.beganAt().getEpochSecond(),
                                    known.beganAt().getEpochSecond(),
                                    List.of(),
                                    0,
                                    0,
                                    List.of()));
                }
            });
        }
    }

    private Set<Group> listGroups() {
        Set<Group> all = new LinkedHashSet<>();
        all.add(Group.ALL);
        groups.values().forEach(all::addAll);
        return all;
    }

    /// A home was heard, by the broker's clock. A last will is nothing that was heard.
    public void heard(TelemetryRow row) {
        heard(row, false);
    }

    /// Reads a little of what a sign of this home needs, and says nothing: so that it is near when a sign comes.
    public int glance(int residentNo) {
        return pulse.glance(residentNo);
    }

    private void heard(TelemetryRow row, boolean isKnownOfAll) {
        if (row.data() instanceof Status status && status.state() == Status.State.OFFLINE) {
            return;
        }
        if (pulse.heard(row.receivedAt().getEpochSecond(), row.residentNo(), !isKnownOfAll)) {
            severalDevices.heard(row);
        } else {
            isNewHomeHeard = true; // or nobody's
        }
    }

    /// Looks at all homes together, once a minute, and more often while [#isUnsure].
    ///
    /// @param outcomes takes the incidents that began or ended
    /// @return the residents who must be looked at because of them
    public Set<Integer> review(Instant now, List<Outcome> outcomes) throws SQLException {
        Instant before = reviewedAt;
        boolean isSameMinute = before != null && now.getEpochSecond() / 60 <= before.getEpochSecond() / 60;
        if (isSameMinute && !platform.isUnsure(now)) {
            return Set.of();
        }
        reviewedAt = now;
        if (now.isAfter(homesReadAt.plus(isNewHomeHeard ? BETWEEN_READS_FOR_NEW_HOMES : BETWEEN_READS_OF_HOMES))) {
            homesReadAt = now;
            isNewHomeHeard = false;
            readHomes();
        }
        tellAClockThatRunsAhead(now);
        Set<Integer> touched = new LinkedHashSet<>();
        Instant backSince = null;
        for (PulseChange change : pulse.review(now.getEpochSecond())) {
            switch (change) {
                case PulseChange.Stopped stop -> {
                    for (Group part : stop.parts()) {
                        stopped.remove(part);
                        incidents.end(part, Instant.ofEpochSecond(stop.noticedAt()), true, outcomes);
                    }
                    stopped.put(stop.group(), stop);
                }
                case PulseChange.Returned back -> {
                    stopped.remove(back.group());
                    if (back.group().equals(Group.ALL)) {
                        isAllStopped = false;
                        backSince = Instant.ofEpochSecond(back.endedAt());
                    } else {
                        incidents.end(back.group(), Instant.ofEpochSecond(back.endedAt()), false, outcomes);
                        touched.addAll(listHomes(back.group()));
                    }
                }
            }
        }
        reviewPlatform(now, backSince, outcomes, touched);
        reviewParts(outcomes, touched);
        return touched;
    }

    /// Whether nobody must be judged yet: an engine that has just started cannot tell silent homes from
    /// a broker that is away, until that has shown a sign of life or a minute has passed.
    public boolean isUnsure(Instant now) {
        return platform.isUnsure(now);
    }

    private void reviewPlatform(Instant now, @Nullable Instant backSince, List<Outcome> outcomes, Set<Integer> touched)
            throws SQLException {
        platform.look(now);
        Instant awaySince = platform.findAwaySince(now);
        PulseChange.Stopped stop = stopped.remove(Group.ALL);
        if (stop != null) {
            isAllStopped = true;
        }
        if (!incidents.isOpen(Group.ALL)) {
            if (stop != null) {
                begin(stop, outcomes, touched);
            } else if (awaySince != null) {
                incidents.begin(Group.ALL, awaySince, now, groups.size(), 0, 0, outcomes);
                touched.addAll(groups.keySet());
            }
        }
        Instant began = incidents
                .findLatest(Group.ALL)
                .filter(Incidents.Known::isOpen)
                .map(Incidents.Known::beganAt)
                .orElse(null);
        if (began != null) {
            isBrokerAway = awaySince != null || platform.wasNotSeenAfter(began);
        }
        List<PlatformLife.PlatformGap> newGaps = platform.listNewGaps(now.minus(GAPS_AT_THE_START));
        if (began != null && !isAllStopped && !isBrokerAway) {
            Instant endOfGap = newGaps.isEmpty() ? now : newGaps.getLast().to();
            Instant end = backSince == null ? endOfGap : backSince;
            incidents.end(Group.ALL, end, false, outcomes);
            pulse.disregard(Group.ALL, began.getEpochSecond(), end.getEpochSecond());
            touched.addAll(groups.keySet());
        }
        for (PlatformLife.PlatformGap gap : newGaps) {
            recordUnnoticed(gap, now, outcomes, touched);
        }
    }

    /// A fault that was over before anybody noticed it: the engine was away too, or it was short.
    private void recordUnnoticed(
            PlatformLife.PlatformGap gap, Instant now, List<Outcome> outcomes, Set<Integer> touched) {
        pulse.disregard(Group.ALL, gap.from().getEpochSecond(), gap.to().getEpochSecond());
        boolean isLong = Duration.between(gap.from(), gap.to()).compareTo(PlatformLife.AWAY_AFTER) >= 0;
        boolean isKnown = incidents
                .findLatest(Group.ALL)
                .filter(known -> known.endedAt() == null || known.endedAt().isAfter(gap.from()))
                .isPresent();
        if (isLong && !isKnown) {
            incidents.begin(Group.ALL, gap.from(), now, groups.size(), 0, 0, outcomes);
            incidents.end(Group.ALL, gap.to(), false, outcomes);
            touched.addAll(groups.keySet());
        }
    }

    private void reviewParts(List<Outcome> outcomes, Set<Integer> touched) {
        if (incidents.isOpen(Group.ALL)) {
            return;
        }
        for (PulseChange.Stopped stop : stopped.values()) {
            if (!incidents.isOpen(stop.group())) {
                begin(stop, outcomes, touched);
            }
        }
    }

    private void begin(PulseChange.Stopped stop, List<Outcome> outcomes, Set<Integer> touched) {
        incidents.begin(
                stop.group(),
                Instant.ofEpochSecond(stop.beganAt()),
                Instant.ofEpochSecond(stop.noticedAt()),
                stop.homes().size(),
                stop.expected(),
                stop.heard(),
                outcomes);
        touched.addAll(listHomes(stop.group()));
    }

    private void tellAClockThatRunsAhead(Instant now) {
        boolean isAhead = pulse.isAheadOf(now.getEpochSecond());
        if (isAhead && !isAheadTold) {
            LOG.warn(
                    "Messages were received in the future: the broker's clock or ours is wrong; no silence of many homes is noticed until then now={}",
                    now);
        }
        isAheadTold = isAhead;
    }

    private List<Integer> listHomes(Group group) {
        if (group.equals(Group.ALL)) {
            return List.copyOf(groups.keySet());
        }
        return groups.entrySet().stream()
                .filter(home -> home.getValue().contains(group))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// What covers a home now; the platform's fault before a network's.
    ///
    /// @param lastReceipt when it was heard last
    public Optional<Cover> findCover(int residentNo, Instant lastReceipt, Instant now) {
        if (!now.isBefore(incidents.lastEnd().plus(GRACE))) {
            return Optional.empty(); // the most frequent answer, without looking at any group
        }
        Cover all = incidents
                .findLatest(Group.ALL)
                .map(k -> cover(k, lastReceipt, now))
                .orElse(null);
        if (all != null) {
            return Optional.of(all);
        }
        for (Group group : groups.getOrDefault(residentNo, List.of())) {
            Cover cover = incidents
                    .findLatest(group)
                    .map(known -> cover(known, lastReceipt, now))
                    .orElse(null);
            if (cover != null) {
                return Optional.of(cover);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Cover cover(Incidents.Known known, Instant lastReceipt, Instant now) {
        boolean wasSilentBefore = lastReceipt.isBefore(known.beganAt().minus(SILENT_BEFORE));
        if (wasSilentBefore) {
            return null;
        }
        Instant endedAt = known.endedAt();
        if (endedAt == null) {
            boolean isSilent =
                    !lastReceipt.isAfter(known.beganAt().plus(SLACK)) || !now.isBefore(lastReceipt.plus(UNHEARD_AFTER));
            return isSilent ? new Cover(known.cause(), known.beganAt(), null) : null;
        }
        Instant until = endedAt.plus(GRACE);
        boolean isComingBack = lastReceipt.isBefore(endedAt) && now.isBefore(until);
        return isComingBack ? new Cover(known.cause(), known.beganAt(), until) : null;
    }

    /// When the latest incident of one of the home's groups began, where that was after a moment.
    public Optional<Instant> findLatestIncident(int residentNo, Instant after) {
        List<Group> its = new ArrayList<>(groups.getOrDefault(residentNo, List.of()));
        its.add(Group.ALL);
        return its.stream()
                .flatMap(group -> incidents.findLatest(group).stream())
                .map(Incidents.Known::beganAt)
                .filter(beganAt -> beganAt.isAfter(after))
                .max(Instant::compareTo);
    }

    /// The home's monitoring gaps.
    public Gaps gapsOf(int residentNo) {
        return gaps.computeIfAbsent(residentNo, Gaps::new);
    }
}
