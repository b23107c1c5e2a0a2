package kr.dolbom.caseworker.account.guard;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import kr.dolbom.caseworker.account.ClientAddress;
import kr.dolbom.caseworker.account.Cookies;
import kr.dolbom.caseworker.account.SignedIn;
import kr.dolbom.caseworker.account.session.Sessions;
import kr.dolbom.caseworker.account.session.Stage;
import kr.dolbom.caseworker.account.token.AccessTokens;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.problem.ProblemAnswers;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Recognises programs by their token and people by their session.
@Singleton
final class RequestAuthentication implements AuthenticationFetcher<HttpRequest<?>> {
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final Cookies cookies;
    private final RateLimits limits;
    private final LimitSettings settings;
    private final ClientAddress addresses;
    private final Scheduler threads;

    RequestAuthentication(
            Sessions sessions,
            AccessTokens tokens,
            Cookies cookies,
            RateLimits limits,
            LimitSettings settings,
            ClientAddress addresses,
            @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.cookies = cookies;
        this.limits = limits;
        this.settings = settings;
        this.addresses = addresses;
        this.threads = Schedulers.fromExecutorService(threads);
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        String path = request.getPath();
        boolean isFile = path.startsWith("/assets/") || path.startsWith("/webjars/");
        boolean isKnown = Bearer.find(request).isPresent()
                || cookies.find(request, Cookies.SESSION).isPresent();
        if (isFile || !isKnown) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> {
                    Optional<SignedIn> signedIn = find(request);
                    if (signedIn.isEmpty() && ProblemAnswers.isForPrograms(request)) {
                        countStranger(request);
                    }
                    return signedIn;
                })
                .subscribeOn(threads)
                .flatMap(Mono::justOrEmpty)
                .map(SignedIn::authentication);
    }

    /// A token or a session that is none makes nobody less of a stranger.
    private void countStranger(HttpRequest<?> request) {
        Duration pause = limits.take(RateFilter.sender(RateFilter.STRANGER, request, addresses), settings.stranger());
        if (!pause.isZero()) {
            throw Problem.tooMany("Too many requests. Try again in %s s.".formatted(Problem.seconds(pause)), pause);
        }
    }

    private Optional<SignedIn> find(HttpRequest<?> request) {
        Optional<String> token = Bearer.find(request);
        return token.isPresent()
                ? tokens.find(token.get())
                : sessions.find(request)
                        .filter(session -> session.stage() == Stage.OPEN)
                        .map(session -> new SignedIn(session.account(), session.sessionId(), null));
    }
}
