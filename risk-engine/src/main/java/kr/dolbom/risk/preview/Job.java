package kr.dolbom.risk.preview;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A question to work out: a row of `risk_preview`.
///
/// @param number of the row
/// @param officeNo of which office
/// @param residentNo about which of its residents; null: all of them
/// @param proposed settings by name, in the database's units; null: no longer set
/// @param from the first moment whose alerts count
/// @param to until when, exclusive
record Job(
        long number,
        int officeNo,
        @Nullable Integer residentNo,
        Map<String, @Nullable Integer> proposed,
        Instant from,
        Instant to) {
    Job {
        proposed = Collections.unmodifiableMap(new HashMap<>(proposed));
    }
}
