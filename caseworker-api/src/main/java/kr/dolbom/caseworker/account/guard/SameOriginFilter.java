package kr.dolbom.caseworker.account.guard;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.account.Cookies;
import kr.dolbom.caseworker.problem.ProblemAnswers;
import org.jspecify.annotations.Nullable;

/// Refuses requests that change something and come from another site's page. Browsers name the page's origin in each of
/// them; programs name none, and bring no cookie.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SameOriginFilter implements Ordered {
    private final PublicAddress address;
    private final Cookies cookies;
    private final ProblemAnswers answers;

    SameOriginFilter(PublicAddress address, Cookies cookies, ProblemAnswers answers) {
        this.address = address;
        this.cookies = cookies;
        this.answers = answers;
    }

    @RequestFilter
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        if (CsrfFilter.isReading(request) || isOurOwn(request)) {
            return null;
        }
        return answers.refuse(request, HttpStatus.FORBIDDEN, "error.forged", "The request comes from another site.");
    }

    private boolean isOurOwn(HttpRequest<?> request) {
        String origin = request.getHeaders().get("Origin");
        if (origin == null) {
            return cookies.find(request, Cookies.SESSION).isEmpty();
        }
        String host = request.getHeaders().get("Host");
        return origin.equals(address.origin()) || origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before();
    }
}
