package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import kr.dolbom.contract.telemetry.Room;
import org.jspecify.annotations.Nullable;

/// One resident's series of signs of life, and the silence after the last of them.
///
/// Put in what happened in order of time. A sign older than the last one changes nothing; one later than
/// the last moves it, however late it arrives. A proof that the device was alive takes away the blind
/// time that it disproves, however late it arrives. After a silence of more than twelve hours, in a home
/// that shows many signs, a lone sign does not end it: see [Return].
///
/// A sign costs a few nanoseconds where its ten minutes have had one already, and else a time that grows
/// with the silence that it ends, not with what is known. The state is some 5 KB, in memory and as
/// [#write] puts it down.
///
/// Deterministic: the same calls give the same answers, to the second. Not safe for use by several
/// threads.
public final class SilenceSeries {
    /// S of ln 5: in four of five such cases the resident has been seen again by then.
    private static final double USUALLY = Math.log(5);

    private static final long NEVER = Long.MIN_VALUE;
    private static final long LONG_SILENCE = Duration.ofHours(12).toSeconds();
    /// For so long after the last sign at an exit its doors count as watched.
    private static final long EXITS_WATCHED = Duration.ofDays(14).toSeconds();

    private static final byte VERSION = 3;
    private static final Context[] CONTEXTS = Context.values();

    private final LocalHours hours;
    private Limits limits;
    private final long proofSeconds;
    private final Rhythm rhythm;
    private final BlindTimes blindTimes = new BlindTimes();
    private final BlindTimes unseeable = new BlindTimes();
    private final Return homecoming = new Return();
    private long aliveUntil = NEVER;
    private long lastSeen = NEVER;
    private long lastBin = NEVER;
    private long lastExit = NEVER;
    private @Nullable Room room;
    private Context context = Context.LOUNGE;
    private boolean isSparse;

    /// @param zone of the resident's hours of the day
    /// @param population of which this resident is one
    /// @param limits floors, caps, margin and how long a message proves that the device is alive
    public SilenceSeries(ZoneId zone, Population population, Limits limits) {
        this.hours = population.hoursOf(zone);
        this.limits = limits;
        this.proofSeconds = limits.proofWindow().toSeconds();
        this.rhythm = new Rhythm(hours, population);
    }

    /// Other bounds hold from here on; the proof window stays as it was.
    public void setLimits(Limits next) {
        limits = next;
    }

    /// Somebody said of the silence that was asked about that it was none: the next one must be more surprising.
    public void wasFalse() {
        rhythm.wasFalse(mayBeOut(), isExitWatched());
    }

    /// Takes out of the population what the resident has taught it. The series is of no use afterwards.
    public void leave() {
        rhythm.leave();
    }

    /// A proof that the device was alive from one moment to another; the same moment twice for a single message.
    public void alive(Instant from, Instant to) {
        alive(from.getEpochSecond(), to.getEpochSecond());
    }

    /// The same in seconds since the epoch.
    public void alive(long from, long to) {
        long until = to + proofSeconds;
        if (blindTimes.count() > 0) {
            blindTimes.prove(from, until);
        }
        if (from > aliveUntil) {
            // also before the first proof: history that a device sends after its birth message may have gaps
            blindTimes.add(aliveUntil == NEVER ? 0 : aliveUntil, from);
        }
        if (until > aliveUntil) {
            aliveUntil = until;
        }
    }

    /// From one moment to another the resident could not be seen, though the device was alive: messages were lost, its
    /// sensors are broken, or nobody was at home. No proof of life takes that away; only [#notBlind] does.
    public void blind(Instant from, Instant to) {
        unseeable.cover(Math.max(from.getEpochSecond(), lastSeen), to.getEpochSecond());
    }

    /// That was not so.
    public void notBlind(Instant from, Instant to) {
        unseeable.prove(from.getEpochSecond(), to.getEpochSecond());
    }

