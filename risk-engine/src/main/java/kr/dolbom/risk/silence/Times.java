package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/// Moments in a state that is kept, to the nanosecond.
final class Times {
    private Times() {}

    static void write(Instant moment, DataOutput out) throws IOException {
        out.writeLong(moment.getEpochSecond());
        out.writeInt(moment.getNano());
    }

    static Instant read(DataInput in) throws IOException {
        long seconds = in.readLong();
        return Instant.ofEpochSecond(seconds, in.readInt());
    }
}
