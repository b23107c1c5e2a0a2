package kr.dolbom.risk.watch;

import java.util.Arrays;

/// Some residents by their slots, each once, in the order in which they were added.
final class SlotSet {
    private boolean[] isIn = new boolean[64];
    private int[] slots = new int[64];
    private int size;

    void add(int slot) {
        if (slot >= isIn.length) {
            isIn = Arrays.copyOf(isIn, Math.max(slot + 1, isIn.length * 2));
        }
        if (isIn[slot]) {
            return;
        }
        isIn[slot] = true;
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size * 2);
        }
        slots[size++] = slot;
    }

    int size() {
        return size;
    }

    int get(int i) {
        return slots[i];
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            isIn[slots[i]] = false;
        }
        size = 0;
    }
}
