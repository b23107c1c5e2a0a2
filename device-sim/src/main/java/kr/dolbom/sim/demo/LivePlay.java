package kr.dolbom.sim.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import kr.dolbom.sim.device.DeviceThreads;
import kr.dolbom.sim.device.SimulatedDevice;
import kr.dolbom.sim.home.Happening;
import kr.dolbom.sim.home.Timeline;

/// Lets a life go on in real time in front of a device.
final class LivePlay {
    private final SimulatedDevice device;
    private final DeviceThreads threads;
    private final Iterator<Happening> coming;

    private LivePlay(SimulatedDevice device, DeviceThreads threads, Iterator<Happening> coming) {
        this.device = device;
        this.threads = threads;
        this.coming = coming;
    }

    /// Goes on until the life or the threads end.
    static void start(SimulatedDevice device, Timeline life, Instant from, DeviceThreads threads) {
        new LivePlay(device, threads, life.from(from).iterator()).waitForNext();
    }

    private void waitForNext() {
        if (coming.hasNext()) {
            Happening next = coming.next();
            long millis = Math.max(0, Duration.between(Instant.now(), next.at()).toMillis());
            var _ = threads.schedule(
                    () -> {
                        device.notice(next);
                        waitForNext();
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        }
    }
}
