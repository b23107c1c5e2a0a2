package kr.dolbom.risk.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Visibility;
import kr.dolbom.risk.resident.DevicesAtHome;
import kr.dolbom.risk.resident.Home;
import kr.dolbom.risk.sight.Cover;
import kr.dolbom.risk.sight.Gaps;
import kr.dolbom.risk.sight.Sight;

/// Whether one home is heard: by messages, by its devices' connections, or not at all, and then whether it is silent
/// alone or with many others. Of a home that is silent alone it makes the finding; the time is a monitoring gap.
final class DeviceWatch {
    private static final Duration LONGEST_UNNOTICED = Duration.ofMinutes(80);
    private static final Duration SHORTEST_OUTAGE = Duration.ofMinutes(1);
    private static final Duration AFTER_AN_OUTAGE = Duration.ofMinutes(1);
    private static final long NEVER = Long.MIN_VALUE;

    private final int residentNo;
    private final ZoneId zone;
    private final WatchSettings settings;
    private final Sight sight;
    private final Gaps gaps;

    // Milliseconds since the epoch: an object for each message would live just long enough to be a burden.
    private long lastHeard;
    private long lastReceipt;
    private long settlesAt;
    private long raisedFor = NEVER;

    DeviceWatch(int residentNo, Home home, WatchSettings settings, Sight sight) {
        this.residentNo = residentNo;
        this.zone = home.zone();
        this.settings = settings;
        this.sight = sight;
        this.gaps = sight.gapsOf(residentNo);
    }

    /// A message came.
    ///
    /// @param at when it was observed
    /// @return whether it is about the past, so that more of that is probably on its way
    boolean heard(Instant at, Instant receivedAt) {
        long receipt = receivedAt.toEpochMilli();
        boolean isLate = receipt - at.toEpochMilli() > settings.pastAfter().toMillis();
        if (isLate) {
            settlesAt = Math.max(settlesAt, receipt + settings.settle().toMillis());
        }
        if (receipt > lastReceipt + SHORTEST_OUTAGE.toMillis()
                && sight.findCover(residentNo, lastReceipt(), receivedAt).isPresent()) {
            // Back from an outage: its past comes now, or will.
            settlesAt = Math.max(settlesAt, receipt + AFTER_AN_OUTAGE.toMillis());
        }
        lastHeard = Math.max(lastHeard, at.toEpochMilli());
        lastReceipt = Math.max(lastReceipt, receipt);
        return isLate;
    }

    /// Until when the home is left alone.
    Instant settlesAt() {
        return Instant.ofEpochMilli(settlesAt);
    }

    private Instant lastReceipt() {
        return Instant.ofEpochMilli(lastReceipt);
    }

    /// Whether the home is silent with many others.
    Optional<Cover> findCover(Instant now) {
        return sight.findCover(residentNo, lastReceipt(), now);
    }

    /// Whether the home is heard by a connection, where no message proves that it is; else the finding is made.
    ///
    /// @param proof takes the time in which a connection proves that a device was alive
    boolean isHeardByConnection(
            DevicesAtHome devices,
            Instant now,
            BiConsumer<Instant, Instant> proof,
            Judgement judgement,
            List<Outcome> outcomes) {
        Instant heard = Instant.ofEpochMilli(lastHeard);
        Instant connectedSince = devices.connectedSince();
        if (connectedSince != null) {
            Instant from = later(connectedSince, heard);
            Instant trusted = heard.plus(settings.connectionTrust());
            Instant to = now.isBefore(trusted) ? now : trusted;
            if (!to.isBefore(from)) {
                proof.accept(from, to);
            }
            if (now.isBefore(lastReceipt().plus(settings.connectionTrust()))) {
                return true;
            }
        }
        if (devices.count() > 0 && lastHeard != raisedFor) {
            // First the finding: where that fails, it is not yet raised.
            Instant outage = sight.findLatestIncident(residentNo, heard.minus(LONGEST_UNNOTICED))
                    .filter(began -> began.isBefore(heard.plus(settings.connectionTrust())))
                    .orElse(null);
            judgement.raise(
                    Findings.deviceSilent(residentNo, heard, outage, devices, settings.deviceSilentAfter(), now, zone),
                    outcomes);
            raisedFor = lastHeard;
        }
        return false;
    }

    /// The finding that was made is void: a home that does not come back gets another.
    void forgetFinding() {
        raisedFor = NEVER;
    }

    /// A device was alive in that time.
    void prove(Instant from, Instant to) {
        gaps.prove(from, to.plus(settings.deviceSilentAfter()));
    }

    /// The home is not watched now.
    ///
    /// @param from since when
    void blind(Instant from, Visibility cause, Instant now) {
        gaps.blind(from, cause, now);
    }

    /// In a time that is over messages were lost.
    void addGap(Instant from, Instant to) {
        gaps.add(from, to, Visibility.DEVICE_SILENT);
    }

    /// They came after all.
    void takeGapBack(Instant from, Instant to) {
        Instant proven = from.plus(settings.deviceSilentAfter());
        gaps.prove(from, to.isBefore(proven) ? to : proven);
    }

    /// Adds the monitoring gaps that have changed.
    void writeGaps(Instant now, List<Outcome> outcomes) {
        gaps.write(now, outcomes);
    }

    int glance() {
        return (int) lastHeard + gaps.glance();
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(lastHeard);
        out.writeLong(lastReceipt);
        out.writeLong(settlesAt);
        out.writeLong(raisedFor);
    }

    void read(DataInput in) throws IOException {
        lastHeard = in.readLong();
        lastReceipt = in.readLong();
        settlesAt = in.readLong();
        raisedFor = in.readLong();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
