package kr.dolbom.caseworker.problem;

import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import jakarta.inject.Singleton;
import kr.dolbom.caseworker.database.DatabaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database that is away or refuses is nobody's mistake but ours: 503.
@Singleton
final class DatabaseExceptionHandler implements ExceptionHandler<DatabaseException, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseExceptionHandler.class);

    private final ProblemAnswers answers;

    DatabaseExceptionHandler(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<?> handle(HttpRequest request, DatabaseException exception) {
        // Not the path as it was asked for: that of a one-time link holds what opens it.
        String route =
                BasicHttpAttributes.getUriTemplate((HttpRequest<?>) request).orElse("-");
        LOG.error("The database failed method={} route={}", request.getMethod(), route, exception);
        return answers.processResponse(
                ErrorContext.builder(request).cause(exception).build(),
                HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE));
    }
}
