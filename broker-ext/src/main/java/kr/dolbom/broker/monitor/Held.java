package kr.dolbom.broker.monitor;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/// What was handed to the journal and is not answered yet. Safe for use by many threads; no call waits.
final class Held {
    private final AtomicInteger entries = new AtomicInteger();
    private final LongAdder bytes = new LongAdder();
    private final ConcurrentLinkedQueue<Waiting> inOrder = new ConcurrentLinkedQueue<>();
    private final ReentrantLock tidying = new ReentrantLock();

    /// One entry.
    final class Waiting {
        private final long sinceNanos = System.nanoTime();
        private final int size;
        private volatile boolean over;

        private Waiting(int size) {
            this.size = size;
        }

        /// It is answered.
        ///
        /// @return how long that took
        Duration end() {
            over = true;
            entries.decrementAndGet();
            bytes.add(-size);
            tidy();
            return age();
        }

        private Duration age() {
            return Duration.ofNanos(System.nanoTime() - sinceNanos);
        }
    }

    /// An entry begins to wait.
    Waiting begin(int size) {
        Waiting waiting = new Waiting(size);
        entries.incrementAndGet();
        bytes.add(size);
        inOrder.add(waiting);
        return waiting;
    }

    int entries() {
        return entries.get();
    }

    long bytes() {
        return bytes.sum();
    }

    /// How long the oldest waits; zero where none does.
    Duration oldest() {
        for (Waiting waiting : inOrder) {
            if (!waiting.over) {
                return waiting.age();
            }
        }
        return Duration.ZERO;
    }

    /// Whoever comes while another tidies leaves it to that one, or to the next.
    private void tidy() {
        if (tidying.tryLock()) {
            try {
                for (Waiting first = inOrder.peek(); first != null && first.over; first = inOrder.peek()) {
                    inOrder.remove(first);
                }
            } finally {
                tidying.unlock();
            }
        }
    }
}
