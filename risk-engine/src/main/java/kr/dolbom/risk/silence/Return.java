package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import kr.dolbom.contract.telemetry.Room;
import org.jspecify.annotations.Nullable;

/// The first signs after a long silence, which do not end it yet: in empty homes, too, a sensor fires
/// now and then. Two rooms within an hour, or three active bins, are a person; a lone sign is forgotten
/// after that hour.
final class Return {
    private static final int WITHIN = Bins.PER_HOUR;
    private static final int ENOUGH_ROOMS = 2;
    private static final int ENOUGH_BINS = 3;

    private long since;
    private long latestBin;
    private byte bins;
    private byte rooms;
    private @Nullable Room firstRoom;

    /// Takes a sign.
    ///
    /// @return whether it proves, with those before it, that somebody is there
    boolean confirm(long at, Room room, Context context) {
        long bin = Bins.of(at);
        if (bins == 0 || bin - Bins.of(since) >= WITHIN) {
            since = at;
            latestBin = Long.MIN_VALUE;
            bins = 0;
            rooms = 0;
            firstRoom = room;
        }
        rooms |= (byte) (1 << context.index);
        if (bin != latestBin) {
            bins++;
            latestBin = bin;
        }
        return Integer.bitCount(rooms & 0xff) >= ENOUGH_ROOMS || bins >= ENOUGH_BINS;
    }

    /// When the first of the signs was; only after [#confirm].
    long since() {
        return since;
    }

    /// Where the first of the signs was.
    @Nullable Room firstRoom() {
        return firstRoom;
    }

    void clear() {
        bins = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(since);
        out.writeLong(latestBin);
        out.writeByte(bins);
        out.writeByte(rooms);
        out.writeUTF(firstRoom == null ? "" : firstRoom.name());
    }

    void read(DataInput in) throws IOException {
        since = in.readLong();
        latestBin = in.readLong();
        bins = in.readByte();
        rooms = in.readByte();
        String name = in.readUTF();
        firstRoom = name.isEmpty() ? null : Room.valueOf(name);
    }
}
