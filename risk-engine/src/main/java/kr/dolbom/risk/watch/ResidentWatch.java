package kr.dolbom.risk.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.PresenceReport;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.alert.Visibility;
import kr.dolbom.risk.emergency.EmergencyRule;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.fusion.Mode;
import kr.dolbom.risk.resident.DevicesAtHome;
import kr.dolbom.risk.resident.Home;
import kr.dolbom.risk.setting.Wishes;
import kr.dolbom.risk.sight.Cover;
import kr.dolbom.risk.sight.Sight;
import kr.dolbom.risk.silence.Limits;
import kr.dolbom.risk.silence.Outlook;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.silence.Silence;
import org.jspecify.annotations.Nullable;

/// Watches one resident. Messages change what is known; only [#review] judges, against a given now.
///
/// Silence is judged where the device is proven alive now, by a message within the last half hour or by its
/// connection. Where it is neither connected nor heard, it is the device that is silent, and the resident's score
/// stands still.
final class ResidentWatch {
    private static final int VERSION = 4;
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final int residentNo;
    private final Home home;
    private final WatchSettings settings;
    private final Sight sight;
    private final DeviceWatch device;
    private final SilenceWatch silence;
    private final Judgement judgement;
    private final BlindWatch blind;
    private final ScoreTrail score = new ScoreTrail();
    private final Whereabouts whereabouts = new Whereabouts();
    private @Nullable Wishes heededWishes;
    private @Nullable Circumstances heeded; // null: those of the wishes change with time
    private boolean hasNews;

    ResidentWatch(int residentNo, Home home, WatchSettings settings, Population population, Sight sight) {
        this.residentNo = residentNo;
        this.home = home;
        this.settings = settings;
        this.sight = sight;
        this.device = new DeviceWatch(residentNo, home, settings, sight);
        this.silence = new SilenceWatch(
                residentNo,
                home.zone(),
                Limits.MEASURED.withProofWindow(settings.deviceSilentAfter()),
                population,
                sight);
        this.judgement = new Judgement(residentNo, home.zone());
        this.blind = new BlindWatch(silence, judgement, device);
    }

    /// Takes up where an earlier engine stopped.
    void resume(Standing standing) {
        standing.raised().forEach(judgement::setRaised);
        score.resume(standing.score());
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
        boolean wasUnheard = !silence.isAliveAfter(row.receivedAt());
        judgeBlindUntil(at);
        boolean isLate = device.heard(at, row.receivedAt());
        alive(at, at);
        blind.heard(row, at);
        boolean isSeen = false;
        for (Signs.Sign sign : Signs.list(row.data(), at)) {
            if (silence.seen(sign.at(), sign.room())) {
                isSeen = true;
                if (!sign.isAtExit()) {
                    whereabouts.seenAtHome(sign.at());
                }
            }
        }
        if (row.data() instanceof PresenceReport report) {
            whereabouts.report(report.state(), at);
            if (report.state() == PresenceReport.State.GOING_OUT) {
                silence.goesOut(at);
            }
        }
        boolean isNews = judgement.observe(row, at);
        hasNews |= isNews;
        boolean isOtherwiseSeeable = blind.observed(whereabouts, at);
        if (isSeen) {
            judgement.retract(Family.SILENCE, outcomes);
        }
        if (row.data() instanceof Emergency emergency) {
            outcomes.add(EmergencyRule.judge(row, emergency, home.zone(), settings.pastAfter()));
        }
        return isNews
                || isOtherwiseSeeable
                || isLate
                || wasUnheard
                || judgement.hasRaisedAny()
                // Where nothing but a sign of life came, the look that is due anyway is early enough: whatever depends
                // on the last sign only comes later by it.
                || score.isToFall(isSeen)
                || row.data() instanceof PresenceReport;
    }

    /// Somebody said that an alert was false.
    void falseAlarm(Family family, Tier tier) {
        if (family == Family.SILENCE && tier == Tier.CHECK_IN) {
            silence.wasFalse();
        }
        judgement.falseAlarm(family);
    }

    /// Forgets the resident's rhythm, and learns it anew.
    void relearn(Instant now) {
        silence.relearn();
        judgement.relearn(now);
    }

    /// Reads a little of all that a message needs, see [Fleet]. Says nothing.
    int glance() {
        return silence.glance()
                + judgement.glance()
                + device.glance()
                + blind.glance()
                + score.glance()
                + whereabouts.glance();
    }

    private void alive(Instant from, Instant to) {
        silence.alive(from, to);
        if (!blind.isUnseeable()) {
            device.prove(from, to);
        }
    }

