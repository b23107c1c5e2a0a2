package kr.dolbom.caseworker.console.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.trail.AuditFilter;
import org.jspecify.annotations.Nullable;

/// What a form looks for in the audit log.
///
/// @param filter which events
/// @param view `log`: one by one; `residents`: whom an account looked at; `accounts`: who looked at a resident
/// @param before only events with a smaller number; null: from the latest on
record AuditSearch(
        AuditFilter filter, String view, @Nullable Long before) {
    /// What a form says; whole days, the last one included.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when a field is not as expected
    static AuditSearch of(Map<String, String> form, ZoneId zone) {
        String view = text(form, "view");
        String before = text(form, "before");
        if (!before.matches("[0-9]{0,18}")) {
            throw Problem.invalid("before", before, "a whole number");
        }
        return new AuditSearch(
                new AuditFilter(
                        given(form, "account"),
                        id(text(form, "resident")),
                        given(form, "action"),
                        start(form, "from", 0, zone),
                        start(form, "until", 1, zone)),
                view.equals("residents") || view.equals("accounts") ? view : "log",
                before.isEmpty() ? null : Long.valueOf(before));
    }

    /// The same about one resident.
    AuditSearch about(UUID residentId) {
        return new AuditSearch(
                new AuditFilter(filter.account(), residentId, filter.action(), filter.from(), filter.until()),
                view,
                before);
    }

    /// What has to be said before this can be answered, as a key of words; empty for nothing.
    ///
    /// @param name what was typed of a resident's name; empty for nothing
    /// @param isNobody whether nobody has such a name
    String missing(String name, boolean isNobody) {
        if (filter.residentId() == null && !name.isEmpty()) {
            return isNobody ? "audit.none" : "audit.missing.which";
        }
        if (filter.residentId() == null && view.equals("accounts")) {
            return "audit.missing.resident";
        }
        return filter.account() == null && view.equals("residents") ? "audit.missing.account" : "";
    }

    private static String text(Map<String, String> form, String name) {
        return form.getOrDefault(name, "").strip();
    }

    private static @Nullable String given(Map<String, String> form, String name) {
        String text = text(form, name);
        return text.isEmpty() ? null : text;
    }

    private static @Nullable UUID id(String text) {
        try {
            return text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("resident", text);
        }
    }

    private static @Nullable Instant start(Map<String, String> form, String name, int daysLater, ZoneId zone) {
        String text = text(form, name);
        try {
            return text.isEmpty()
                    ? null
                    : LocalDate.parse(text)
                            .plusDays(daysLater)
                            .atStartOfDay(zone)
                            .toInstant();
        } catch (DateTimeException e) {
            throw Problem.invalid(name, text, "a day such as 2026-11-22");
        }
    }
}
