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
import kr.dolbom.risk.sight.Gaps;
import kr.dolbom.risk.sight.Sight;
import kr.dolbom.risk.silence.Limits;
import kr.dolbom.risk.silence.Outlook;
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
    private static final Duration LONGEST_UNNOTICED = Duration.ofMinutes(80);
    private static final Duration SHORTEST_OUTAGE = Duration.ofMinutes(1);
    private static final Duration AFTER_AN_OUTAGE = Duration.ofMinutes(1);

    private final int residentNo;
    private final ZoneId zone;
    private final Home home;
    private final WatchSettings settings;
    private final Population population;
    private final Judgement judgement;
    private SilenceSeries series;
    private final Sight sight;
    private final Gaps gaps;

    private Instant lastHeard = Instant.EPOCH;
    private Instant lastReceipt = Instant.EPOCH;
    private Instant settlesAt = Instant.EPOCH;
    private Whereabouts whereabouts = Whereabouts.HOME;
    private Instant whereaboutsAt = Instant.EPOCH;
    private @Nullable Instant deviceRaisedFor;
    private Outcome.@Nullable Score score;
    private Limits limits;
    private @Nullable Wishes heededWishes;
    private @Nullable Circumstances heeded; // null: those of the wishes change with time
    private boolean hasNews;
    private long heededWish;
    private long relearning;

    ResidentWatch(int residentNo, Home home, WatchSettings settings, Population population, Sight sight) {
        this.residentNo = residentNo;
        this.home = home;
        this.zone = home.zone();
        this.settings = settings;
        this.population = population;
        this.judgement = new Judgement(residentNo, zone);
        this.limits = Limits.MEASURED.withProofWindow(settings.deviceSilentAfter());
        this.series = new SilenceSeries(zone, population, limits);
        this.sight = sight;
        this.gaps = sight.gapsOf(residentNo);
    }

    /// Takes up where an earlier engine stopped.
    ///
    /// @param raised of which families there is an alert that nobody has acted on
    void resume(List<Family> raised, Outcome.@Nullable Score lastScore) {
        raised.forEach(judgement::setRaised);
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
        judgement.blind(later(series.aliveUntil(), Instant.EPOCH), at);
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
        boolean isNews = judgement.observe(row, at);
        hasNews |= isNews;
        if (isSeen) {
            judgement.retract(Family.SILENCE, outcomes);
        }
        if (row.data() instanceof Emergency emergency) {
            outcomes.add(EmergencyRule.judge(row, emergency, zone, settings.pastAfter()));
        }
        return isNews
                || isLate
                || wasUnheard
                || judgement.hasRaisedAny()
                || isScoreToFall(isSeen)
                || row.data() instanceof PresenceReport;
    }

    /// Where nothing but a sign of life came, the look that is due anyway is early enough: whatever depends on the last
    /// sign only comes later by it.
    private boolean isScoreToFall(boolean isSeen) {
        return score == null || (isSeen && score.score() >= SCORE_STEP);
    }

    /// Somebody said that an alert was false. Of a silence that passed its deadline the rhythm learns by itself, when
    /// the resident is seen.
    void falseAlarm(Family family, Tier tier) {
        if (family == Family.SILENCE && tier == Tier.CHECK_IN) {
            series.wasFalse();
        }
        judgement.falseAlarm(family);
    }

    /// Forgets the resident's rhythm, and learns it anew.
    ///
    /// @param wish the number of the wish, which is heeded once
    /// @return false where it was heeded before
    boolean relearn(long wish, Instant now) {
        if (wish <= heededWish) {
            return false;
        }
        heededWish = wish;
        relearning = wish;
        Optional<Silence> silence = series.find(now);
        Instant alive = series.aliveUntil().minus(settings.deviceSilentAfter());
        series.leave();
        series = new SilenceSeries(zone, population, limits);
        silence.ifPresent(s -> {
            boolean _ = series.seen(s.lastSeen(), s.room());
            alive(s.lastSeen(), alive);
        });
        judgement.relearn(now);
        return true;
    }

    /// The wish to learn anew that was heeded since this was asked last; 0: none.
    long takeRelearning() {
        long heeded = relearning;
        relearning = 0;
        return heeded;
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
    /// @param wishes what people have set
    /// @param outcomes takes what is to be written
    /// @return when to look again without a new message; empty: only after one
    Optional<Instant> review(Instant now, DeviceLookup residents, Wishes wishes, List<Outcome> outcomes)
            throws SQLException {
        Circumstances circumstances = circumstances(wishes, now);
        if (now.isBefore(settlesAt)) {
            return Optional.of(settlesAt);
        }
        Optional<Cover> cover = sight.findCover(residentNo, lastReceipt, now);
        if (cover.isPresent()) {
            return reviewCovered(cover.get(), now, outcomes);
        }
        boolean isHeard = series.aliveUntil().isAfter(now) || isHeardByConnection(now, residents, outcomes);
        if (isHeard) {
            judgement.retract(Family.DEVICE, outcomes);
        }
        boolean isAlive = series.aliveUntil().isAfter(now);
        Mode mode = circumstances.mode(whereabouts);
        if (isAlive && isQuiet(mode, now)) {
            gaps.write(now, outcomes);
            return Optional.of(earlier(earlier(series.earliestOf(FIRST_STEP), series.aliveUntil()), familiesMoment()));
        }
        hasNews = false;
        Outlook silence = series.look(now).orElse(null);
        int value = mode == Mode.HOME && silence != null ? score(silence.ratio()) : 0;
        if (isAlive) {
            value = Math.max(value, judge(silence, mode, circumstances, now, outcomes));
        } else {
            judgement.blind(later(series.aliveUntil(), Instant.EPOCH), now);
        }
        write(new Outcome.Score(residentNo, now, value, visibility(isHeard, mode)), outcomes);
        if (!isHeard) {
            gaps.blind(series.aliveUntil(), Visibility.DEVICE_SILENT, now);
        }
        gaps.write(now, outcomes);
        return isHeard ? Optional.of(nextLook(silence, isAlive, now)) : Optional.empty();
    }

    /// The home is silent with many others: nobody is alarmed for it, and what was raised because of it
    /// is taken back.
    private Optional<Instant> reviewCovered(Cover cover, Instant now, List<Outcome> outcomes) {
        judgement.retract(Family.DEVICE, outcomes);
        deviceRaisedFor = null;
        Optional<Silence> silence = series.find(now);
        if (silence.filter(s -> s.checkInAt().isAfter(cover.since())).isPresent()) {
            judgement.retract(Family.SILENCE, outcomes);
        }
        write(
                new Outcome.Score(
                        residentNo, now, silence.map(s -> score(s.ratio())).orElse(0), cover.cause()),
                outcomes);
        boolean isBlind = !series.aliveUntil().isAfter(now);
        if (isBlind) {
            gaps.blind(series.aliveUntil(), cover.cause(), now);
            judgement.blind(later(series.aliveUntil(), Instant.EPOCH), now);
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
            judgement.setRaised(Family.DEVICE);
        }
        return false;
    }

    private Circumstances circumstances(Wishes wishes, Instant now) {
        Circumstances steady = heeded;
        if (steady != null && wishes == heededWishes) {
            return steady;
        }
        var circumstances = new Circumstances(
                wishes.settingsOf(residentNo, home.officeNo()),
                wishes.findMode(residentNo).filter(mode -> mode.holdsAt(now)).orElse(null),
                wishes.tighteningOf(home.officeNo(), home.neighbourhood(), now));
        Limits next = circumstances.limits(settings.deviceSilentAfter());
        if (!next.equals(limits)) {
            limits = next;
            series.setLimits(next);
        }
        heededWishes = wishes;
        heeded = wishes.isSteadyFor(residentNo, home.officeNo()) ? circumstances : null;
        return circumstances;
    }

    private int judge(
            @Nullable Outlook silence, Mode mode, Circumstances circumstances, Instant now, List<Outcome> outcomes) {
        kr.dolbom.risk.setting.Mode entered = circumstances.entered();
        if (entered != null) {
            judgement.blind(entered.from(), now);
        }
        Verdict verdict = silence != null && silence.isDue() ? verdict(silence.silence(), now) : null;
        return judgement.judge(verdict, mode, circumstances, now, outcomes);
    }

    private Verdict verdict(Silence silence, Instant now) {
        Instant outage = sight.findLatestIncident(residentNo, silence.lastSeen())
                .filter(began -> silence.deadline().isAfter(began))
                .orElse(null);
        return Findings.silence(silence, outage, now, zone);
    }

    /// The score is 75 at the deadline and proportional to the way there: `min(100, 75 · ratio)`, see
    /// [Silence#ratio()].
    private static int score(double ratio) {
        return (int) Math.min(HIGHEST_SCORE, Math.round(SCORE_AT_DEADLINE * ratio));
    }

    private Visibility visibility(boolean isHeard, Mode mode) {
        if (!isHeard) {
            return Visibility.DEVICE_SILENT;
        }
        return whereabouts == Whereabouts.HOME && mode == Mode.HOME ? Visibility.HOME : Visibility.AWAY;
    }

    private void write(Outcome.Score next, List<Outcome> outcomes) {
        if (score == null
                || score.visibility() != next.visibility()
                || Math.abs(score.score() - next.score()) >= SCORE_STEP) {
            score = next;
            outcomes.add(next);
        }
    }

    private Instant nextLook(@Nullable Outlook silence, boolean isAlive, Instant now) {
        if (!isAlive) {
            return now.plus(BETWEEN_LOOKS);
        }
        Instant next = series.aliveUntil();
        Instant ofFamilies = familiesMoment();
        if (ofFamilies.isAfter(now)) {
            next = earlier(next, ofFamilies);
        }
        if (silence != null) {
            Instant ofSilence = silence.nextChange(nextScore() / SCORE_AT_DEADLINE);
            next = ofSilence.isAfter(now) ? earlier(next, ofSilence) : next;
        }
        return next;
    }

    private Instant familiesMoment() {
        long moment = judgement.nextMoment();
        return moment == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochSecond(moment);
    }

    private int nextScore() {
        return Math.min(HIGHEST_SCORE, (score == null ? 0 : score.score()) + SCORE_STEP);
    }

    /// Whether the resident was seen so short a time ago that nothing has to be worked out: the score that is
    /// written is 0, and cannot have come a step from it, and no other family has anything to say.
    private boolean isQuiet(Mode mode, Instant now) {
        return score != null
                && score.score() == 0
                && score.visibility() == visibility(true, mode)
                && !hasNews
                && !judgement.hasRaisedAny()
                && familiesMoment().isAfter(now)
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
        write(deviceRaisedFor, out);
        series.write(out);
        judgement.write(out);
        sight.writeHome(residentNo, out);
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
        deviceRaisedFor = findMoment(in);
        series.read(in);
        judgement.read(in);
        // Last: what was read before it is thrown away where anything cannot be read, and the home is not.
        sight.readHome(residentNo, in);
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