    /// Takes over the silence that lasts from a series that is left, and nothing of its rhythm. Only for a series that
    /// nothing was put into yet.
    public void takeOverSilence(SilenceSeries left) {
        aliveUntil = left.aliveUntil;
        lastSeen = left.lastSeen;
        lastBin = left.lastBin;
        lastExit = left.lastExit;
        room = left.room;
        context = left.context;
        isSparse = left.isSparse;
        blindTimes.coverAll(left.blindTimes);
        unseeable.coverAll(left.unseeable);
    }

    /// Until when the device is proven alive; [Instant#MIN] where it never was.
    public Instant aliveUntil() {
        return aliveUntil == NEVER ? Instant.MIN : Instant.ofEpochSecond(aliveUntil);
    }

    /// Whether the device is proven alive beyond that moment.
    public boolean isAliveAfter(Instant moment) {
        return aliveUntil > moment.getEpochSecond();
    }

    /// A sign of the resident, which is also a proof that the device is alive.
    ///
    /// @param where null: not known, but surely the resident, as with words spoken to the robot
    /// @return whether it is the latest so far and ends the silence before it
    public boolean seen(Instant at, @Nullable Room where) {
        return seen(at.getEpochSecond(), where);
    }

    /// The same in seconds since the epoch.
    public boolean seen(long at, @Nullable Room where) {
        alive(at, at);
        if (at <= lastSeen) {
            return false;
        }
        if (Bins.of(at) == lastBin) {
            show(at, where);
            return true;
        }
        if (where != null && lastSeen != NEVER && at - lastSeen > LONG_SILENCE && isDoubtful(at)) {
            if (!homecoming.confirm(at, where, Context.of(where, context))) {
                return false;
            }
            begin(homecoming.since(), homecoming.firstRoom());
            if (Bins.of(at) == lastBin) {
                show(at, where);
                return true;
            }
        }
        begin(at, where);
        return true;
    }

    private boolean isDoubtful(long at) {
        return rhythm.isDense() && at - lastSeen - blindSince(lastSeen, at) > LONG_SILENCE;
    }

    private long blindSince(long from, long to) {
        long blind = 0;
        BlindTimes times = allBlindTimes();
        for (int i = 0; i < times.count(); i++) {
            blind += Math.max(0, Math.min(to, times.to(i)) - Math.max(from, times.from(i)));
        }
        return blind;
    }

    /// A sign in a bin that had none yet.
    private void begin(long at, @Nullable Room where) {
        long bin = Bins.of(at);
        if (lastSeen != NEVER) {
            if (at >= findEarliest()) {
                Course course = course(at);
                if (course.isUrgentBy(course.at(at))) {
                    rhythm.wasFalse(mayBeOut(), isExitWatched());
                }
            }
            rhythm.learn(lastBin, bin, context, allBlindTimes(), at);
        }
        blindTimes.forgetBefore(at);
        unseeable.forgetBefore(at);
        homecoming.clear();
        isSparse = rhythm.isSparseAt(bin);
        lastBin = bin;
        show(at, where);
    }

    private void show(long at, @Nullable Room where) {
        Context byRoom = Context.of(where, context);
        if (byRoom.isExit()) {
            lastExit = at;
        }
        context = isSparse ? Context.SPARSE : byRoom;
        room = where;
        lastSeen = at;
    }

    /// The resident said, or the device noticed, that he or she goes out now.
    public void goesOut(Instant at) {
        long second = at.getEpochSecond();
        if (lastSeen != NEVER && second >= lastSeen) {
            lastExit = second;
            if (!context.isLenient()) {
                context = Context.FRONT_DOOR;
            }
        }
    }

    private boolean mayBeOut() {
        return context.isLenient() || !isExitWatched();
    }

    private boolean isExitWatched() {
        return lastExit != NEVER && lastSeen - lastExit <= EXITS_WATCHED;
    }

    /// When the resident was seen last, in seconds since the epoch; [Long#MIN_VALUE]: never.
    public long lastSeenSecond() {
        return lastSeen;
    }

    /// How the silence stands; empty before the first sign. While the device is not proven alive the sum
    /// stands still.
    public Optional<Silence> find(Instant now) {
        return look(now).map(Outlook::silence);
    }

