package kr.dolbom.risk.sight;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import kr.dolbom.risk.feed.TelemetryRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Homes with more than one device: a home is heard when one of them is. That another is silent
/// meanwhile is told in the log, once for each silence.
final class SeveralDevices {
    private static final Logger LOG = LoggerFactory.getLogger(SeveralDevices.class);
    private static final Duration SILENT_AFTER = Duration.ofHours(2);

    private final Map<Integer, Map<Integer, Instant>> heardByHome = new HashMap<>();
    private final Set<Integer> told = new HashSet<>();

    /// How many devices stand in a home.
    void set(int residentNo, int devices) {
        if (devices > 1) {
            heardByHome.computeIfAbsent(residentNo, _ -> new HashMap<>());
        } else {
            heardByHome.remove(residentNo);
        }
    }

    void heard(TelemetryRow row) {
        if (heardByHome.isEmpty()) {
            return;
        }
        Map<Integer, Instant> heard = heardByHome.get(row.residentNo());
        if (heard == null) {
            return;
        }
        heard.merge(row.deviceNo(), row.receivedAt(), (one, other) -> one.isAfter(other) ? one : other);
        told.remove(row.deviceNo());
        heard.forEach((deviceNo, at) -> {
            if (at.plus(SILENT_AFTER).isBefore(row.receivedAt()) && told.add(deviceNo)) {
                LOG.warn(
                        "A home's devices disagree: one is heard, another is silent; the home counts as heard residentNo={} deviceNo={} silentDeviceNo={} silentSince={}",
                        row.residentNo(),
                        row.deviceNo(),
                        deviceNo,
                        at);
            }
        });
    }
}
