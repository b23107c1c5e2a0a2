package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// What was counted of one resident: for each hour of the day h, context r and bucket of elapsed time e,
/// in how many bins the resident could have been seen for the first time again (trials T) and in how
/// many that happened (E). Both forget: they are multiplied by 0.985 a day, so that after 45 days half
/// of a habit is left.
///
/// They are kept smoothed over neighbouring hours, `x(h) + ½ (x(h−1) + x(h+1))`, as they are read more often than
/// counted. Numbers of 16 bits (11 of them significant) keep a resident within 5 KB. Counts stay below 810 (6 bins an
/// hour, 67 days' worth, and half as many of each neighbour), where the step between two numbers is at most 1/2.
final class Counts {
    static final int HOURS = 24;
    static final int CONTEXTS = 8;
    static final int BUCKETS = 6;
    static final int SIZE = BUCKETS * HOURS * CONTEXTS;
    private static final int PER_BUCKET = HOURS * CONTEXTS;
    private static final int STATE_BYTES = 4 * SIZE;

    private final short[] trials = new short[SIZE];
    private final short[] seen = new short[SIZE];

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

    /// Places of a bucket and of neighbouring hours are neighbours, as they are asked for together.
    static int index(int hour, int context, int bucket) {
        return (bucket * HOURS + hour) * CONTEXTS + context;
    }

    /// The same place an hour earlier.
    static int hourBefore(int index) {
        return index % PER_BUCKET >= CONTEXTS ? index - CONTEXTS : index + PER_BUCKET - CONTEXTS;
    }

    /// The same place an hour later.
    static int hourAfter(int index) {
        return index % PER_BUCKET < PER_BUCKET - CONTEXTS ? index + CONTEXTS : index + CONTEXTS - PER_BUCKET;
    }

    /// T, smoothed.
    float trials(int index) {
        return Float.float16ToFloat(trials[index]);
    }

    /// E, smoothed likewise.
    float seen(int index) {
        return Float.float16ToFloat(seen[index]);
    }

    /// Counts one bin, and tells the population by how much these numbers truly changed.
    void add(int index, float weight, boolean isSeen, Population population) {
        addTo(index, weight, isSeen, population);
        addTo(hourBefore(index), weight / 2, isSeen, population);
        addTo(hourAfter(index), weight / 2, isSeen, population);
    }

    private void addTo(int index, float weight, boolean isSeen, Population population) {
        population.addTrials(index, set(trials, index, trials(index) + weight));
        if (isSeen) {
            population.addSeen(index, set(seen, index, seen(index) + weight));
        }
    }

    /// Forgets, and lets the population forget the same.
    void decay(float factor, Population population) {
        for (int i = 0; i < SIZE; i++) {
            if (trials[i] != 0) {
                population.addTrials(i, set(trials, i, trials(i) * factor));
                if (seen[i] != 0) {
                    population.addSeen(i, set(seen, i, seen(i) * factor));
                }
            }
        }
    }

    private static float set(short[] numbers, int index, float value) {
        float before = Float.float16ToFloat(numbers[index]);
        numbers[index] = Float.floatToFloat16(value);
        return Float.float16ToFloat(numbers[index]) - before;
    }

    void write(DataOutput out) throws IOException {
        // All at once: a stream takes single numbers byte by byte.
        byte[] bytes = new byte[STATE_BYTES];
        for (int i = 0; i < SIZE; i++) {
            put(bytes, 4 * i, trials[i]);
            put(bytes, 4 * i + 2, seen[i]);
        }
        out.write(bytes);
    }

    void read(DataInput in) throws IOException {
        byte[] bytes = new byte[STATE_BYTES];
        in.readFully(bytes);
        for (int i = 0; i < SIZE; i++) {
            trials[i] = get(bytes, 4 * i);
            seen[i] = get(bytes, 4 * i + 2);
        }
    }

    private static void put(byte[] bytes, int at, short number) {
        bytes[at] = (byte) (number >> 8);
        bytes[at + 1] = (byte) number;
    }

    private static short get(byte[] bytes, int at) {
        return (short) ((bytes[at] << 8) | (bytes[at + 1] & 0xff));
    }
}
