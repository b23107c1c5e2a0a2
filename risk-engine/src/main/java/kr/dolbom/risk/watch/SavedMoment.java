package kr.dolbom.risk.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a moment stands in what is kept of a resident.
final class SavedMoment {
    private static final long MISSING = Long.MIN_VALUE;

    private SavedMoment() {}

    static void write(@Nullable Instant moment, DataOutput out) throws IOException {
        out.writeLong(moment == null ? MISSING : moment.getEpochSecond());
        out.writeInt(moment == null ? 0 : moment.getNano());
    }

    static @Nullable Instant find(DataInput in) throws IOException {
        long seconds = in.readLong();
        int nanos = in.readInt();
        return seconds == MISSING ? null : Instant.ofEpochSecond(seconds, nanos);
    }

    static Instant get(DataInput in) throws IOException {
        Instant moment = find(in);
        if (moment == null) {
            throw new IOException("a moment is missing");
        }
        return moment;
    }
}
