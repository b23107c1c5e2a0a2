package kr.dolbom.sim.phone.line;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The one lock of a network and the condition "something changed". Thread-safe; reentrant.
final class Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long version;
    private boolean closed;

    void update(Runnable change) {
        update(() -> {
            change.run();
            return true;
        });
    }

    /// Makes a change and wakes everybody who waits for one.
    <T> T update(Supplier<T> change) {
        lock.lock();
        try {
            T result = change.get();
            version++;
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    <T> T read(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the condition holds, and says whether it does: not when the time is up or the network is closed.
    boolean await(BooleanSupplier condition, Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!condition.getAsBoolean()) {
                if (closed || left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Counts every change since the start.
    long version() {
        return read(() -> version);
    }

    boolean isClosed() {
        return read(() -> closed);
    }

    /// Ends every wait, now and later.
    void close() {
        update(() -> closed = true);
    }
}
