package kr.dolbom.sim.phone.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who is in which conference. Thread-safe by the network's lock.
final class Conferences {
    private final Monitor monitor;
    private final Map<String, List<Call>> rooms = new HashMap<>();

    Conferences(Monitor monitor) {
        this.monitor = monitor;
    }

    void enter(String name, Call call) {
        monitor.update(
                () -> rooms.computeIfAbsent(name, room -> new ArrayList<>()).add(call));
    }

    boolean isIn(String name, Call call) {
        return monitor.read(() -> rooms.getOrDefault(name, List.of()).contains(call));
    }

    /// @param endsForAll whether all others are out with it
    void leave(String name, Call call, boolean endsForAll) {
        monitor.update(() -> {
            List<Call> room = rooms.getOrDefault(name, new ArrayList<>());
            if (endsForAll) {
                room.clear();
            } else {
                room.remove(call);
            }
            if (room.isEmpty()) {
                rooms.remove(name);
            }
        });
    }

    List<String> numbers(String name) {
        return monitor.read(() -> rooms.getOrDefault(name, List.of()).stream()
                .map(call -> call.request.to())
                .toList());
    }
}
