package kr.dolbom.sim.phone.line;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How Twilio writes moments: RFC 2822 in UTC, with two digits for the day.
public final class TwilioTime {
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

    private TwilioTime() {}

    /// `Sat, 22 Nov 2025 02:09:00 +0000`.
    public static String format(Instant moment) {
        return RFC_2822.format(moment);
    }
}
