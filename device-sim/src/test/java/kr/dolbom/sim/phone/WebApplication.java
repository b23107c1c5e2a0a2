package kr.dolbom.sim.phone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The application whose webhooks are called: it answers with what a test laid out and remembers what it was asked.
final class WebApplication implements AutoCloseable {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpServer server;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    record Reply(int status, @Nullable String contentType, String body) {}

    record Asked(
            String method,
            String path,
            String url,
            Map<String, String> query,
            Map<String, String> form,
            String body,
            String signature,
            String alimTalkSignature) {
        String value(String name) {
            return form.getOrDefault(name, "");
        }
    }

    WebApplication() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2048);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void answer(String path, String twiml) {
        replies.put(path, new Reply(200, "text/xml", twiml));
    }

    void answer(String path, Reply reply) {
        replies.put(path, reply);
    }

    synchronized List<Asked> asked(String path) {
        return asked.stream().filter(a -> a.path().equals(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        synchronized (this) {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    path,
                    url(exchange.getRequestURI().toString()),
                    decode(exchange.getRequestURI().getRawQuery()),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))
                                    .startsWith(FORM)
                            ? decode(body)
                            : Map.of(),
                    body,
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Twilio-Signature")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-AlimTalk-Signature"))));
        }
        Reply reply = replies.getOrDefault(path, new Reply(204, null, ""));
        if (reply.contentType() != null) {
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static Map<String, String> decode(@Nullable String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        if (encoded == null || encoded.isEmpty()) {
            return values;
        }
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            values.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return new HashMap<>(values);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
