package kr.dolbom.risk.family.devicehealth;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.family.measure.Habit;

/// How many bins of ten minutes a day each room gives signs in, and which room is suddenly silent or never silent.
///
/// ```
/// m      mean active bins a day of the room, × 0.98 a day, over the days known
/// silent day: none in this room while all others together gave at least half of their usual
/// tail = Π 1 / (1 + m)            over silent days on end; P(0) of a negative binomial with k = 1
/// stuck: signs in 108 bins on end (18 h)
/// ```
final class RoomSigns {
    private static final Room[] ALL = Room.values();
    private static final int ROOMS = ALL.length;
    private static final double DAYS_TO_KNOW = 7;
    private static final double LEAST_USUAL = 3;
    private static final double ENOUGH_ELSEWHERE = 0.5;
    private static final int STUCK_BINS = 108;
    private static final double FARTHEST = 12;

    private final float[] bins = new float[ROOMS];
    /// All that a sign changes of a room, in one number, as it is asked for with every sign: see [#set].
    private final long[] rooms = new long[ROOMS];
    private float days;
    private int stuck; // how many rooms have been active for so long

    // places in the arrays above; who changes their order changes the version of the state
    @SuppressWarnings("EnumOrdinal")
    private static int indexOf(Room room) {
        return room.ordinal();
    }

    /// @param lastBin of its latest sign, 32 bits
    /// @param onEnd how many bins without a pause end with that, 16 bits
    /// @param today in how many bins of the day there were signs, at most 144: 8 bits
    /// @param silentDays how many days before were silent, 8 bits
    private void set(int r, int lastBin, int onEnd, int today, int silentDays) {
        rooms[r] = ((long) lastBin << 32) | ((onEnd & 0xFFFFL) << 16) | ((today & 0xFFL) << 8) | (silentDays & 0xFFL);
    }

    private int lastBin(int r) {
        return (int) (rooms[r] >>> 32);
    }

    private int onEnd(int r) {
        return (int) (rooms[r] >>> 16) & 0xFFFF;
    }

    private int today(int r) {
        return (int) (rooms[r] >>> 8) & 0xFF;
    }

    private int silentDays(int r) {
        return (int) rooms[r] & 0xFF;
    }

    /// A sign in a room.
    ///
    /// @return whether the room has just been active for so long that its sensor must be stuck
    boolean seen(Room room, int bin) {
        int r = indexOf(room);
        int last = lastBin(r);
        if (bin <= last) {
            return false;
        }
        int before = onEnd(r);
        int onEnd = bin == last + 1 ? Math.min(Short.MAX_VALUE, before + 1) : 1;
        set(r, bin, onEnd, today(r) + 1, 0);
        if (before >= STUCK_BINS && onEnd == 1) {
            stuck--;
        }
        boolean isStuck = onEnd == STUCK_BINS && before < STUCK_BINS;
        stuck += isStuck ? 1 : 0;
        return isStuck;
    }

    int glance() {
        return (int) rooms[0] + (int) rooms[ROOMS - 1];
    }

    /// Whether any room was active without end for 18 hours, before its latest pause.
    boolean hasStuck() {
        return stuck > 0;
    }

    /// A day ends.
    ///
    /// @param isTelling whether it was watched and spent at home
    void dayEnds(boolean isTelling) {
        if (isTelling) {
            int all = 0;
            double usual = 0;
            for (int r = 0; r < ROOMS; r++) {
                all += today(r);
                usual += usual(r);
            }
            for (int r = 0; r < ROOMS; r++) {
                judge(r, all, usual);
            }
            learn();
        }
        for (int r = 0; r < ROOMS; r++) {
            set(r, lastBin(r), onEnd(r), 0, silentDays(r));
        }
    }

    private void judge(int r, int all, double usual) {
        boolean isSilent = today(r) == 0
                && days >= DAYS_TO_KNOW
                && usual(r) >= LEAST_USUAL
                && all >= ENOUGH_ELSEWHERE * (usual - usual(r));
        if (isSilent) {
            set(r, lastBin(r), onEnd(r), 0, Math.min(Byte.MAX_VALUE, silentDays(r) + 1));
        }
    }

    private void learn() {
        days = (float) (days * Habit.KEPT_PER_DAY + 1);
        for (int r = 0; r < ROOMS; r++) {
            // a room whose sensor died keeps its usual until it is forgotten by relearning
            float value = silentDays(r) > 0 ? (float) usual(r) : today(r);
            bins[r] = (float) (bins[r] * Habit.KEPT_PER_DAY + value);
        }
    }

    private double usual(int r) {
        return days == 0 ? 0 : bins[r] / days;
    }

    double usual(Room room) {
        return usual(indexOf(room));
    }

    /// The room whose silence is the least probable.
    Room mostSilent() {
        int most = 0;
        for (int r = 1; r < ROOMS; r++) {
            most = surprise(r) > surprise(most) ? r : most;
        }
        return ALL[most];
    }

    double tail(Room room) {
        return Math.exp(-surprise(indexOf(room)));
    }

    private double surprise(int r) {
        return silentDays(r) == 0 ? 0 : Math.min(FARTHEST, silentDays(r) * Math.log1p(usual(r)));
    }

    int silentDays(Room room) {
        return silentDays(indexOf(room));
    }

    /// The room that has been active without end for longest.
    Room mostActive() {
        int most = 0;
        for (int r = 1; r < ROOMS; r++) {
            most = onEnd(r) > onEnd(most) ? r : most;
        }
        return ALL[most];
    }

    /// The bin of the room's latest sign.
    int lastBin(Room room) {
        return lastBin(indexOf(room));
    }

    /// Which share of the home's usual signs comes from these rooms; NaN while little is known.
    double shareOf(Set<Room> some) {
        if (days < DAYS_TO_KNOW / 2) {
            return Double.NaN;
        }
        double all = 0;
        double theirs = 0;
        for (Room room : ALL) {
            all += usual(room);
            theirs += some.contains(room) ? usual(room) : 0;
        }
        return all == 0 ? Double.NaN : theirs / all;
    }

    int binsOnEnd(Room room) {
        return onEnd(indexOf(room));
    }

    /// Whether the room gave signs without end for 18 hours, the last of them in this bin or the one before.
    boolean isStuck(Room room, int bin) {
        return onEnd(indexOf(room)) >= STUCK_BINS && bin <= lastBin(room) + 1;
    }

    void relearn() {
        Arrays.fill(bins, 0);
        for (int r = 0; r < ROOMS; r++) {
            set(r, lastBin(r), onEnd(r), today(r), 0);
        }
        days = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(days);
        for (int r = 0; r < ROOMS; r++) {
            out.writeFloat(bins[r]);
            out.writeLong(rooms[r]);
        }
    }

    void read(DataInput in) throws IOException {
        days = in.readFloat();
        for (int r = 0; r < ROOMS; r++) {
            bins[r] = in.readFloat();
            rooms[r] = in.readLong();
            stuck += onEnd(r) >= STUCK_BINS ? 1 : 0;
        }
    }
}
