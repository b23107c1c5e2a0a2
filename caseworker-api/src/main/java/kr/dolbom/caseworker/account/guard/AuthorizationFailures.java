package kr.dolbom.caseworker.account.guard;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.account.Cookies;
import kr.dolbom.caseworker.account.WayBack;
import kr.dolbom.caseworker.problem.ProblemAnswers;

/// Who is not signed in is asked to: REST with 401, people with the page to sign in. Who is and may not gets 403.
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class AuthorizationFailures implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {
    private static final String NONE = "Send a token: Authorization: Bearer TOKEN. POST /api/v1/tokens gives one.";
    private static final String OVER = "The token is over or was taken back. POST /api/v1/tokens gives another one.";
    private static final String INVALID = ", error=\"invalid_token\"";
    private static final String SIGN_IN = "Sign in first.";

    private final Cookies cookies;
    private final ProblemAnswers answers;

    AuthorizationFailures(Cookies cookies, ProblemAnswers answers) {
        this.cookies = cookies;
        this.answers = answers;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
        HttpRequest<?> asked = request;
        if (exception.isForbidden()) {
            String detail = ProblemAnswers.isForPrograms(asked) ? roles(asked) : "";
            return answer(asked, HttpStatus.FORBIDDEN, "This account may not do this." + detail);
        }
        if (ProblemAnswers.isForPrograms(asked)) {
            boolean isOver = Bearer.find(asked).isPresent();
            return answer(asked, HttpStatus.UNAUTHORIZED, isOver ? OVER : NONE)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Dolbom\"" + (isOver ? INVALID : ""));
        }
        boolean wantsPage = asked.getHeaders().accept().stream()
                .anyMatch(type -> type.getName().equals("text/html"));
        if (asked.getHeaders().contains("HX-Request")) {
            // A part of a page cannot show the page to sign in; the whole page goes there.
            return answer(asked, HttpStatus.UNAUTHORIZED, SIGN_IN)
                    .header("HX-Redirect", signIn(asked, pageOf(asked)).toString());
        }
        return wantsPage
                ? HttpResponse.seeOther(signIn(
                        asked,
                        asked.getMethodName().equals("GET") ? asked.getUri().toString() : "/"))
                : answer(asked, HttpStatus.UNAUTHORIZED, SIGN_IN);
    }

    /// Whose accounts may.
    private static String roles(HttpRequest<?> request) {
        String roles = RouteAttributes.getRouteMatch(request).stream()
                .flatMap(route -> Arrays.stream(route.getAnnotationMetadata().stringValues(Secured.class)))
                .collect(Collectors.joining(" or "));
        return roles.isEmpty() ? "" : " It takes the role " + roles + ".";
    }

    /// The page on which a script asked.
    private static String pageOf(HttpRequest<?> request) {
        String page = request.getHeaders().get("HX-Current-URL");
        return page == null ? "/" : page.replaceFirst("^https?://[^/]*", "");
    }

    private URI signIn(HttpRequest<?> request, String page) {
        UriBuilder uri = UriBuilder.of("/sign-in");
        if (cookies.find(request, Cookies.SESSION).isPresent()) {
            uri.queryParam("ended", "1");
        }
        String way = WayBack.of(page);
        return way.equals("/") ? uri.build() : uri.queryParam("to", way).build();
    }

    private MutableHttpResponse<?> answer(HttpRequest<?> request, HttpStatus status, String detail) {
        return answers.processResponse(
                ErrorContext.builder(request).errorMessage(detail).build(), HttpResponse.status(status));
    }
}
