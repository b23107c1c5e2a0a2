package kr.dolbom.risk.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.PresenceReport;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Visibility;
import kr.dolbom.risk.emergency.EmergencyRule;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.resident.DevicesAtHome;
import kr.dolbom.risk.silence.Limits;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.silence.Silence;
import kr.dolbom.risk.silence.SilenceSeries;
import org.jspecify.annotations.Nullable;

/// Watches one resident. Messages change what is known; only [#review] judges, against a given now.
///
/// Silence is judged where the device is proven alive now, by a message within the last half hour or by its
/// connection. Where it is neither connected nor heard, it is the device that is silent, and the resident's score
/// stands still.
final class ResidentWatch {
    private static final double SCORE_AT_DEADLINE = 75;
    private static final int HIGHEST_SCORE = 100;
    private static final int SCORE_STEP = 5;
    private static final double FIRST_STEP = SCORE_STEP / SCORE_AT_DEADLINE;
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final int residentNo;
    private final ZoneId zone;
    private final WatchSettings settings;
    private final SilenceSeries series;

    private Instant lastHeard = Instant.EPOCH;
    private Instant lastReceipt = Instant.EPOCH;
    private Instant settlesAt = Instant.EPOCH;
    private Whereabouts whereabouts = Whereabouts.HOME;
    private Instant whereaboutsAt = Instant.EPOCH;
    private @Nullable Instant silenceRaisedFor;
    private @Nullable Instant deviceRaisedFor;
    private boolean hasSilenceAlert;
    private boolean hasDeviceAlert;
    private Outcome.@Nullable Score score;

    ResidentWatch(int residentNo, ZoneId zone, WatchSettings settings, Population population) {
        this.residentNo = residentNo;
        this.zone = zone;
        this.settings = settings;
        Limits limits = Limits.MEASURED.withProofWindow(settings.deviceSilentAfter());
        this.series = new SilenceSeries(zone, population, limits);
    }

    /// Takes up where an earlier engine stopped.
    void resume(boolean silenceAlert, boolean deviceAlert, Outcome.@Nullable Score lastScore) {
        hasSilenceAlert = silenceAlert;
        hasDeviceAlert = deviceAlert;
        score = lastScore;
    }

    /// Applies a message.
    ///
    /// @param outcomes takes what the message itself brings about
    /// @return whether the resident must be looked at again
    boolean apply(TelemetryRow row, List<Outcome> outcomes) {
        if (row.data() instanceof Status status && status.state() == Status.State.OFFLINE) {
            return true; // a last will was written when the device connected: its time proves nothing
        }
        // A device's clock may run ahead; nothing was observed after it was received.
        Instant at = row.at().isBefore(row.receivedAt()) ? row.at() : row.receivedAt();
        boolean isLate = Duration.between(at, row.receivedAt()).compareTo(settings.pastAfter()) > 0;
        if (isLate) {
            settlesAt = later(settlesAt, row.receivedAt().plus(settings.settle()));
        }
        boolean wasUnheard = !series.aliveUntil().isAfter(row.receivedAt());
        lastHeard = later(lastHeard, at);
        lastReceipt = later(lastReceipt, row.receivedAt());
        series.alive(at, at);
        boolean isSeen = false;
        for (Signs.Sign sign : Signs.list(row.data(), at)) {
            if (series.seen(sign.at(), sign.room())) {
                isSeen = true;
                if (!sign.isAtExit()) {
                    reportedAt(Whereabouts.HOME, sign.at());
                }
            }
        }
        if (row.data() instanceof PresenceReport report) {
            apply(report, at);
        }
        if (isSeen && hasSilenceAlert) {
            hasSilenceAlert = false;
            outcomes.add(new Outcome.Retract(residentNo, Family.SILENCE));
        }
        if (row.data() instanceof Emergency emergency) {
            outcomes.add(EmergencyRule.judge(row, emergency, zone, settings.pastAfter()));
        }
        return isSeen || isLate || wasUnheard || hasDeviceAlert || row.data() instanceof PresenceReport;
    }

    private void apply(PresenceReport report, Instant at) {
        switch (report.state()) {
            case GOING_OUT -> {
                reportedAt(Whereabouts.OUT, at);
                series.goesOut(at);
            }
            case RETURNED -> reportedAt(Whereabouts.HOME, at);
            case HOSPITAL -> reportedAt(Whereabouts.HOSPITAL, at);
        }
    }

    private void reportedAt(Whereabouts where, Instant at) {
        if (!at.isBefore(whereaboutsAt)) {
            whereabouts = where;
            whereaboutsAt = at;
        }
    }

    /// Judges how things stand now.
    ///
    /// @param residents asked for the devices' connections, where messages alone do not prove that one is alive
    /// @param outcomes takes what is to be written
    /// @return when to look again without a new message; empty: only after one
    Optional<Instant> review(Instant now, DeviceLookup residents, List<Outcome> outcomes) throws SQLException {
        if (now.isBefore(settlesAt)) {
            return Optional.of(settlesAt);
        }
        boolean isHeard = series.aliveUntil().isAfter(now) || isHeardByConnection(now, residents, outcomes);
        if (isHeard && hasDeviceAlert) {
            hasDeviceAlert = false;
            outcomes.add(new Outcome.Retract(residentNo, Family.DEVICE));
        }
        boolean isAlive = series.aliveUntil().isAfter(now);
        if (isAlive && isQuiet(now)) {
            return Optional.of(earlier(series.earliestOf(FIRST_STEP), series.aliveUntil()));
        }
        Optional<Silence> silence = series.find(now);
        if (isAlive && silence.isPresent()) {
            judge(silence.get(), now, outcomes);
        }
        int value = silence.map(ResidentWatch::score).orElse(0);
        write(new Outcome.Score(residentNo, now, value, visibility(isHeard)), outcomes);
        return isHeard ? Optional.of(nextLook(silence, isAlive, now)) : Optional.empty();
    }

