package kr.dolbom.sim.phone.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.sim.phone.http.WebExchange;
import kr.dolbom.sim.phone.line.Callback;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.SentWebhook;
import kr.dolbom.sim.phone.line.Signer;
import kr.dolbom.sim.phone.line.WebAddress;
import kr.dolbom.sim.phone.rest.RequestCounts;
import kr.dolbom.sim.phone.rest.RequestKind;

/// What holds for every number, over HTTP.
///
/// | Request under `/phones/api` | Body | Meaning |
/// |---|---|---|
/// | `GET`, `PUT faults` | as for a phone, only `API_…` | faults of the API |
/// | `GET`, `PUT callbacks` | `delaySeconds`, `copies`, `swapped`, `lost` (statuses, or "all") | how callbacks travel |
/// | `GET`, `PUT signer` | `signer` (PRIMARY, SECONDARY, FORGED) | which token signs webhooks |
/// | `GET webhooks` | | the latest 10,000 webhooks that were called |
/// | `POST webhooks` | `url`, `method`, `parameters` | calls one that nobody asked for; tells the `status` |
/// | `GET requests` | | requests to Twilio's API so far, by kind |
final class RulesApi {
    private final Network network;
    private final RequestCounts counts;

    RulesApi(Network network, RequestCounts counts) {
        this.network = network;
        this.counts = counts;
    }

    Optional<ObjectNode> answer(WebExchange web, List<String> parts) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (web.method() + " " + String.join("/", parts)) {
            case "GET faults" -> Optional.of(PhonesJson.faults(network.faults()));
            case "PUT faults" -> {
                Map<Fault, Integer> faults = Body.faults(web.json());
                network.clearFaults();
                faults.forEach(network::fault);
                yield Optional.of(PhonesJson.faults(network.faults()));
            }
            case "GET callbacks" -> Optional.of(PhonesJson.callbacks(network.callbackRules()));
            case "PUT callbacks" -> {
                network.callbackRules(Body.callbacks(web.json()));
                yield Optional.of(PhonesJson.callbacks(network.callbackRules()));
            }
            case "GET signer" -> Optional.of(json.put("signer", network.signer().name()));
            case "PUT signer" -> {
                network.signer(Body.oneOf(Signer.class, Body.text(web.json(), "signer")));
                yield Optional.of(json.put("signer", network.signer().name()));
            }
            case "GET webhooks" -> {
                ArrayNode sent = json.putArray("webhooks");
                network.sentWebhooks().forEach(webhook -> sent.add(webhook(webhook)));
                yield Optional.of(json);
            }
            case "POST webhooks" -> Optional.of(json.put("status", send(web.json())));
            case "GET requests" -> {
                Arrays.stream(RequestKind.values()).forEach(kind -> json.put(kind.name(), counts.of(kind)));
                yield Optional.of(json);
            }
            default -> Optional.empty();
        };
    }

    private int send(JsonNode body) {
        String url = Body.text(body, "url");
        URI address = WebAddress.parse(url)
                .orElseThrow(() ->
                        new IllegalArgumentException("url is \"%s\", expected http://… or https://…".formatted(url)));
        String method = body.path("method").asText("POST").toUpperCase(Locale.ROOT);
        if (!method.equals("GET") && !method.equals("POST")) {
            throw new IllegalArgumentException("method is \"%s\", expected GET or POST".formatted(method));
        }
        try {
            return network.sendWebhook(new Callback(address, method), Body.texts(body, "parameters"));
        } catch (IOException e) {
            throw new IllegalStateException("No answer from %s: %s".formatted(address, e), e);
        }
    }

    private static ObjectNode webhook(SentWebhook webhook) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", webhook.at().toString());
        json.put("method", webhook.method());
        json.put("url", webhook.url());
        ObjectNode parameters = json.putObject("parameters");
        webhook.parameters().forEach(parameters::put);
        json.put("status", webhook.status());
        return json;
    }
}
