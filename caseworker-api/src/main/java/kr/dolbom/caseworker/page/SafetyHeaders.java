package kr.dolbom.caseworker.page;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import kr.dolbom.caseworker.PublicAddress;

/// Headers on every answer: nothing but our own files runs or is loaded, nobody frames us, no
/// browser and no proxy keeps a copy by itself. The one copy that our own service worker (`sw.js`)
/// keeps is the last list of alerts, to be read without a connection: no longer than a session
/// lives, and not beyond the next sign-in or sign-out.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SafetyHeaders implements Ordered {
    /// The one page that looks through a camera, for the code on a device's box.
    private static final String SCANNER = "/fleet/enrol";

    private final boolean isSecure;

    SafetyHeaders(PublicAddress address) {
        isSecure = address.isSecure();
    }

    @ResponseFilter
    void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
        // The viewer of the REST document draws its own signs.
        String images = request.getPath().equals("/openapi") ? "img-src 'self' data:; " : "img-src 'self'; ";
        response.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; " + images + "connect-src 'self'; "
                        + "worker-src 'self'; manifest-src 'self'; "
                        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        response.header("X-Content-Type-Options", "nosniff");
        response.header("Cross-Origin-Opener-Policy", "same-origin");
        response.header("Cross-Origin-Resource-Policy", "same-origin");
        response.header(
                "Permissions-Policy",
                "camera=(" + (request.getPath().equals(SCANNER) ? "self" : "")
                        + "), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), "
                        + "display-capture=(), browsing-topics=()");
        if (isSecure) {
            response.header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        // Not "no-referrer": with it browsers send "Origin: null" with every form, and nobody could sign in.
        response.header("Referrer-Policy", "same-origin");
        if (!request.getPath().startsWith("/assets/") && !request.getPath().startsWith("/webjars/")) {
            response.header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
