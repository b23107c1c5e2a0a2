package kr.dolbom.risk.sight;

import java.util.Arrays;
import kr.dolbom.risk.resident.Slots;

/// The homes of each bucket of a [FleetPulse] in order of when they were heard, as slots linked in arrays: who stands
/// beside a home can be changed without touching that home.
final class PulseQueues {
    private static final int NOBODY = Slots.NONE;

    private final int[] first = new int[Hearing.BUCKETS];
    private final int[] last = new int[Hearing.BUCKETS];
    private int[] before = new int[64];
    private int[] after = new int[64];

    PulseQueues() {
        Arrays.fill(first, NOBODY);
        Arrays.fill(last, NOBODY);
    }

    /// Who of a bucket was heard longest ago; [Slots#NONE] where nobody is in it.
    int first(int bucket) {
        return first[bucket];
    }

    /// Puts a home, whose bucket is set, behind all others of that bucket.
    void add(PulseHome home) {
        int slot = home.slot;
        if (slot >= after.length) {
            int length = Math.max(slot + 1, after.length * 2);
            before = Arrays.copyOf(before, length);
            after = Arrays.copyOf(after, length);
        }
        int end = last[home.bucket];
        before[slot] = end;
        after[slot] = NOBODY;
        if (end == NOBODY) {
            first[home.bucket] = slot;
        } else {
            after[end] = slot;
        }
        last[home.bucket] = slot;
    }

    /// Takes a home out of the bucket in which it was put.
    void remove(PulseHome home) {
        int previous = before[home.slot];
        int next = after[home.slot];
        if (previous == NOBODY) {
            first[home.bucket] = next;
        } else {
            after[previous] = next;
        }
        if (next == NOBODY) {
            last[home.bucket] = previous;
        } else {
            before[next] = previous;
        }
    }
}
