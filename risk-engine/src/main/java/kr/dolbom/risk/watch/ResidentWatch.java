package kr.dolbom.risk.watch;

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
import kr.dolbom.risk.sight.Cover;
import kr.dolbom.risk.sight.Gaps;
import kr.dolbom.risk.sight.Sight;
import kr.dolbom.risk.silence.Limits;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.silence.Silence;
import kr.dolbom.risk.silence.SilenceSeries;
import org.jspecify.annotations.Nullable;

/// Watches one resident. Messages change what is known; only [#review] judges, against a given now.
///
/// Silence is judged where the device is proven alive now, by a message within the last half hour or by its connection.
/// Where it is neither connected nor heard, it is the device that is silent, and the resident's score stands still.
final class ResidentWatch {
    private static final double SCORE_AT_DEADLINE = 75;
    private static final int HIGHEST_SCORE = 100;
    private static final int SCORE_STEP = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final Duration LONGEST_UNNOTICED = Duration.ofMinutes(80);
    private static final Duration SHORTEST_OUTAGE = Duration.ofMinutes(1);
    private static final Duration AFTER_AN_OUTAGE = Duration.ofMinutes(1);

    private final int residentNo;
    private final ZoneId zone;
    private final WatchSettings settings;
    private final SilenceSeries series;
    private final Sight sight;
    private final Gaps gaps;

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

    ResidentWatch(int residentNo, ZoneId zone, WatchSettings settings, Population population, Sight sight) {
        this.residentNo = residentNo;
        this.zone = zone;
        this.settings = settings;
        Limits limits = Limits.MEASURED.withProofWindow(settings.deviceSilentAfter());
        this.series = new SilenceSeries(zone, population, limits);
        this.sight = sight;
        this.gaps = sight.gapsOf(residentNo);
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
        if (row.receivedAt().isAfter(lastReceipt.plus(SHORTEST_OUTAGE))
                && sight.findCover(residentNo, lastReceipt, row.receivedAt()).isPresent()) {
            // Back from an outage: its past comes now, or will.
            settlesAt = later(settlesAt, row.receivedAt().plus(AFTER_AN_OUTAGE));
        }
        boolean wasUnheard = !series.aliveUntil().isAfter(row.receivedAt());
        lastHeard = later(lastHeard, at);
        lastReceipt = later(lastReceipt, row.receivedAt());
        alive(at, at);
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

    private void alive(Instant from, Instant to) {
        series.alive(from, to);
        gaps.prove(from, to.plus(settings.deviceSilentAfter()));
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
        Optional<Cover> cover = sight.findCover(residentNo, lastReceipt, now);
        if (cover.isPresent()) {
            return reviewCovered(cover.get(), now, outcomes);
        }
        boolean isHeard = series.aliveUntil().isAfter(now) || isHeardByConnection(now, residents, outcomes);
        if (isHeard && hasDeviceAlert) {
            hasDeviceAlert = false;
            outcomes.add(new Outcome.Retract(residentNo, Family.DEVICE));
        }
        boolean isAlive = series.aliveUntil().isAfter(now);
        Optional<Silence> silence = series.find(now);
        if (isAlive && silence.isPresent()) {
            judge(silence.get(), now, outcomes);
        }
        int value = silence.map(ResidentWatch::score).orElse(0);
        write(new Outcome.Score(residentNo, now, value, visibility(isHeard)), outcomes);
        if (!isHeard) {
            gaps.blind(series.aliveUntil(), Visibility.DEVICE_SILENT, now);
        }
        gaps.write(now, outcomes);
        return isHeard ? Optional.of(nextLook(silence, isAlive, now)) : Optional.empty();
    }

    /// The home is silent with many others: nobody is alarmed for it, and what was raised because of it
    /// is taken back.
    private Optional<Instant> reviewCovered(Cover cover, Instant now, List<Outcome> outcomes) {
        if (hasDeviceAlert) {
            hasDeviceAlert = false;
            deviceRaisedFor = null;
            outcomes.add(new Outcome.Retract(residentNo, Family.DEVICE));
        }
        Optional<Silence> silence = series.find(now);
        if (hasSilenceAlert
                && silence.filter(s -> s.deadline().isAfter(cover.since())).isPresent()) {
            hasSilenceAlert = false;
            silenceRaisedFor = null;
            outcomes.add(new Outcome.Retract(residentNo, Family.SILENCE));
        }
        write(
                new Outcome.Score(
                        residentNo, now, silence.map(ResidentWatch::score).orElse(0), cover.cause()),
                outcomes);
        boolean isBlind = !series.aliveUntil().isAfter(now);
        if (isBlind) {
            gaps.blind(series.aliveUntil(), cover.cause(), now);
        }
        gaps.write(now, outcomes);
        return isBlind ? Optional.ofNullable(cover.until()) : Optional.of(series.aliveUntil());
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
                alive(from, to);
            }
            if (now.isBefore(lastReceipt.plus(settings.connectionTrust()))) {
                return true;
            }
        }
        if (devices.count() > 0 && !lastHeard.equals(deviceRaisedFor)) {
            // First the finding: where that fails, it is not yet raised.
            Instant outage = sight.findLatestIncident(residentNo, lastHeard.minus(LONGEST_UNNOTICED))
                    .filter(began -> began.isBefore(lastHeard.plus(settings.connectionTrust())))
                    .orElse(null);
            outcomes.add(new Outcome.Raise(Findings.deviceSilent(
                    residentNo, lastHeard, outage, devices, settings.deviceSilentAfter(), now, zone)));
            deviceRaisedFor = lastHeard;
            hasDeviceAlert = true;
        }
        return false;
    }

    private void judge(Silence silence, Instant now, List<Outcome> outcomes) {
        if (silence.isOverdue()
                && whereabouts != Whereabouts.HOSPITAL
                && !silence.lastSeen().equals(silenceRaisedFor)) {
            Instant outage = sight.findLatestIncident(residentNo, silence.lastSeen())
                    .filter(began -> silence.deadline().isAfter(began))
                    .orElse(null);
            outcomes.add(new Outcome.Raise(Findings.silence(residentNo, silence, outage, now, zone)));
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

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// Asks for the devices in a home as they are now.
    @FunctionalInterface
    interface DeviceLookup {
        DevicesAtHome getDevices(int residentNo) throws SQLException;
    }
}
