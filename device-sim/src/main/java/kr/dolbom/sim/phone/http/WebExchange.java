package kr.dolbom.sim.phone.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// One request and its answer.
public final class WebExchange {
    private static final int MOST_BYTES = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpExchange exchange;

    /// Wraps the JDK's exchange; the handler ends it by one of the `reply` methods or by [#breakOff()].
    public WebExchange(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /// GET, POST and so on.
    public String method() {
        return exchange.getRequestMethod();
    }

    /// The path as it was sent, still percent-encoded.
    public String path() {
        return exchange.getRequestURI().getRawPath();
    }

    /// The decoded parts of the path after a prefix; a plus sign stays one.
    public List<String> partsAfter(String prefix) {
        String rest = path().substring(prefix.length());
        return Arrays.stream(rest.split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    /// What stands after the question mark.
    public Form query() {
        return Form.parse(exchange.getRequestURI().getRawQuery());
    }

    /// A request header, empty when absent.
    public String header(String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    /// The form in the body.
    public Form form() throws IOException {
        return Form.parse(new String(body(), StandardCharsets.UTF_8));
    }

    /// The JSON object in the body; an empty body is an empty object.
    ///
    /// @throws IllegalArgumentException when it is no JSON object
    public JsonNode json() throws IOException {
        byte[] body = body();
        JsonNode json;
        try {
            json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The body is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException("The body is JSON but no object");
        }
        return json;
    }

    /// Sets a header of the answer.
    public WebExchange with(String header, String value) {
        exchange.getResponseHeaders().set(header, value);
        return this;
    }

    /// Answers with JSON.
    public void reply(int status, JsonNode json) throws IOException {
        reply(status, "application/json; charset=utf-8", JSON.writeValueAsBytes(json));
    }

    /// Answers with problem+json (RFC 9457); its `status` is the status of the answer.
    public void problem(JsonNode problem) throws IOException {
        reply(
                problem.path("status").asInt(),
                "application/problem+json; charset=utf-8",
                JSON.writeValueAsBytes(problem));
    }

    /// Answers with bytes.
    public void reply(int status, String contentType, byte[] body) throws IOException {
        with("Content-Type", contentType);
        boolean head = method().equals("HEAD");
        exchange.sendResponseHeaders(status, body.length == 0 || head ? -1 : body.length);
        if (body.length > 0 && !head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /// Closes the connection without an answer.
    public void breakOff() {
        exchange.close();
    }

    /// The body as it came.
    public byte[] body() throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                throw new IllegalArgumentException("The body is larger than %d bytes".formatted(MOST_BYTES));
            }
            return body;
        }
    }
}
