package kr.dolbom.caseworker.trail;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which events are wanted; null leaves open.
///
/// @param account whose, by login
/// @param residentId about whom
/// @param action what was done, such as `alert-read`; with a `*` at its end everything that begins so
/// @param from from this moment on
/// @param until before this moment
public record AuditFilter(
        @Nullable String account,
        @Nullable UUID residentId,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant until) {
    /// Everything.
    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);

    /// What is asked for, as it is noted that it was read.
    public Map<String, String> detail() {
        Map<String, String> detail = new HashMap<>();
        put(detail, "account", account);
        put(detail, "resident", residentId);
        put(detail, "action", action);
        put(detail, "from", from);
        put(detail, "until", until);
        return detail;
    }

    private static void put(Map<String, String> detail, String name, @Nullable Object value) {
        if (value != null) {
            detail.put(name, value.toString());
        }
    }
}
