package kr.dolbom.risk.resident;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time zone of an office, in which its residents' hours of the day are counted.
public final class OfficeZone {
    private static final Logger LOG = LoggerFactory.getLogger(OfficeZone.class);
    private static final ZoneId KOREA = ZoneId.of("Asia/Seoul");

    private OfficeZone() {}

    /// The zone of this name; Korea's, with a line in the log, where there is none.
    public static ZoneId of(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            LOG.warn("An office's time zone is unknown, taking Asia/Seoul zone={} reason={}", name, e.getMessage());
            return KOREA;
        }
    }
}
