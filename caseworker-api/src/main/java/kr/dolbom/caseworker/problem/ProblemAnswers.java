package kr.dolbom.caseworker.problem;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.micronaut.context.annotation.Primary;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Writes the body of every answer that is an error: problem+json under `/api`, nothing for Twilio, a page for people.
@Singleton
@Primary
public final class ProblemAnswers implements ErrorResponseProcessor<Object> {
    private final Pages pages;

    ProblemAnswers(Pages pages) {
        this.pages = pages;
    }

    /// What an error page says.
    ///
    /// @param words the language
    /// @param status the HTTP status
    /// @param headline what happened
    /// @param advice what to do
    public record ErrorPage(Words words, int status, String headline, String advice) {}

    @Override
    @SuppressWarnings("unchecked") // the answer takes any body
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        HttpStatus status = HttpStatus.valueOf(response.code());
        var answer = (MutableHttpResponse<Object>) response;
        if (isForPrograms(request)) {
            return answer.contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
                    .body(problem(status, context.getRootCause().orElse(null), context.getErrors()));
        }
        if (request.getPath().startsWith("/twilio/")) {
            return answer;
        }
        Words words = PreferredWords.of(request);
        String key = words.has("error." + status.getCode()) ? "error." + status.getCode() : "error.other";
        var page = new ErrorPage(words, status.getCode(), words.text(key), words.text(key + ".advice"));
        return answer.contentType(Pages.HTML).body(pages.render("error.jte", page));
    }

    /// Whether whoever asked reads JSON rather than pages.
    public static boolean isForPrograms(HttpRequest<?> request) {
        return request.getPath().startsWith("/api/");
    }

    private static Problem problem(HttpStatus status, @Nullable Throwable cause, List<Error> errors) {
        return switch (cause) {
            case ProblemException e -> e.problem();
            case ConstraintViolationException e -> {
                List<Problem.FieldError> fields = e.getConstraintViolations().stream()
                        .map(ProblemAnswers::fieldError)
                        .sorted(Comparator.comparing(Problem.FieldError::field))
                        .toList();
                String detail = fields.stream()
                        .map(f -> "%s is '%s', expected %s".formatted(f.field(), f.value(), f.expected()))
                        .collect(Collectors.joining("; "));
                yield Problem.of(status, detail, fields);
            }
            case ConversionErrorException e -> unreadable(status, e);
            case JsonMappingException e -> unreadable(status, e);
            case null, default ->
                Problem.of(
                        status,
                        status.getCode() >= 500
                                ? "The platform failed; nothing was changed. Try again, then ask the operator."
                                : errors.stream().map(Error::getMessage).collect(Collectors.joining("; ")));
        };
    }

    private static Problem unreadable(HttpStatus status, ConversionErrorException e) {
        Throwable cause = e.getConversionError().getCause();
        if (cause instanceof JsonMappingException mapping) {
            return unreadable(status, mapping);
        }
        String field = e.getArgument().getName();
        String given =
                e.getConversionError().getOriginalValue().map(Object::toString).orElse(null);
        String expected = "a value of type " + e.getArgument().getType().getSimpleName();
        return one(status, field, given, expected);
    }

    private static Problem unreadable(HttpStatus status, JsonMappingException e) {
        String field = e.getPath().stream()
                .map(reference ->
                        Objects.requireNonNullElse(reference.getFieldName(), "[" + reference.getIndex() + "]"))
                .collect(Collectors.joining("."));
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                one(status, field, null, "one of " + unknown.getKnownPropertyIds());
            case InvalidFormatException wrong ->
                one(
                        status,
                        field,
                        String.valueOf(wrong.getValue()),
                        "a value of type " + wrong.getTargetType().getSimpleName());
            default -> one(status, field, null, e.getOriginalMessage());
        };
    }

    private static Problem one(HttpStatus status, String field, @Nullable String given, String expected) {
        boolean secret = field.contains("password");
        String value = secret ? null : given;
        return Problem.of(
                status,
                "%s is '%s', expected %s".formatted(field, value, expected),
                List.of(new Problem.FieldError(field, value, expected)));
    }

    private static Problem.FieldError fieldError(ConstraintViolation<?> violation) {
        // The path starts with the method and its parameter; callers know the body's fields alone.
        String field = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .skip(2)
                .map(node -> node.getName())
                .collect(Collectors.joining("."));
        Object value = violation.getInvalidValue();
        boolean secret = field.contains("password");
        return new Problem.FieldError(field, value == null || secret ? null : value.toString(), violation.getMessage());
    }
}
