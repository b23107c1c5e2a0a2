package kr.dolbom.caseworker.account;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.problem.ProblemAnswers;
import org.jspecify.annotations.Nullable;

/// Refuses requests that change something and come from another site's page. Browsers name the page's origin in each of
/// them; programs name none, and bring no cookie.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SameOriginFilter implements Ordered {
    private final PublicAddress address;
    private final ProblemAnswers answers;

    SameOriginFilter(PublicAddress address, ProblemAnswers answers) {
        this.address = address;
        this.answers = answers;
    }

    @RequestFilter
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        boolean changes = !request.getMethod().name().matches("GET|HEAD|OPTIONS");
        if (!changes || isOurOwn(request)) {
            return null;
        }
        return answers.processResponse(
                ErrorContext.builder(request)
                        .errorMessage("The request comes from another site.")
                        .build(),
                HttpResponse.status(HttpStatus.FORBIDDEN));
    }

    private boolean isOurOwn(HttpRequest<?> request) {
        String origin = request.getHeaders().get("Origin");
        if (origin == null) {
            return request.getCookies().findCookie(Sessions.COOKIE).isEmpty();
        }
        String host = request.getHeaders().get("Host");
        return origin.equals(address.origin()) || origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before();
    }
}
