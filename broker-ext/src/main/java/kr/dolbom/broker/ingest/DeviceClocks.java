package kr.dolbom.broker.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import kr.dolbom.contract.time.ObservedTime;
import kr.dolbom.contract.time.Timeliness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far the clock of each connected device is off, as it said by the birth status that begins its connection. Safe
/// for use by many threads.
public final class DeviceClocks {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceClocks.class);

    private final ConcurrentMap<String, Duration> offsets = new ConcurrentHashMap<>();

    /// Knows no clock yet.
    public DeviceClocks() {}

    /// A device begins a connection; what it said of its clock before counts no more.
    public void begin(String deviceId) {
        offsets.remove(deviceId);
    }

    /// When a message happened.
    ObservedTime observe(String deviceId, TelemetryMessage message, Instant now) {
        Instant time = message.time().toInstant();
        if (message.data() instanceof Status status && status.state() == Status.State.BIRTH) {
            learn(deviceId, ObservedTime.offset(time, now));
        }
        return ObservedTime.of(time, now, offsets.get(deviceId), message.data() instanceof Emergency);
    }

    /// A birth that is sent again tells an old time, and so too large an offset: the smallest is the true one.
    private void learn(String deviceId, Duration offset) {
        Duration known = offsets.merge(deviceId, offset, (one, other) -> one.compareTo(other) < 0 ? one : other);
        if (known.abs().compareTo(Timeliness.MOST_SKEW) > 0) {
            LOG.warn("A device's clock is wrong device={} offset={}", deviceId, known);
        }
    }
}
