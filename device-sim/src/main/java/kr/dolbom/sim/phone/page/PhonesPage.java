package kr.dolbom.sim.phone.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import kr.dolbom.sim.phone.http.WebExchange;

/// Hands out the page's own files.
public final class PhonesPage implements HttpHandler {
    /// Where the page is.
    public static final String PATH = "/phones";

    private record Resource(String file, String type) {}

    private static final Map<String, Resource> RESOURCES = Map.of(
            PATH,
            new Resource("phones.html", "text/html; charset=utf-8"),
            PATH + "/",
            new Resource("phones.html", "text/html; charset=utf-8"),
            PATH + "/phones.css",
            new Resource("phones.css", "text/css; charset=utf-8"),
            PATH + "/phones.js",
            new Resource("phones.js", "text/javascript; charset=utf-8"),
            PATH + "/phone.svg",
            new Resource("phone.svg", "image/svg+xml"));

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        WebExchange web = new WebExchange(exchange);
        Resource resource = RESOURCES.get(web.path());
        if (resource == null || !(web.method().equals("GET") || web.method().equals("HEAD"))) {
            web.problem(JsonNodeFactory.instance
                    .objectNode()
                    .put("status", 404)
                    .put(
                            "detail",
                            "There is no %s %s; the phones are at %s".formatted(web.method(), web.path(), PATH)));
            return;
        }
        web.with("Cache-Control", "no-cache")
                .with(
                        "Content-Security-Policy",
                        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .with("Referrer-Policy", "no-referrer")
                .with("X-Content-Type-Options", "nosniff")
                .reply(200, resource.type(), read(resource.file()));
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = PhonesPage.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        }
    }
}
