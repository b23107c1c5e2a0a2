package kr.dolbom.risk.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kr.dolbom.risk.watch.Heeded;

/// Residents' states that are written together.
final class StateBatch {
    private final List<Integer> residents = new ArrayList<>();
    private final List<byte[]> states = new ArrayList<>();
    private final List<Long> relearnings = new ArrayList<>();
    private final List<UUID> falseAlarms = new ArrayList<>();

    /// @param heeded the wishes that are fulfilled by keeping the state
    void add(int residentNo, byte[] state, Heeded heeded) {
        residents.add(residentNo);
        states.add(state);
        relearnings.addAll(heeded.relearnings());
        falseAlarms.addAll(heeded.falseAlarms());
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

    Object[] falseAlarms() {
        return falseAlarms.toArray();
    }

    Object[] states() {
        return states.toArray(byte[][]::new);
    }
}
