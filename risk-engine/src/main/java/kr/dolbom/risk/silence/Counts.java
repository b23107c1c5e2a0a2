package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// What was counted of one resident: for each hour of the day h, context r and bucket of elapsed time e, in how many
/// bins the resident could have been seen for the first time again (trials T) and in how many that happened (E).
/// Both forget: they are multiplied by 0.98 a day.
final class Counts {
    static final int HOURS = 24;
    static final int CONTEXTS = 8;
    static final int BUCKETS = 6;
    static final int SIZE = HOURS * CONTEXTS * BUCKETS;

    final float[] trials = new float[SIZE];
    final float[] seen = new float[SIZE];

    /// The bucket of the k-th bin since last seen: 1, 2–3, 4–8, 9–24, 25–72, beyond.
    static int bucket(int k) {
        if (k <= 3) {
            return k <= 1 ? 0 : 1;
        }
        if (k <= 24) {
            return k <= 8 ? 2 : 3;
        }
        return k <= 72 ? 4 : 5;
    }

    static int index(int hour, int context, int bucket) {
        return (hour * CONTEXTS + context) * BUCKETS + bucket;
    }

    void write(DataOutput out) throws IOException {
        int filled = 0;
        for (int i = 0; i < SIZE; i++) {
            filled += trials[i] == 0 ? 0 : 1;
        }
        out.writeShort(filled);
        for (int i = 0; i < SIZE; i++) {
            if (trials[i] != 0) {
                out.writeShort(i);
                out.writeFloat(trials[i]);
                out.writeFloat(seen[i]);
            }
        }
    }

    void read(DataInput in) throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            int i = in.readUnsignedShort();
            trials[i] = in.readFloat();
            seen[i] = in.readFloat();
        }
    }

    void decay(double factor) {
        for (int i = 0; i < SIZE; i++) {
            trials[i] *= (float) factor;
            seen[i] *= (float) factor;
        }
    }
}
