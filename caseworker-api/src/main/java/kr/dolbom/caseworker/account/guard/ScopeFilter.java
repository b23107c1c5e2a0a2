package kr.dolbom.caseworker.account.guard;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import java.util.Optional;
import kr.dolbom.caseworker.account.SignedIn;
import kr.dolbom.caseworker.account.token.Scopes;
import kr.dolbom.caseworker.problem.ProblemAnswers;
import org.jspecify.annotations.Nullable;

/// Lets a program do only what its token is for.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ScopeFilter implements Ordered {
    private final ProblemAnswers answers;

    ScopeFilter(ProblemAnswers answers) {
        this.answers = answers;
    }

    @RequestFilter
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        Optional<String> scopes = SignedIn.find(request).map(SignedIn::scopes);
        boolean isOpen = request.getPath().matches("/(health|openapi)(/.*)?");
        if (scopes.isEmpty() || isOpen || RouteAttributes.getRouteMatch(request).isEmpty()) {
            return null;
        }
        Optional<String> needed = Scopes.of(request.getMethodName(), request.getPath());
        if (needed.filter(scope -> Scopes.allow(scopes.get(), scope)).isPresent()) {
            return null;
        }
        String detail = needed.map(
                        scope -> "The token lacks the scope %s; it has %s. Ask for one with it: POST /api/v1/tokens."
                                .formatted(scope, scopes.get()))
                .orElse("This page is for people who signed in, not for programs with a token.");
        return answers.refuse(request, HttpStatus.FORBIDDEN, "error.403", detail)
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer realm=\"Dolbom\", error=\"insufficient_scope\", scope=\"%s\""
                                .formatted(needed.orElse("")));
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }
}
