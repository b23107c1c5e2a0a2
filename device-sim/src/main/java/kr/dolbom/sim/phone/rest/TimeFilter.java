package kr.dolbom.sim.phone.rest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import kr.dolbom.sim.phone.http.Form;
import org.jspecify.annotations.Nullable;

/// Twilio's filters `Name=`, `Name>=` and `Name<=` on a moment, in UTC: a day or a second, both ends included.
///
/// @param from first moment that passes
/// @param before first moment that passes no more
record TimeFilter(Instant from, Instant before) {

    static TimeFilter of(Form query, String name) throws TwilioError {
        Optional<Span> exactly = span(query, name);
        // "Name>=x" splits at its first "=" into the name "Name>" and the value.
        Optional<Span> atLeast = span(query, name + ">");
        Optional<Span> atMost = span(query, name + "<");
        return new TimeFilter(
                atLeast.or(() -> exactly).map(Span::from).orElse(Instant.MIN),
                atMost.or(() -> exactly).map(Span::before).orElse(Instant.MAX));
    }

    boolean accepts(@Nullable Instant moment) {
        if (moment == null) {
            return from.equals(Instant.MIN) && before.equals(Instant.MAX);
        }
        return !moment.isBefore(from) && moment.isBefore(before);
    }

    private record Span(Instant from, Instant before) {}

    private static Optional<Span> span(Form query, String name) throws TwilioError {
        Optional<String> written = query.find(name);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            String value = written.get();
            if (value.length() == 10) {
                Instant day =
                        LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
                return Optional.of(new Span(day, day.plus(1, ChronoUnit.DAYS)));
            }
            Instant second = LocalDateTime.parse(value.replaceFirst("Z$", "")).toInstant(ZoneOffset.UTC);
            return Optional.of(new Span(second, second.plusSeconds(1)));
        } catch (DateTimeParseException e) {
            throw TwilioError.refused(
                    20001, "%s is \"%s\", expected YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ".formatted(name, written.get()));
        }
    }
}