    private boolean isHeardByConnection(Instant now, DeviceLookup residents, List<Outcome> outcomes)
            throws SQLException {
        DevicesAtHome devices = residents.getDevices(residentNo);
        Instant connectedSince = devices.connectedSince();
        if (connectedSince != null) {
            Instant from = later(connectedSince, lastHeard);
            Instant trusted = lastHeard.plus(settings.connectionTrust());
            Instant to = now.isBefore(trusted) ? now : trusted;
            if (!to.isBefore(from)) {
                series.alive(from, to);
            }
            if (now.isBefore(lastReceipt.plus(settings.connectionTrust()))) {
                return true;
            }
        }
        if (devices.count() > 0 && !lastHeard.equals(deviceRaisedFor)) {
            // First the finding: where that fails, it is not yet raised.
            outcomes.add(new Outcome.Raise(
                    Findings.deviceSilent(residentNo, lastHeard, devices, settings.deviceSilentAfter(), now, zone)));
            deviceRaisedFor = lastHeard;
            hasDeviceAlert = true;
        }
        return false;
    }

    private void judge(Silence silence, Instant now, List<Outcome> outcomes) {
        if (silence.isOverdue()
                && whereabouts != Whereabouts.HOSPITAL
                && !silence.lastSeen().equals(silenceRaisedFor)) {
            outcomes.add(new Outcome.Raise(Findings.silence(residentNo, silence, now, zone)));
            silenceRaisedFor = silence.lastSeen();
            hasSilenceAlert = true;
        }
    }

    /// The score is 75 at the deadline and proportional to the way there: `min(100, 75 · ratio)`, see
    /// [Silence#ratio()].
    private static int score(Silence silence) {
        return (int) Math.min(HIGHEST_SCORE, Math.round(SCORE_AT_DEADLINE * silence.ratio()));
    }

    private Visibility visibility(boolean isHeard) {
        if (!isHeard) {
            return Visibility.DEVICE_SILENT;
        }
        return whereabouts == Whereabouts.HOME ? Visibility.HOME : Visibility.AWAY;
    }

    private void write(Outcome.Score next, List<Outcome> outcomes) {
        if (score == null
                || score.visibility() != next.visibility()
                || Math.abs(score.score() - next.score()) >= SCORE_STEP) {
            score = next;
            outcomes.add(next);
        }
    }

    private Instant nextLook(Optional<Silence> silence, boolean isAlive, Instant now) {
        if (!isAlive) {
            return now.plus(BETWEEN_LOOKS);
        }
        Stream<Instant> silenceMoments = silence.stream()
                .flatMap(s -> Stream.of(
                        s.deadline(),
                        series.findMomentOf(nextScore() / SCORE_AT_DEADLINE, now)
                                .orElse(s.deadline())));
        return Stream.concat(Stream.of(series.aliveUntil()), silenceMoments)
                .filter(moment -> moment.isAfter(now))
                .min(Instant::compareTo)
                .orElseGet(() -> now.plus(BETWEEN_LOOKS));
    }

    private int nextScore() {
        return Math.min(HIGHEST_SCORE, (score == null ? 0 : score.score()) + SCORE_STEP);
    }

    /// Whether the resident was seen so short a time ago that nothing has to be worked out: the score that is
    /// written is 0, and cannot have come a step from it.
    private boolean isQuiet(Instant now) {
        return score != null
                && score.score() == 0
                && score.visibility() == visibility(true)
                && now.isBefore(series.earliestOf(FIRST_STEP));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static final int VERSION = 1;

    /// Writes what is known of the resident, for [#read] of a new watch of the same resident. Alerts and the
    /// score are not among it, as the database has them.
    void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        write(lastHeard, out);
        write(lastReceipt, out);
        write(settlesAt, out);
        out.writeUTF(whereabouts.name());
        write(whereaboutsAt, out);
        write(silenceRaisedFor, out);
        write(deviceRaisedFor, out);
        series.write(out);
    }

    /// @throws IOException where it was written by another version
    void read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("the state has version " + version + ", expected " + VERSION);
        }
        lastHeard = getMoment(in);
        lastReceipt = getMoment(in);
        settlesAt = getMoment(in);
        whereabouts = Whereabouts.valueOf(in.readUTF());
        whereaboutsAt = getMoment(in);
        silenceRaisedFor = findMoment(in);
        deviceRaisedFor = findMoment(in);
        series.read(in);
    }

    private static void write(@Nullable Instant moment, DataOutput out) throws IOException {
        out.writeLong(moment == null ? Long.MIN_VALUE : moment.getEpochSecond());
        out.writeInt(moment == null ? 0 : moment.getNano());
    }

    private static @Nullable Instant findMoment(DataInput in) throws IOException {
        long seconds = in.readLong();
        int nanos = in.readInt();
        return seconds == Long.MIN_VALUE ? null : Instant.ofEpochSecond(seconds, nanos);
    }

    private static Instant getMoment(DataInput in) throws IOException {
        Instant moment = findMoment(in);
        if (moment == null) {
            throw new IOException("a moment is missing");
        }
        return moment;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// Asks for the devices in a home as they are now.
    @FunctionalInterface
    interface DeviceLookup {
        DevicesAtHome getDevices(int residentNo) throws SQLException;
    }
}
