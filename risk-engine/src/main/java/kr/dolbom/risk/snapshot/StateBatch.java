package kr.dolbom.risk.snapshot;

import java.util.ArrayList;
import java.util.List;

/// Residents' states that are written together.
final class StateBatch {
    private final List<Integer> residents = new ArrayList<>();
    private final List<byte[]> states = new ArrayList<>();
    private final List<Long> relearnings = new ArrayList<>();

    /// @param relearning the wish to learn anew that is fulfilled by keeping the state; 0: none
    void add(int residentNo, byte[] state, long relearning) {
        residents.add(residentNo);
        states.add(state);
        if (relearning != 0) {
            relearnings.add(relearning);
        }
    }

    int size() {
        return residents.size();
    }

    Object[] residents() {
        return residents.toArray();
    }

    Object[] relearnings() {
        return relearnings.toArray();
    }

    Object[] states() {
        return states.toArray(byte[][]::new);
    }
}
