package kr.dolbom.sim.phone.alimtalk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kr.dolbom.sim.phone.http.WebExchange;
import kr.dolbom.sim.phone.line.PhoneNumbers;

/// The provider's HTTP API. Thread-safe.
///
/// | Request under `/alimtalk/v1` | Meaning |
/// |---|---|
/// | `POST messages` | sends; 202 with the message, also when its reference is known already: then nothing is sent |
/// | `GET messages/{id}` | how far it came |
///
/// Both need `Authorization: Bearer KEY`. A message is told to its `webhook` once, when it was delivered or failed.
public final class AlimTalkApi implements HttpHandler {
    /// Where the API begins.
    public static final String PREFIX = "/alimtalk/v1";

    private static final Duration LONGEST_HANG = Duration.ofMinutes(10);

    private final AlimTalk provider;
    private final String key;

    /// @param provider what the API commands
    /// @param key the secret that clients log in with
    public AlimTalkApi(AlimTalk provider, String key) {
        this.provider = provider;
        this.key = key;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        WebExchange web = new WebExchange(exchange);
        try {
            authenticate(web);
            List<String> parts = web.partsAfter(PREFIX);
            switch (web.method() + " " + String.join("/", parts.subList(0, Math.min(1, parts.size()))) + " "
                    + parts.size()) {
                case "POST messages 1" -> send(web);
                case "GET messages 2" ->
                    web.reply(
                            200,
                            json(provider.find(parts.get(1))
                                    .orElseThrow(() ->
                                            new Refusal(404, "not-found", "There is no message " + parts.get(1)))));
                default -> throw new Refusal(404, "not-found", "There is no %s %s".formatted(web.method(), web.path()));
            }
        } catch (Refusal e) {
            web.reply(e.status, e.json());
        } catch (IllegalArgumentException e) {
            web.reply(400, new Refusal(400, "invalid", String.valueOf(e.getMessage())).json());
        }
    }

    /// What the API and webhooks tell of a message.
    public static ObjectNode json(AlimTalkMessage message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", message.id())
                .put("reference", message.reference())
                .put("to", message.to())
                .put("template", message.template())
                .put("text", message.text())
                .put("link", message.link())
                .put("status", message.status().word())
                .put("reason", message.reason())
                .put("acceptedAt", message.acceptedAt().toString())
                .put(
                        "answeredAt",
                        message.answeredAt() == null
                                ? null
                                : message.answeredAt().toString());
    }

    private void authenticate(WebExchange web) throws Refusal {
        byte[] expected = ("Bearer " + key).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, web.header("Authorization").getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(401, "unauthorized", "The key is missing or wrong");
        }
    }

    private void send(WebExchange web) throws IOException, Refusal {
        JsonNode body = web.json();
        AlimTalkMessage wanted = new AlimTalkMessage(
                "at-" + UUID.randomUUID(),
                text(body, "reference"),
                text(body, "to"),
                text(body, "template"),
                text(body, "text"),
                body.path("link").asText(""),
                body.path("webhook").asText(""),
                AlimTalkStatus.ACCEPTED,
                "",
                provider.network().now(),
                null);
        if (!PhoneNumbers.isValid(wanted.to())) {
            throw new Refusal(400, "invalid", "to is \"%s\", expected such as +821012345678".formatted(wanted.to()));
        }
        AlimTalkFault fault = provider.faultOf(wanted.to());
        if (fault == AlimTalkFault.API_HANG) {
            provider.network().awaitClosed(LONGEST_HANG);
            web.breakOff();
            return;
        }
        if (fault == AlimTalkFault.API_500) {
            throw new Refusal(500, "internal", "An internal error has occurred");
        }
        if (fault == AlimTalkFault.TEMPLATE_REJECTED) {
            throw new Refusal(400, "template-rejected", "The text does not follow template " + wanted.template());
        }
        web.reply(202, json(provider.accept(wanted)));
    }

    private static String text(JsonNode body, String name) throws Refusal {
        JsonNode value = body.path(name);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new Refusal(400, "invalid", "%s is %s, expected a text".formatted(name, value));
        }
        return value.asText();
    }

    /// An answer that is no success.
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String error;

        Refusal(int status, String error, String message) {
            super(message);
            this.status = status;
            this.error = error;
        }

        JsonNode json() {
            return JsonNodeFactory.instance.objectNode().put("error", error).put("message", getMessage());
        }
    }
}
