package kr.dolbom.caseworker.account;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;
import java.net.URI;
import kr.dolbom.caseworker.problem.ProblemAnswers;

/// Who is not signed in is asked to: REST with 401, people with the page to sign in. Who is and may not gets 403.
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class AuthorizationFailures implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {
    private final ProblemAnswers answers;

    AuthorizationFailures(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
        HttpRequest<?> asked = request;
        if (exception.isForbidden()) {
            return answer(asked, HttpStatus.FORBIDDEN, "This account may not do this.");
        }
        if (ProblemAnswers.isForPrograms(asked)) {
            return answer(asked, HttpStatus.UNAUTHORIZED, "Sign in with HTTP basic: login and password.")
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Dolbom\", charset=\"UTF-8\"");
        }
        boolean wantsPage = asked.getHeaders().accept().stream()
                .anyMatch(type -> type.getName().equals("text/html"));
        return wantsPage
                ? HttpResponse.seeOther(URI.create("/sign-in"))
                : answer(asked, HttpStatus.UNAUTHORIZED, "Sign in first.");
    }

    private MutableHttpResponse<?> answer(HttpRequest<?> request, HttpStatus status, String detail) {
        return answers.processResponse(
                ErrorContext.builder(request).errorMessage(detail).build(), HttpResponse.status(status));
    }
}
