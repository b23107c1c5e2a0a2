package kr.dolbom.sim.device;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs every task on a virtual thread of its own; one platform thread keeps the time of those that are
/// scheduled. MQTT connections keep three tasks each running for as long as they last, so that
/// thousands of them need this. One for a whole fleet; whoever makes it shuts it down.
public final class DeviceThreads extends ScheduledThreadPoolExecutor {
    /// Starts the time keeper, a daemon.
    public DeviceThreads() {
        super(1, Thread.ofPlatform().daemon().name("device-timer").factory());
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public void execute(Runnable task) {
        Thread.ofVirtual().name("device").start(task);
    }

    @Override
    public Future<?> submit(Runnable task) {
        return submit(Executors.callable(task));
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        FutureTask<T> future = new FutureTask<>(task, result);
        execute(future);
        return future;
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        execute(future);
        return future;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(() -> execute(task), delay, unit);
    }
}