    /// The same, worked out no further than is asked for.
    public Optional<Outlook> look(Instant now) {
        long second = now.getEpochSecond();
        if (lastSeen == NEVER || second < lastSeen) {
            return Optional.empty();
        }
        Course course = course(second);
        int k = course.at(second);
        return Optional.of(new Outlook(course, k, () -> silence(course, k, second)));
    }

    private Silence silence(Course course, int k, long now) {
        Course usual = allBlindTimes().count() == 0 && aliveUntil >= now ? course : course(new BlindTimes());
        return new Silence(
                Instant.ofEpochSecond(lastSeen),
                room,
                context,
                mayBeOut(),
                Bins.duration(k),
                course.surprise(k),
                course.threshold(),
                course.ratio(k),
                Instant.ofEpochSecond(course.end(course.checkIn())),
                Instant.ofEpochSecond(course.end(course.urgent())),
                Bins.duration(usual.firstWith(USUALLY)),
                rhythm.peaks().count(),
                rhythm.peaks().countFrom(course.surprise(k)));
    }

    /// Before when neither a question nor an alert can be due, in seconds since the epoch, worked out
    /// from the floors alone: cheap enough for every event. [Long#MAX_VALUE] before the first sign.
    public long findEarliest() {
        return lastSeen == NEVER
                ? Long.MAX_VALUE
                : lastSeen + limits.checkInFloor().toSeconds() / Bins.SECONDS * Bins.SECONDS;
    }

    /// Before when the ratio of the way to the deadline cannot reach a value, worked out from the floor alone: cheap
    /// enough for every message.
    ///
    /// @return [Instant#MIN] before the first sign
    public Instant earliestOf(double ratio) {
        return lastSeen == NEVER
                ? Instant.MIN
                : Instant.ofEpochSecond(lastSeen + Bins.SECONDS * (long) Math.ceil(ratio * Bins.count(limits.floor())));
    }

    private Course course(long now) {
        BlindTimes blind = allBlindTimes();
        if (aliveUntil < now) {
            blind = blind.copy();
            blind.cover(aliveUntil, now);
        }
        return course(blind);
    }

    private BlindTimes allBlindTimes() {
        return unseeable.count() == 0 ? blindTimes : blindTimes.and(unseeable);
    }

    private Course course(BlindTimes blind) {
        return new Course(
                rhythm.start(lastSeen, context, mayBeOut(), isExitWatched()), rhythm.hazards(), limits, blind, hours);
    }

    /// Reads a little of what a sign needs, and says nothing: so that it is near when a sign comes.
    public int glance() {
        return (int) lastSeen + blindTimes.count() + unseeable.count() + rhythm.glance();
    }

    Rhythm rhythm() {
        return rhythm;
    }

    /// Puts the whole state down, limits and zone apart.
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(aliveUntil);
        out.writeLong(lastSeen);
        out.writeLong(lastBin);
        out.writeLong(lastExit);
        out.writeUTF(room == null ? "" : room.name());
        out.writeByte(context.index);
        out.writeBoolean(isSparse);
        blindTimes.write(out);
        unseeable.write(out);
        homecoming.write(out);
        rhythm.write(out);
    }

    /// Takes up the state that [#write] put down. Only for a series that nothing was put into yet; its
    /// population then learns what the resident had taught it.
    ///
    /// @throws IOException where what is read is not of this version
    public void read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "A silence series of version %d was read, expected %d: build the state anew from the telemetry"
                            .formatted(version, VERSION));
        }
        aliveUntil = in.readLong();
        lastSeen = in.readLong();
        lastBin = in.readLong();
        lastExit = in.readLong();
        String name = in.readUTF();
        room = name.isEmpty() ? null : Room.valueOf(name);
        context = CONTEXTS[in.readByte()];
        isSparse = in.readBoolean();
        blindTimes.read(in);
        unseeable.read(in);
        homecoming.read(in);
        rhythm.read(in);
    }
}
