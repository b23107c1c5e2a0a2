package kr.dolbom.risk.watch;

import java.util.Arrays;
import kr.dolbom.risk.resident.Slots;

/// Residents in line by their slots, each at most once. Who has been taken out can stand in line again.
final class SlotQueue {
    private boolean[] isIn = new boolean[64];
    private int[] ring = new int[64];
    private long added;
    private long taken;

    void add(int slot) {
        if (slot >= isIn.length) {
            isIn = Arrays.copyOf(isIn, Math.max(slot + 1, isIn.length * 2));
        }
        if (isIn[slot]) {
            return;
        }
        isIn[slot] = true;
        if (added - taken == ring.length) {
            int[] longer = new int[ring.length * 2];
            for (long i = taken; i < added; i++) {
                longer[(int) (i % longer.length)] = ring[(int) (i % ring.length)];
            }
            ring = longer;
        }
        ring[(int) (added++ % ring.length)] = slot;
    }

    /// Takes out who stands first; [Slots#NONE] where nobody does.
    int take() {
        if (taken == added) {
            return Slots.NONE;
        }
        int slot = ring[(int) (taken++ % ring.length)];
        isIn[slot] = false;
        return slot;
    }

    /// How often anybody was put in line.
    long added() {
        return added;
    }

    /// How often anybody was taken out.
    long taken() {
        return taken;
    }
}
