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
    private final int[] lastBin = new int[ROOMS];
    private final short[] today = new short[ROOMS];
    private final short[] onEnd = new short[ROOMS];
    private final byte[] silentDays = new byte[ROOMS];
    private float days;
    private int stuck; // how many rooms have been active for so long

    // places in the arrays above; who changes their order changes the version of the state
    @SuppressWarnings("EnumOrdinal")
    private static int indexOf(Room room) {
        return room.ordinal();
    }

    /// A sign in a room.
    ///
    /// @return whether the room has just been active for so long that its sensor must be stuck
    boolean seen(Room room, int bin) {
        int r = indexOf(room);
        int last = lastBin[r];
        if (bin <= last) {
            return false;
        }
        lastBin[r] = bin;
        today[r]++;
        silentDays[r] = 0;
        short before = onEnd[r];
        onEnd[r] = bin == last + 1 ? (short) Math.min(Short.MAX_VALUE, before + 1) : 1;
        if (onEnd[r] == STUCK_BINS) {
            stuck++;
            return true;
        }
        if (before >= STUCK_BINS && onEnd[r] == 1) {
            stuck--;
        }
        return false;
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
                all += today[r];
                usual += usual(r);
            }
            for (int r = 0; r < ROOMS; r++) {
                judge(r, all, usual);
            }
            learn();
        }
        Arrays.fill(today, (short) 0);
    }

    private void judge(int r, int all, double usual) {
        boolean isSilent = today[r] == 0
                && days >= DAYS_TO_KNOW
                && usual(r) >= LEAST_USUAL
                && all >= ENOUGH_ELSEWHERE * (usual - usual(r));
        if (isSilent) {
            silentDays[r] = (byte) Math.min(Byte.MAX_VALUE, silentDays[r] + 1);
        }
    }

    private void learn() {
        days = (float) (days * Habit.KEPT_PER_DAY + 1);
        for (int r = 0; r < ROOMS; r++) {
            // a room whose sensor died keeps its usual until it is forgotten by relearning
            float value = silentDays[r] > 0 ? (float) usual(r) : today[r];
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
        return silentDays[r] == 0 ? 0 : Math.min(FARTHEST, silentDays[r] * Math.log1p(usual(r)));
    }

    int silentDays(Room room) {
        return silentDays[indexOf(room)];
    }

    /// The room that has been active without end for longest.
    Room mostActive() {
        int most = 0;
        for (int r = 1; r < ROOMS; r++) {
            most = onEnd[r] > onEnd[most] ? r : most;
        }
        return ALL[most];
    }

    /// The bin of the room's latest sign.
    int lastBin(Room room) {
        return lastBin[indexOf(room)];
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
        return onEnd[indexOf(room)];
    }

    /// Whether the room gave signs without end for 18 hours, the last of them in this bin or the one before.
    boolean isStuck(Room room, int bin) {
        return onEnd[indexOf(room)] >= STUCK_BINS && bin <= lastBin[indexOf(room)] + 1;
    }

    void relearn() {
        Arrays.fill(bins, 0);
        Arrays.fill(silentDays, (byte) 0);
        days = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(days);
        for (int r = 0; r < ROOMS; r++) {
            out.writeFloat(bins[r]);
            out.writeInt(lastBin[r]);
            out.writeShort(today[r]);
            out.writeShort(onEnd[r]);
            out.writeByte(silentDays[r]);
        }
    }

    void read(DataInput in) throws IOException {
        days = in.readFloat();
        for (int r = 0; r < ROOMS; r++) {
            bins[r] = in.readFloat();
            lastBin[r] = in.readInt();
            today[r] = in.readShort();
            onEnd[r] = in.readShort();
            silentDays[r] = in.readByte();
            stuck += onEnd[r] >= STUCK_BINS ? 1 : 0;
        }
    }
}
