package kr.dolbom.caseworker.console.roster;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.Span;
import org.jspecify.annotations.Nullable;

/// What somebody filled in on the roster's page. What is not as expected is refused with 400, the field named.
///
/// @param fields as they came
record RosterForm(Map<String, String> fields) {
    private static final int MOST_POSITIONS = 100;

    RosterForm {
        fields = Map.copyOf(fields);
    }

    String value(String field) {
        return fields.getOrDefault(field, "").strip();
    }

    UUID uuid(String field) {
        UUID found = findUuid(field);
        if (found == null) {
            throw Problem.invalid(field, value(field), "an entry of the list");
        }
        return found;
    }

    @Nullable UUID findUuid(String field) {
        try {
            return value(field).isEmpty() ? null : UUID.fromString(value(field));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// Of a choice between positions.
    int position() {
        String value = value("position");
        int position = value.matches("\\d{1,3}") ? Integer.parseInt(value) : 0;
        if (position < 1 || position > MOST_POSITIONS) {
            throw Problem.invalid("position", value, "a number from 1 to " + MOST_POSITIONS);
        }
        return position;
    }

    /// From `from` to `to`, by the office's clock.
    Span span(ZoneId zone) {
        LocalDateTime from = local("from");
        LocalDateTime to = local("to");
        if (!to.isAfter(from)) {
            throw Problem.invalid("to", to, "a moment after " + from);
        }
        return new Span(from.atZone(zone).toInstant(), to.atZone(zone).toInstant());
    }

    private LocalDateTime local(String field) {
        try {
            return LocalDateTime.parse(value(field));
        } catch (DateTimeException _) {
            throw Problem.invalid(field, value(field), "a day and a time");
        }
    }

    String text(String field, int most) {
        String value = value(field);
        if (value.isEmpty() || value.length() > most) {
            throw Problem.invalid(field, value, "1 to %d characters".formatted(most));
        }
        return value;
    }

    YearMonth month() {
        try {
            return YearMonth.parse(value("month"));
        } catch (DateTimeException _) {
            throw Problem.invalid("month", value("month"), "a month such as 2026-08");
        }
    }

    /// Where somebody was.
    ///
    /// @param open which form is shown again as it was filled in
    RosterReader.Wish wish(String open) {
        return new RosterReader.Wish(
                findUuid("office"), value("view"), day(), findUuid("first"), null, null, this, open);
    }

    /// The same as an address.
    ///
    /// @param office that they may see
    String address(UUID office) {
        LocalDate day = day();
        return "/roster?office=" + office + "&view=" + (value("view").equals("week") ? "week" : "month")
                + (day == null ? "" : "&day=" + day);
    }

    private @Nullable LocalDate day() {
        try {
            return value("day").isEmpty() ? null : LocalDate.parse(value("day"));
        } catch (DateTimeException _) {
            return null;
        }
    }
}
