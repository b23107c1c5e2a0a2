package kr.dolbom.caseworker.account.guard;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import kr.dolbom.caseworker.account.SignedIn;
import kr.dolbom.caseworker.problem.ProblemAnswers;
import org.jspecify.annotations.Nullable;

/// Lets no account use REST so often that others wait for it.
@ServerFilter("/api/**")
final class AccountRateFilter implements Ordered {
    private final RateLimits limits;
    private final LimitSettings settings;
    private final ProblemAnswers answers;

    AccountRateFilter(RateLimits limits, LimitSettings settings, ProblemAnswers answers) {
        this.limits = limits;
        this.settings = settings;
        this.answers = answers;
    }

    @RequestFilter
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        return SignedIn.find(request)
                .map(one -> limits.take("rest " + one.account().accountNo(), settings.rest()))
                .map(pause -> RateFilter.verdict(request, answers, pause))
                .orElse(null);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after() + 1;
    }
}
