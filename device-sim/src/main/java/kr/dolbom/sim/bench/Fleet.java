package kr.dolbom.sim.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.contract.topic.TelemetryTopic;
import kr.dolbom.sim.device.DeviceThreads;
import kr.dolbom.sim.stack.StackException;

/// Devices that publish all at once, to one broker.
final class Fleet implements AutoCloseable {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final int CONNECTING_AT_ONCE = 50;

    private final List<BenchDatabase.Device> devices;
    private final List<BenchClient> clients = new ArrayList<>();
    private final DeviceThreads threads = new DeviceThreads();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final long seed;
    private final Supplier<CpuTime> cpu;
    private volatile Latencies latencies = new Latencies();

    /// What came of a time of publishing.
    ///
    /// @param perSecond acknowledged with success, a second
    /// @param p50Millis half of the messages were acknowledged within this time
    /// @param p99Millis 99 of 100 were
    /// @param cpu what it cost
    record Pace(double perSecond, double p50Millis, double p99Millis, CpuTime.Share cpu) {}

    private Fleet(List<BenchDatabase.Device> devices, long seed, Supplier<CpuTime> cpu) {
        this.devices = devices;
        this.seed = seed;
        this.cpu = cpu;
    }

    /// Connects all devices.
    ///
    /// @param cpu asked before and after
    static Fleet connect(int port, List<BenchDatabase.Device> devices, long seed, Supplier<CpuTime> cpu)
            throws InterruptedException {
        Fleet fleet = new Fleet(devices, seed, cpu);
        try (ExecutorService connecting = Executors.newFixedThreadPool(
                CONNECTING_AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<BenchClient>> all = new ArrayList<>();
            for (BenchDatabase.Device device : devices) {
                all.add(connecting.submit(
                        () -> BenchClient.connect(port, device.id(), device.secret(), fleet.threads, fleet::answered)));
            }
            for (Future<BenchClient> one : all) {
                fleet.clients.add(one.get());
            }
            return fleet;
        } catch (ExecutionException e) {
            fleet.close();
            throw e.getCause() instanceof StackException told ? told : new IllegalStateException(e.getCause());
        }
    }

    private void answered(long sentNanos, boolean success) {
        if (success) {
            acknowledged.increment();
            latencies.add(System.nanoTime() - sentNanos);
        } else {
            refused.increment();
        }
    }

    /// How many messages were acknowledged with success since the fleet connected.
    long acknowledged() {
        return acknowledged.sum();
    }

    /// How many were not: refused, or lost with their connection.
    long refused() {
        return refused.sum();
    }

    /// Every device publishes as fast as the broker answers.
    ///
    /// @param warmUp not counted
    Pace saturate(Duration warmUp, Duration duration) throws InterruptedException {
        return publish(Duration.ZERO, warmUp, duration);
    }

    /// All devices together publish evenly.
    ///
    /// @param perSecond how many messages a second
    Pace pace(int perSecond, Duration warmUp, Duration duration) throws InterruptedException {
        return publish(Duration.ofNanos(1_000_000_000L * devices.size() / perSecond), warmUp, duration);
    }

    private Pace publish(Duration every, Duration warmUp, Duration duration) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + warmUp.toNanos() + duration.toNanos();
        try (ExecutorService publishing = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients.size(); i++) {
                int number = i;
                all.add(publishing.submit(() -> {
                    publish(number, begin + every.toNanos() * number / clients.size(), every.toNanos(), end);
                    return null;
                }));
            }
            Thread.sleep(warmUp);
            Latencies measured = new Latencies();
            latencies = measured;
            CpuTime cpuBefore = cpu.get();
            long before = acknowledged.sum();
            long from = System.nanoTime();
            Thread.sleep(Duration.ofNanos(end - from));
            long count = acknowledged.sum() - before;
            double seconds = (System.nanoTime() - from) / 1e9;
            CpuTime.Share share = cpu.get().since(cpuBefore, count);
            for (Future<?> one : all) {
                one.get();
            }
            for (BenchClient client : clients) {
                if (!client.awaitAnswers(LONGEST_ANSWER)) {
                    throw new StackException("Messages were not answered within " + LONGEST_ANSWER.toSeconds() + " s");
                }
            }
            return new Pace(count / seconds, measured.percentileMillis(0.5), measured.percentileMillis(0.99), share);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StackException told ? told : new IllegalStateException(e.getCause());
        }
    }

    private void publish(int number, long begin, long everyNanos, long end) throws InterruptedException {
        BenchClient client = clients.get(number);
        String topic = new TelemetryTopic(new DeviceId(devices.get(number).id()), TelemetryKind.ACTIVITY).text();
        ActivityBodies bodies = new ActivityBodies(seed * 1_000_003 + number);
        long next = begin;
        while (System.nanoTime() < end) {
            if (everyNanos > 0) {
                for (long early = next - System.nanoTime(); early > 0; early = next - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                next += everyNanos;
            }
            client.publish(topic, bodies.next(Instant.now()).body());
        }
    }

    @Override
    public void close() {
        try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
            clients.forEach(client -> closing.execute(client::close));
        }
        threads.shutdownNow();
    }
}
