package kr.dolbom.sim.phone.line;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The one lock of a network, and whoever waits for something to become true. Thread-safe; reentrant.
///
/// Whoever changes something looks for those whose condition now holds and wakes only them: in a storm of calls
/// hundreds wait at the same time, and most changes concern one or two of them.
public final class Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Waiter> waiters = new LinkedHashSet<>();
    private long version;
    private boolean changed;
    private boolean closed;

    private record Waiter(BooleanSupplier condition, Condition wake) {}

    Monitor() {}

    /// Makes a change and wakes everybody who waited for it.
    public void update(Runnable change) {
        update(() -> {
            change.run();
            return true;
        });
    }

    /// Makes a change and wakes everybody who waited for it.
    public <T> T update(Supplier<T> change) {
        lock.lock();
        try {
            T result = change.get();
            version++;
            changed = true;
            return result;
        } finally {
            release();
        }
    }

    /// Whether a fault strikes now; only then something has changed.
    boolean strikes(Faults faults, Fault fault) {
        return read(() -> {
            boolean strikes = faults.strikes(fault);
            if (strikes) {
                update(() -> {});
            }
            return strikes;
        });
    }

    /// Answers a question under the lock.
    public <T> T read(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            release();
        }
    }

    /// Waits until the condition holds, and says whether it does: not when the time is up or the network is closed.
    ///
    /// @param condition asked by this thread and by those that change something, always under the lock
    public boolean await(BooleanSupplier condition, Duration limit) {
        lock.lock();
        Waiter waiter = new Waiter(condition, lock.newCondition());
        try {
            // The wait below lets others in, also to what an enclosing update has changed so far.
            wake();
            long left = limit.toNanos();
            while (!condition.getAsBoolean()) {
                if (closed || left <= 0) {
                    return false;
                }
                waiters.add(waiter);
                left = waiter.wake().awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiters.remove(waiter);
            release();
        }
    }

    /// Counts every change since the start.
    long version() {
        return read(() -> version);
    }

    /// Whether the network is closed.
    public boolean isClosed() {
        return read(() -> closed);
    }

    /// Ends every wait, now and later.
    void close() {
        update(() -> closed = true);
    }

    private void release() {
        if (lock.getHoldCount() == 1) {
            wake();
        }
        lock.unlock();
    }

    private void wake() {
        if (changed) {
            changed = false;
            waiters.removeIf(waiter -> {
                boolean due = closed || waiter.condition().getAsBoolean();
                if (due) {
                    waiter.wake().signal();
                }
                return due;
            });
        }
    }
}
