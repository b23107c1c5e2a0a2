package kr.dolbom.broker.limit;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;

/// How many messages a device may send: a steady rate, and a burst for what it kept while it was
/// offline. A device that goes beyond is not refused, which would be final, but told to come back later.
/// Safe for use by many threads; no call waits.
public final class MessageRate {
    private static final Duration LONGEST_HINT = Duration.ofMinutes(5);

    private final Settings settings;
    private final LongSupplier nanoClock;
    // One for each device that ever was let in, so no more than the registry has.
    private final ConcurrentMap<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    /// The limits.
    ///
    /// @param perSecond the steady rate; 0: no limit
    /// @param burst     how many more at once
    public record Settings(int perSecond, int burst) {
        /// 20 messages a second, and 10,000 at once: what a device gathers in more than a month.
        public static final Settings USUAL = new Settings(20, 10_000);
    }

    /// No device has sent anything yet.
    ///
    /// @param nanoClock as `System.nanoTime`
    public MessageRate(Settings settings, LongSupplier nanoClock) {
        this.settings = settings;
        this.nanoClock = nanoClock;
    }

    /// The reason that a device is told.
    public Fault fault(Duration retryIn) {
        return new Fault(
                Reason.RATE_EXCEEDED,
                "",
                "more than %d messages a second, %d at once; retry in %d s"
                        .formatted(
                                settings.perSecond(),
                                settings.burst(),
                                retryIn.plusMillis(999).toSeconds()));
    }

    /// A device has connected. It may send what a second allows whatever it did before: what was in
    /// flight when it was disconnected comes first again, and an emergency may be behind that.
    public void connected(String deviceId) {
        if (settings.perSecond() > 0) {
            bucket(deviceId).fillUpTo(Math.min(settings.perSecond(), settings.burst()), nanoClock.getAsLong());
        }
    }

    /// Counts a message of a device. An emergency neither counts nor waits.
    ///
    /// @return zero where it may be taken; else how long the device should stay away
    public Duration take(String deviceId, boolean emergency) {
        if (settings.perSecond() == 0 || emergency) {
            return Duration.ZERO;
        }
        Duration untilOne = bucket(deviceId).take(nanoClock.getAsLong());
        if (untilOne.isZero()) {
            return Duration.ZERO;
        }
        // Until a tenth of the burst is there again, so that it is worth coming back.
        Duration worthIt = untilOne.plusMillis(100L * settings.burst() / settings.perSecond());
        return worthIt.compareTo(LONGEST_HINT) > 0 ? LONGEST_HINT : worthIt;
    }

    private TokenBucket bucket(String deviceId) {
        return buckets.computeIfAbsent(
                deviceId,
                unknown -> new TokenBucket(
                        Duration.ofSeconds(1).dividedBy(settings.perSecond()),
                        settings.burst(),
                        nanoClock.getAsLong()));
    }
}