    /// Judges how things stand now.
    ///
    /// @param residents asked for the devices' connections, where messages alone do not prove that one is alive
    /// @param wishes what people have set
    /// @param outcomes takes what is to be written
    /// @return when to look again without a new message; empty: only after one
    Optional<Instant> review(Instant now, DeviceLookup residents, Wishes wishes, List<Outcome> outcomes)
            throws SQLException {
        Circumstances circumstances = circumstances(wishes, now);
        if (now.isBefore(device.settlesAt())) {
            return Optional.of(device.settlesAt());
        }
        Optional<Cover> cover = device.findCover(now);
        if (cover.isPresent()) {
            return reviewCovered(cover.get(), now, outcomes);
        }
        boolean isHeard = silence.isAliveAfter(now)
                || device.isHeardByConnection(residents.getDevices(residentNo), now, this::alive, judgement, outcomes);
        if (isHeard) {
            judgement.retract(Family.DEVICE, outcomes);
        }
        boolean isAlive = silence.isAliveAfter(now);
        Mode mode = circumstances.mode(whereabouts);
        blind.look(circumstances.elsewhereSince(), now);
        if (isAlive && isQuiet(mode, now)) {
            device.writeGaps(now, outcomes);
            return Optional.of(earlier(
                    earlier(silence.earliestOf(ScoreTrail.FIRST_STEP), silence.aliveUntil()), judgement.nextMoment()));
        }
        hasNews = false;
        Outlook current = silence.look(now).orElse(null);
        int value = mode == Mode.HOME && current != null ? ScoreTrail.of(current.ratio()) : 0;
        if (isAlive) {
            value = Math.max(value, judge(current, mode, circumstances, now, outcomes));
        } else {
            judgeBlindUntil(now);
        }
        score.write(residentNo, now, value, visibility(isHeard, mode), outcomes);
        if (!isHeard) {
            device.blind(silence.aliveUntil(), Visibility.DEVICE_SILENT, now);
        }
        device.writeGaps(now, outcomes);
        return isHeard ? Optional.of(nextLook(current, isAlive, now)) : Optional.empty();
    }

    /// The home is silent with many others: nobody is alarmed for it, and what was raised because of it
    /// is taken back.
    private Optional<Instant> reviewCovered(Cover cover, Instant now, List<Outcome> outcomes) {
        judgement.retract(Family.DEVICE, outcomes);
        device.forgetFinding();
        Optional<Silence> current = silence.find(now);
        if (current.filter(s -> s.checkInAt().isAfter(cover.since())).isPresent()) {
            judgement.retract(Family.SILENCE, outcomes);
        }
        int value = current.map(s -> ScoreTrail.of(s.ratio())).orElse(0);
        score.write(residentNo, now, value, cover.cause(), outcomes);
        boolean isBlind = !silence.isAliveAfter(now);
        if (isBlind) {
            device.blind(silence.aliveUntil(), cover.cause(), now);
            judgeBlindUntil(now);
        }
        device.writeGaps(now, outcomes);
        return isBlind ? Optional.ofNullable(cover.until()) : Optional.of(silence.aliveUntil());
    }

    /// Since the last proof of life nothing could be seen.
    private void judgeBlindUntil(Instant moment) {
        if (!silence.isAliveAfter(moment)) {
            judgement.blind(later(silence.aliveUntil(), Instant.EPOCH), moment);
        }
    }

    private Circumstances circumstances(Wishes wishes, Instant now) {
        Circumstances steady = heeded;
        if (steady != null && wishes == heededWishes) {
            return steady;
        }
        var circumstances = new Circumstances(
                wishes.settingsOf(residentNo, home.officeNo()),
                wishes.findMode(residentNo).filter(mode -> mode.holdsAt(now)).orElse(null),
                wishes.tighteningOf(home.officeNo(), home.neighbourhood(), now),
                wishes.quietHoursOf(residentNo, home.officeNo()));
        silence.setLimits(circumstances.limits(settings.deviceSilentAfter()));
        heededWishes = wishes;
        heeded = wishes.isSteadyFor(residentNo, home.officeNo()) ? circumstances : null;
        return circumstances;
    }

    private int judge(
            @Nullable Outlook current, Mode mode, Circumstances circumstances, Instant now, List<Outcome> outcomes) {
        Verdict verdict = current != null && current.isDue() ? silence.verdict(current.silence(), now) : null;
        return judgement.judge(verdict, mode, circumstances, now, outcomes);
    }

    private Visibility visibility(boolean isHeard, Mode mode) {
        if (!isHeard || blind.isUnseeable()) {
            return Visibility.DEVICE_SILENT;
        }
        return whereabouts.place() == Whereabouts.Place.HOME && mode == Mode.HOME ? Visibility.HOME : Visibility.AWAY;
    }

    private Instant nextLook(@Nullable Outlook current, boolean isAlive, Instant now) {
        if (!isAlive) {
            return now.plus(BETWEEN_LOOKS);
        }
        Instant next = silence.aliveUntil();
        Instant ofFamilies = judgement.nextMoment();
        if (ofFamilies.isAfter(now)) {
            next = earlier(next, ofFamilies);
        }
        if (current != null) {
            Instant ofSilence = current.nextChange(score.nextRatio());
            next = ofSilence.isAfter(now) ? earlier(next, ofSilence) : next;
        }
        return next;
    }

    /// Whether the resident was seen so short a time ago that nothing has to be worked out: the score that is
    /// written is 0, and cannot have come a step from it, and no other family has anything to say.
    private boolean isQuiet(Mode mode, Instant now) {
        return score.isZero(visibility(true, mode))
                && !hasNews
                && !judgement.hasRaisedAny()
                && judgement.nextMoment().isAfter(now)
                && now.isBefore(silence.earliestOf(ScoreTrail.FIRST_STEP));
    }

    /// Writes what is known of the resident, for [#read] of a new watch of the same resident. Alerts and the
    /// score are not among it, as the database has them.
    void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        device.write(out);
        whereabouts.write(out);
        silence.write(out);
        judgement.write(out);
        blind.write(out);
        sight.writeHome(residentNo, out);
    }

    /// @throws IOException where it was written by another version
    void read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("the state has version " + version + ", expected " + VERSION);
        }
        device.read(in);
        whereabouts.read(in);
        silence.read(in);
        judgement.read(in);
        blind.read(in);
        // Last: what was read before it is thrown away where anything cannot be read, and the home is not.
        sight.readHome(residentNo, in);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
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
