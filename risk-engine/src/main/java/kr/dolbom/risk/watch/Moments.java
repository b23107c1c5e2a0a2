package kr.dolbom.risk.watch;

import java.util.Arrays;

/// When to look at each resident next, one moment a resident: a heap in arrays that knows where each resident
/// stands in it, so that a moment is set, moved and taken without any object. Four children a node: a moment that
/// is put off, as most are, mostly stands in a leaf already and stays there. Sixteen bytes a resident.
///
/// Residents are given by a dense number from 0, the *slot*. Moments are milliseconds since the epoch. At the
/// same moment the lower slot comes first, so that the order is the same in every run.
final class Moments {
    /// No moment at all.
    static final long NONE = Long.MAX_VALUE;

    private static final int WIDTH = 4;
    private static final int NOWHERE = -1;

    private long[] moments = new long[64];
    private int[] places = new int[64];
    private int[] heap = new int[64];
    private int size;

    Moments() {
        Arrays.fill(places, NOWHERE);
    }

    /// Replaces the resident's moment.
    void set(int slot, long moment) {
        makeRoom(slot);
        long before = moments[slot];
        moments[slot] = moment;
        int place = places[slot];
        if (place == NOWHERE) {
            place = size++;
            if (place == heap.length) {
                heap = Arrays.copyOf(heap, heap.length * 2);
            }
            rise(slot, place);
        } else if (moment < before) {
            rise(slot, place);
        } else {
            sink(slot, place);
        }
    }

    /// Forgets the resident's moment, where there is one.
    void clear(int slot) {
        if (slot >= places.length || places[slot] == NOWHERE) {
            return;
        }
        int place = places[slot];
        places[slot] = NOWHERE;
        int last = heap[--size];
        if (last != slot) {
            rise(last, place);
            sink(last, places[last]);
        }
    }

    /// The earliest moment; [#NONE] where there is none.
    long first() {
        return size == 0 ? NONE : moments[heap[0]];
    }

    /// Takes away the resident whose moment comes first.
    ///
    /// @return the slot; −1 where no moment is at or before now
    int takeDue(long now) {
        if (first() > now || size == 0) {
            return NOWHERE;
        }
        int slot = heap[0];
        clear(slot);
        return slot;
    }

    private void makeRoom(int slot) {
        if (slot >= places.length) {
            int before = places.length;
            int length = Math.max(slot + 1, before + before / 2);
            moments = Arrays.copyOf(moments, length);
            places = Arrays.copyOf(places, length);
            Arrays.fill(places, before, length, NOWHERE);
        }
    }

    private void rise(int slot, int from) {
        int place = from;
        while (place > 0) {
            int parent = heap[(place - 1) / WIDTH];
            if (!isBefore(slot, parent)) {
                break;
            }
            put(parent, place);
            place = (place - 1) / WIDTH;
        }
        put(slot, place);
    }

    private void sink(int slot, int from) {
        int place = from;
        while (true) {
            int firstChild = place * WIDTH + 1;
            int end = Math.min(firstChild + WIDTH, size);
            if (firstChild >= end) {
                break;
            }
            int least = firstChild;
            for (int child = firstChild + 1; child < end; child++) {
                if (isBefore(heap[child], heap[least])) {
                    least = child;
                }
            }
            if (!isBefore(heap[least], slot)) {
                break;
            }
            put(heap[least], place);
            place = least;
        }
        put(slot, place);
    }

    private void put(int slot, int place) {
        heap[place] = slot;
        places[slot] = place;
    }

    private boolean isBefore(int slot, int other) {
        long moment = moments[slot];
        long otherMoment = moments[other];
        return moment != otherMoment ? moment < otherMoment : slot < other;
    }
}
