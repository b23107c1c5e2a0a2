package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kr.dolbom.contract.telemetry.Room;
import org.jspecify.annotations.Nullable;

/// One resident's series of signs of life, and the silence after the last of them.
///
/// Put in what happened in order of time. A sign older than the last one changes nothing; one later than the last
/// moves it, however late it arrives. A proof that the device was alive takes away the blind time that it disproves,
/// however late it arrives.
///
/// Deterministic: the same calls give the same answers. Not safe for use by several threads.
public final class SilenceSeries {
    /// S of ln 5: in four of five such cases the resident has been seen again by then.
    private static final double USUALLY = Math.log(5);

    private final ZoneId zone;
    private final Limits limits;
    private final Rhythm rhythm;
    private final BlindTimes blindTimes = new BlindTimes();
    private Instant aliveUntil = Instant.MIN;
    private @Nullable Instant lastSeen;
    private @Nullable Room room;
    private Context context = Context.LOUNGE;

    /// @param zone of the resident's hours of the day
    /// @param population of which this resident is one
    /// @param limits floor, caps and how long a message proves that the device is alive
    public SilenceSeries(ZoneId zone, Population population, Limits limits) {
        this.zone = zone;
        this.limits = limits;
        this.rhythm = new Rhythm(zone, population);
    }

    /// A proof that the device was alive from one moment to another; the same moment twice for a single message.
    public void alive(Instant from, Instant to) {
        Instant until = to.plus(limits.proofWindow());
        blindTimes.prove(from, until);
        if (from.isAfter(aliveUntil)) {
            // also before the first proof: history that a device sends after its birth message may have gaps
            blindTimes.add(aliveUntil.equals(Instant.MIN) ? Instant.EPOCH : aliveUntil, from);
        }
        if (until.isAfter(aliveUntil)) {
            aliveUntil = until;
        }
    }

    /// Until when the device is proven alive; [Instant#MIN] where it never was.
    public Instant aliveUntil() {
        return aliveUntil;
    }

    /// A sign of the resident, which is also a proof that the device is alive.
    ///
    /// @param where null: not known
    /// @return whether it is the latest so far
    public boolean seen(Instant at, @Nullable Room where) {
        alive(at, at);
        Instant before = lastSeen;
        if (before != null && !at.isAfter(before)) {
            return false;
        }
        long bin = Bins.of(at);
        if (before != null && bin > Bins.of(before)) {
            boolean pastDeadline = !course(before, at).deadline().end().isAfter(at);
            rhythm.learn(Bins.of(before), bin, context, blindTimes.list(), at, pastDeadline);
        }
        blindTimes.forgetBefore(at);
        context = rhythm.contextOf(at, Context.of(where, context));
        room = where;
        lastSeen = at;
        return true;
    }

    /// The resident said, or the device noticed, that he or she goes out now.
    public void goesOut(Instant at) {
        if (lastSeen != null && !at.isBefore(lastSeen) && !context.isLenient()) {
            context = Context.FRONT_DOOR;
        }
    }

    /// How the silence stands; empty before the first sign. While the device is not proven alive the sum stands still.
    public Optional<Silence> find(Instant now) {
        Instant since = lastSeen;
        if (since == null || now.isBefore(since)) {
            return Optional.empty();
        }
        Course course = course(since, now);
        Course.Step step = course.at(now);
        Course.Step deadline = course.deadline();
        Course usual = new Course(rhythm.hazards(), since, context, course.threshold(), limits, List.of(), zone);
        return Optional.of(new Silence(
                since,
                room,
                context,
                step.watched(),
                step.surprise(),
                course.threshold(),
                step.ratio(),
                deadline.end(),
                usual.first(s -> s.surprise() >= USUALLY).watched(),
                rhythm.peaks().count(),
                rhythm.peaks().countFrom(step.surprise())));
    }

    /// When the ratio of the way to the deadline will reach a value, if the silence goes on and stays watched.
    public Optional<Instant> findMomentOf(double ratio, Instant now) {
        Instant since = lastSeen;
        return since == null
                ? Optional.empty()
                : Optional.of(course(since, now).first(s -> s.ratio() >= ratio).end());
    }

    /// Before when the ratio of the way to the deadline cannot reach a value, worked out from the floor alone: cheap
    /// enough for every message.
    ///
    /// @return [Instant#MIN] before the first sign
    public Instant earliestOf(double ratio) {
        return lastSeen == null
                ? Instant.MIN
                : lastSeen.plus(Bins.LENGTH.multipliedBy((long) Math.ceil(ratio * Bins.count(limits.floor()))));
    }

    private static final int VERSION = 1;

    /// Writes all that was learnt, for [#read] of a series in the same zone.
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Times.write(aliveUntil, out);
        out.writeBoolean(lastSeen != null);
        if (lastSeen != null) {
            Times.write(lastSeen, out);
        }
        out.writeUTF(room == null ? "" : room.name());
        out.writeUTF(context.name());
        blindTimes.write(out);
        rhythm.write(out);
    }

    /// Takes up what another series wrote, and adds it to the population. Only for a series that is new.
    ///
    /// @throws IOException where it was written by another version
    public void read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("the series has version " + version + ", expected " + VERSION);
        }
        aliveUntil = Times.read(in);
        lastSeen = in.readBoolean() ? Times.read(in) : null;
        String roomName = in.readUTF();
        room = roomName.isEmpty() ? null : Room.valueOf(roomName);
        context = Context.valueOf(in.readUTF());
        blindTimes.read(in);
        rhythm.read(in);
    }

    private Course course(Instant since, Instant now) {
        List<BlindTimes.Span> blind = blindTimes.list();
        if (aliveUntil.isBefore(now)) {
            blind = new ArrayList<>(blind);
            blind.add(new BlindTimes.Span(aliveUntil, now));
        }
        return new Course(
                rhythm.hazards(), since, context, rhythm.threshold(context), limits, List.copyOf(blind), zone);
    }
}
