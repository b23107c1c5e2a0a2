package kr.dolbom.caseworker.page;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/// Headers on every answer: nothing but our own files runs or is loaded, nobody frames us, no copy is kept.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SafetyHeaders implements Ordered {

    @ResponseFilter
    void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        response.header("X-Content-Type-Options", "nosniff");
        // Not "no-referrer": with it browsers send "Origin: null" with every form, and nobody could sign in.
        response.header("Referrer-Policy", "same-origin");
        if (!request.getPath().startsWith("/assets/")) {
            response.header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
