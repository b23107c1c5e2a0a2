package kr.dolbom.caseworker.problem;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What went wrong, as RFC 9457 writes it.
///
/// @param type always `about:blank`: the status says the kind
/// @param title the status in words
/// @param status the HTTP status
/// @param detail what happened and what to do
/// @param errors one entry for each field that is not as expected; empty when it is not about fields
@Introspected
public record Problem(String type, String title, int status, String detail, List<FieldError> errors) {

    /// A field that is not as expected.
    ///
    /// @param field its name, with dots for what is inside
    /// @param value what was given; null when it is missing or a secret
    /// @param expected what would be right
    @Introspected
    public record FieldError(String field, @Nullable String value, String expected) {}

    /// A problem without fields.
    static Problem of(HttpStatus status, String detail) {
        return new Problem("about:blank", status.getReason(), status.getCode(), detail, List.of());
    }

    /// Fields that are not as expected.
    static Problem of(HttpStatus status, String detail, List<FieldError> errors) {
        return new Problem("about:blank", status.getReason(), status.getCode(), detail, List.copyOf(errors));
    }

    /// 400: one field is not as expected.
    public static ProblemException invalid(String field, @Nullable Object value, String expected) {
        String text = value == null ? null : value.toString();
        return new ProblemException(of(
                HttpStatus.BAD_REQUEST,
                "%s is '%s', expected %s".formatted(field, text, expected),
                List.of(new FieldError(field, text, expected))));
    }

    /// 404: there is nothing with this id.
    public static ProblemException notFound(String what, UUID id) {
        return notFound(what, id.toString());
    }

    /// 404: there is nothing with this id.
    public static ProblemException notFound(String what, String id) {
        return new ProblemException(of(HttpStatus.NOT_FOUND, "There is no %s %s.".formatted(what, id)));
    }

    /// 401: who asks did not prove who they are.
    public static ProblemException unauthorized(String detail) {
        return new ProblemException(of(HttpStatus.UNAUTHORIZED, detail));
    }

    /// 403: this account may not do it.
    public static ProblemException forbidden(String detail) {
        return new ProblemException(of(HttpStatus.FORBIDDEN, detail));
    }

    /// 429: too many attempts or requests.
    ///
    /// @param pause after how long one may try again
    public static ProblemException tooMany(String detail, Duration pause) {
        return new ProblemException(of(HttpStatus.TOO_MANY_REQUESTS, detail), Map.of("Retry-After", seconds(pause)));
    }

    /// A pause as `Retry-After` has it: whole seconds, at least one.
    public static String seconds(Duration pause) {
        return Long.toString(Math.max(1, pause.plusMillis(999).toSeconds()));
    }

    /// 409: something else is there already.
    public static ProblemException conflict(String detail) {
        return new ProblemException(of(HttpStatus.CONFLICT, detail));
    }

    /// 409: something else is there already, which a page tells in its own words.
    ///
    /// @param key of the text for people
    /// @param values fill its places
    public static ProblemException conflict(String detail, String key, Object... values) {
        return new ProblemException(of(HttpStatus.CONFLICT, detail), key, List.of(values));
    }

    /// 409: there is no office yet to which anything could belong.
    public static ProblemException noOffice() {
        return conflict("There is no office yet; an operator adds one first.", "error.no-office");
    }

    /// 409: a field's value is taken already.
    public static ProblemException duplicate(String field, String value) {
        return new ProblemException(of(
                HttpStatus.CONFLICT,
                "%s '%s' is taken".formatted(field, value),
                List.of(new FieldError(field, value, "a value that is not taken"))));
    }
}
