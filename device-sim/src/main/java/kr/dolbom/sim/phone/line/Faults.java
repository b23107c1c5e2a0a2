package kr.dolbom.sim.phone.line;

import java.util.EnumMap;
import java.util.Map;

/// The faults set for one number, each with how often it still strikes. Guarded by the network's lock.
final class Faults {
    private final Map<Fault, Integer> left = new EnumMap<>(Fault.class);

    void add(Fault fault, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("Fault %s %d times: expected 1 or more".formatted(fault, times));
        }
        left.put(fault, times);
    }

    void clear() {
        left.clear();
    }

    /// Whether the fault strikes now; counts it if so.
    boolean strikes(Fault fault) {
        Integer before = left.get(fault);
        if (before == null) {
            return false;
        }
        if (before == 1) {
            left.remove(fault);
        } else if (before != Integer.MAX_VALUE) {
            left.put(fault, before - 1);
        }
        return true;
    }

    Map<Fault, Integer> pending() {
        return new EnumMap<>(left);
    }
}
