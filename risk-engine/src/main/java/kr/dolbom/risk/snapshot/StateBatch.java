package kr.dolbom.risk.snapshot;

import java.util.ArrayList;
import java.util.List;

/// Residents' states that are written together.
final class StateBatch {
    private final List<Integer> residents = new ArrayList<>();
    private final List<byte[]> states = new ArrayList<>();

    void add(int residentNo, byte[] state) {
        residents.add(residentNo);
        states.add(state);
    }

    int size() {
        return residents.size();
    }

    Object[] residents() {
        return residents.toArray();
    }

    Object[] states() {
        return states.toArray(byte[][]::new);
    }
}
