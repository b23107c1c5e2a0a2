package kr.dolbom.broker.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How much may be sent and how many may connect, at any start of a clock that may overflow.
class LimitsTest {
    private long now = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos();

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private int takeAll(MessageRate rate, String device, int messages) {
        int taken = 0;
        for (int i = 0; i < messages; i++) {
            taken += rate.take(device, false).isZero() ? 1 : 0;
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 3_000_000_000L, Long.MIN_VALUE, -5})
    void aFullBucketGivesItsDepthAtOnceAndThenATokenAnInterval(long start) {
        now = start;
        TokenBucket bucket = new TokenBucket(Duration.ofMillis(50), 100, now);

        assertEquals(
                100,
                IntStream.range(0, 1_000).filter(i -> bucket.take(now).isZero()).count());
        assertEquals(Duration.ofMillis(50), bucket.take(now));
        pass(Duration.ofMillis(20));
        assertEquals(Duration.ofMillis(30), bucket.take(now));
        pass(Duration.ofMillis(30));
        assertEquals(Duration.ZERO, bucket.take(now));
        assertEquals(Duration.ofMillis(50), bucket.take(now));
        pass(Duration.ofSeconds(10));
        assertEquals(
                100,
                IntStream.range(0, 1_000).filter(i -> bucket.take(now).isZero()).count());
    }

    @Test
    void noTokenIsGivenTwiceToManyThreads() throws Exception {
        TokenBucket bucket = new TokenBucket(Duration.ofMillis(50), 10_000, now);
        AtomicInteger taken = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 5_000; n++) {
                    if (bucket.take(now).isZero()) {
                        taken.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(10_000, taken.get());
    }

    @Test
    void aDeviceMaySendItsBufferedHistoryAtOnceAndThenAtTheSteadyRate() {
        MessageRate rate = new MessageRate(MessageRate.Settings.USUAL, () -> now);

        assertEquals(10_000, takeAll(rate, "a", 12_000));
        assertEquals(1, takeAll(rate, "b", 1), "another device has its own");
        pass(Duration.ofSeconds(1));
        assertEquals(20, takeAll(rate, "a", 100));
    }

    @Test
    void anEmergencyNeitherCountsNorWaits() {
        MessageRate rate = new MessageRate(new MessageRate.Settings(1, 5), () -> now);

        assertEquals(
                Duration.ZERO,
                Collections.max(IntStream.range(0, 100)
                        .mapToObj(i -> rate.take("a", true))
                        .toList()));
        assertEquals(5, takeAll(rate, "a", 6));
        assertEquals(Duration.ZERO, rate.take("a", true));
    }

    @Test
    void theHintIsUntilATenthOfTheBurstIsThereAgainAndFiveMinutesAtMost() {
        MessageRate usual = new MessageRate(MessageRate.Settings.USUAL, () -> now);
        takeAll(usual, "a", 10_000);
        Duration hint = usual.take("a", false);
        assertEquals(Duration.ofMillis(50_050), hint);
        assertEquals(
                "rate-exceeded DC-CON-016: more than 20 messages a second, 10000 at once; retry in 51 s",
                usual.fault(hint).reasonString());

        pass(hint);
        assertEquals(1_001, takeAll(usual, "a", 2_000));

        MessageRate slow = new MessageRate(new MessageRate.Settings(1, 1_000_000), () -> now);
        takeAll(slow, "a", 1_000_000);
        assertEquals(Duration.ofMinutes(5), slow.take("a", false));
    }

    @Test
    void aDeviceThatComesBackTooEarlyMaySendWhatASecondAllows() {
        MessageRate rate = new MessageRate(MessageRate.Settings.USUAL, () -> now);
        assertEquals(10_000, takeAll(rate, "a", 10_000));

        rate.connected("a");

        assertEquals(20, takeAll(rate, "a", 100));
        rate.connected("b");
        assertEquals(10_000, takeAll(rate, "b", 20_000), "and loses nothing by it");
    }

    @Test
    void zeroIsNoLimit() {
        assertEquals(50_000, takeAll(new MessageRate(new MessageRate.Settings(0, 1), () -> now), "a", 50_000));
        ConnectionRate connections = new ConnectionRate(0, () -> now);
        assertEquals(
                50_000,
                IntStream.range(0, 50_000)
                        .filter(i -> connections.take().isZero())
                        .count());
    }

    /// A district of 1,000 devices whose mains come back in the same moment, with 120 connections a
    /// minute: each waits as long as it was told and tries again.
    @Test
    void whoeverComesBackWhenTheyWereToldGetsIn() {
        ConnectionRate rate = new ConnectionRate(120, () -> now);
        List<Duration> waits =
                IntStream.range(0, 1_000).mapToObj(i -> rate.take()).toList();
        assertEquals(120, waits.stream().filter(Duration::isZero).count());
        assertEquals(Duration.ofMinutes(5), Collections.max(waits), "the longest that anybody is told");
        // 880 devices at two a second; five minutes hold 600 of them.
        assertEquals(
                599,
                waits.stream()
                        .filter(wait -> !wait.isZero() && wait.compareTo(Duration.ofMinutes(5)) < 0)
                        .distinct()
                        .count());

        List<Duration> hints = new ArrayList<>(
                waits.stream().filter(wait -> !wait.isZero()).sorted().toList());
        long start = now;
        int tries = 0;
        while (!hints.isEmpty()) {
            Duration next = hints.removeFirst();
            now = start + next.toNanos();
            Duration again = rate.take();
            tries++;
            if (!again.isZero()) {
                hints.add(next.plus(again));
                Collections.sort(hints);
            }
        }

        assertTrue(tries <= 2 * 880, "each came back twice at most on average, " + tries + " in all");
        // No faster than the limit allows: 880 at two a second.
        assertTrue(now - start >= Duration.ofSeconds(440).toNanos());
        assertTrue(now - start <= Duration.ofSeconds(900).toNanos(), Duration.ofNanos(now - start)::toString);
    }
}
