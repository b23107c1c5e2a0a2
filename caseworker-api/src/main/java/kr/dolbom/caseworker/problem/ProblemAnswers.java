package kr.dolbom.caseworker.problem;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.micronaut.context.annotation.Primary;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern REFERER = Pattern.compile("https?://([^/]+)(/(?!/)[A-Za-z0-9._~/?&=%+:-]{0,300})");

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
    /// @param back the page of ours from which it was asked; empty when that is not known
    public record ErrorPage(Words words, int status, String headline, String advice, String back) {}

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
        return context.getRootCause().orElse(null) instanceof ProblemException told
                ? page(request, answer, status, told)
                : page(request, answer, status, "error." + status.getCode());
    }

    /// Refuses a request for a reason that has a page of its own.
    ///
    /// @param key the page's text, `error.…`, with its `….advice`
    /// @param detail what programs are told
    /// @param values fill the places of the page's texts
    public MutableHttpResponse<Object> refuse(
            HttpRequest<?> request, HttpStatus status, String key, String detail, Object... values) {
        MutableHttpResponse<Object> answer = HttpResponse.status(status);
        return isForPrograms(request)
                ? answer.contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE).body(Problem.of(status, detail))
                : page(request, answer, status, key, values);
    }

    private MutableHttpResponse<Object> page(
            HttpRequest<?> request, MutableHttpResponse<Object> answer, HttpStatus status, ProblemException told) {
        Words words = PreferredWords.of(request);
        String key = key(words, "error." + status.getCode());
        return page(
                answer,
                new ErrorPage(
                        words,
                        status.getCode(),
                        told.told(words).orElseGet(() -> words.text(key)),
                        told.advice(words).orElseGet(() -> words.text(key + ".advice")),
                        back(request)));
    }

    /// The page on which the form or the link stands, as the browser tells. Only the path is taken from there.
    private static String back(HttpRequest<?> request) {
        return request.getHeaders()
                .findFirst(HttpHeaders.REFERER)
                .map(REFERER::matcher)
                .filter(Matcher::matches)
                .filter(referer -> referer.group(1).equals(request.getHeaders().get(HttpHeaders.HOST)))
                .map(referer -> referer.group(2))
                .orElse("");
    }

    private MutableHttpResponse<Object> page(
            HttpRequest<?> request,
            MutableHttpResponse<Object> answer,
            HttpStatus status,
            String wanted,
            Object... values) {
        Words words = PreferredWords.of(request);
        String key = key(words, wanted);
        return page(
                answer,
                new ErrorPage(
                        words,
                        status.getCode(),
                        words.text(key, values),
                        words.text(key + ".advice", values),
                        back(request)));
    }

    private MutableHttpResponse<Object> page(MutableHttpResponse<Object> answer, ErrorPage page) {
        return answer.contentType(Pages.HTML).body(pages.render("error.jte", page));
    }

    private static String key(Words words, String wanted) {
        return words.has(wanted) ? wanted : "error.other";
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
