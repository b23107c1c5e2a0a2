package kr.dolbom.caseworker.account.guard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.filter.ServerFilterPhase;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.account.Cookies;
import kr.dolbom.caseworker.account.Csrf;
import kr.dolbom.caseworker.problem.ProblemAnswers;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/// Demands of every request that changes something in a session that it carries what the pages of that session carry:
/// in the field `_csrf` of a form, or in the header `X-CSRF-Token`. The form to sign in is bound to a cookie of its
/// own.
///
/// Without a session there is nothing to protect: such a request is somebody's who may do what
/// everybody may. A program's token goes before a cookie, and no browser sends it by itself.
@Filter(Filter.MATCH_ALL_PATTERN)
final class CsrfFilter implements HttpServerFilter {
    private static final Pattern FORM = Pattern.compile("(?:^|&)" + Csrf.FIELD + "=([^&]*)");

    /// The field comes first in a form with a file.
    private static final Pattern MULTIPART =
            Pattern.compile("name=\"" + Csrf.FIELD + "\"[^\\r\\n]*(?:\\r\\n[^\\r\\n]+)*\\r\\n\\r\\n([^\\r\\n]*)\\r\\n");

    private final Cookies cookies;
    private final ProblemAnswers answers;

    CsrfFilter(Cookies cookies, ProblemAnswers answers) {
        this.cookies = cookies;
        this.answers = answers;
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        if (isReading(request) || isProvenOtherwise(request)) {
            return chain.proceed(request);
        }
        boolean isSigningIn = isSigningIn(request);
        Optional<String> cookie = cookies.find(request, isSigningIn ? Cookies.SIGN_IN : Cookies.SESSION);
        if (cookie.isEmpty()) {
            return isSigningIn ? Mono.just(refuse(request)) : chain.proceed(request);
        }
        return token(request)
                .filter(token -> Csrf.matches(cookie.get(), token))
                .hasElement()
                .flatMap(isOurOwn -> isOurOwn ? Mono.from(chain.proceed(request)) : Mono.just(refuse(request)));
    }

    private static Mono<String> token(HttpRequest<?> request) {
        String header = request.getHeaders().get(Csrf.HEADER);
        if (header != null || !(request instanceof ServerHttpRequest<?> server)) {
            return Mono.justOrEmpty(header);
        }
        // A copy: the controller reads the body again.
        CloseableByteBody copy = server.byteBody().split(ByteBody.SplitBackpressureMode.FASTEST);
        return Mono.fromFuture(copy.buffer().thenApply(body -> {
                    try (body) {
                        return Optional.ofNullable(field(body.toString(StandardCharsets.UTF_8)));
                    }
                }))
                .flatMap(Mono::justOrEmpty);
    }

    private MutableHttpResponse<?> refuse(HttpRequest<?> request) {
        return answers.refuse(
                request,
                HttpStatus.FORBIDDEN,
                "error.forged",
                "The request does not carry what pages of this session carry. Send it in the header X-CSRF-Token or the "
                        + "field _csrf; programs use a token of POST /api/v1/tokens.");
    }

    private static @Nullable String field(String body) {
        Matcher form = FORM.matcher(body);
        if (form.find()) {
            return URLDecoder.decode(form.group(1), StandardCharsets.UTF_8);
        }
        Matcher multipart = MULTIPART.matcher(body);
        return multipart.find() ? multipart.group(1) : null;
    }

    static boolean isReading(HttpRequest<?> request) {
        return request.getMethodName().matches("GET|HEAD|OPTIONS");
    }

    private static boolean isSigningIn(HttpRequest<?> request) {
        String path = request.getPath();
        return path.equals("/sign-in") || path.startsWith("/sign-in/");
    }

    /// By a token, or by a link that nobody else has: the cookie proves nothing there.
    private static boolean isProvenOtherwise(HttpRequest<?> request) {
        return Bearer.find(request).isPresent() || request.getPath().startsWith("/a/");
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before() + 1;
    }
}
