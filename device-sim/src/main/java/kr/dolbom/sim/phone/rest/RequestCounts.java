package kr.dolbom.sim.phone.rest;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How many requests of each kind arrived, also those that were refused or never answered. Thread-safe.
public final class RequestCounts {
    private record Key(RequestKind kind, Optional<String> to) {}

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void add(RequestKind kind, Optional<String> to) {
        counts.computeIfAbsent(new Key(kind, to), key -> new LongAdder()).increment();
    }

    /// Requests of that kind.
    public long of(RequestKind kind) {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().kind() == kind)
                .mapToLong(count -> count.getValue().sum())
                .sum();
    }

    /// Requests of that kind whose `To` was this number.
    public long of(RequestKind kind, String to) {
        LongAdder count = counts.get(new Key(kind, Optional.of(to)));
        return count == null ? 0 : count.sum();
    }
}
