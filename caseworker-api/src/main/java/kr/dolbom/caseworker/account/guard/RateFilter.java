package kr.dolbom.caseworker.account.guard;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.time.Duration;
import kr.dolbom.caseworker.account.ClientAddress;
import kr.dolbom.caseworker.account.Cookies;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.problem.ProblemAnswers;
import org.jspecify.annotations.Nullable;

/// Lets nobody ask too often where asking often is how things are guessed, before anything is worked
/// out: signing in, one-time links, and REST without a token. Who has one that is good is
/// counted by account ([AccountRateFilter]), who brings an invented one as a stranger ([RequestAuthentication]).
/// Webhooks, pages and the event stream are not counted.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RateFilter implements Ordered {
    static final String STRANGER = "stranger";

    private final RateLimits limits;
    private final LimitSettings settings;
    private final ClientAddress addresses;
    private final Cookies cookies;
    private final ProblemAnswers answers;

    RateFilter(
            RateLimits limits,
            LimitSettings settings,
            ClientAddress addresses,
            Cookies cookies,
            ProblemAnswers answers) {
        this.limits = limits;
        this.settings = settings;
        this.addresses = addresses;
        this.cookies = cookies;
        this.answers = answers;
    }

    @RequestFilter
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        String path = request.getPath();
        // Whoever comes back from the city's own sign-in brings a code, and comes by GET.
        boolean isProof = path.startsWith("/sign-in/city")
                || (request.getMethodName().equals("POST")
                        && (path.startsWith("/sign-in")
                                || path.equals("/api/v1/tokens")
                                || path.equals("/api/v1/password")));
        if (isProof) {
            return count(request, "sign-in", settings.signIn());
        }
        if (path.startsWith("/a/")) {
            return count(request, "link", settings.link());
        }
        boolean isStranger = Bearer.find(request).isEmpty()
                && cookies.find(request, Cookies.SESSION).isEmpty();
        return ProblemAnswers.isForPrograms(request) && isStranger
                ? count(request, STRANGER, settings.stranger())
                : null;
    }

    private @Nullable HttpResponse<?> count(HttpRequest<?> request, String what, int perMinute) {
        return verdict(request, answers, limits.take(sender(what, request, addresses), perMinute));
    }

    /// By what requests of strangers are counted together.
    static String sender(String what, HttpRequest<?> request, ClientAddress addresses) {
        return what + " " + ClientAddress.network(addresses.of(request));
    }

    static @Nullable HttpResponse<?> verdict(HttpRequest<?> request, ProblemAnswers answers, Duration pause) {
        if (pause.isZero()) {
            return null;
        }
        String seconds = Problem.seconds(pause);
        return answers.refuse(
                        request,
                        HttpStatus.TOO_MANY_REQUESTS,
                        "error.429",
                        "Too many requests. Try again in %s s.".formatted(seconds),
                        seconds)
                .header(HttpHeaders.RETRY_AFTER, seconds);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before() - 1;
    }
}
