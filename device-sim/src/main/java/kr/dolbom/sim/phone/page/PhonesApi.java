package kr.dolbom.sim.phone.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import kr.dolbom.sim.phone.http.WebExchange;
import kr.dolbom.sim.phone.line.Behaviour;
import kr.dolbom.sim.phone.line.CallbackRules;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.Phone;
import kr.dolbom.sim.phone.rest.RequestCounts;
import kr.dolbom.sim.phone.rest.RequestKind;

/// The phones over HTTP, for the page and for scripts. All bodies are JSON objects.
///
/// | Request under `/phones/api` | Body | Meaning |
/// |---|---|---|
/// | `GET phones`, `GET phones/{number}` | | what the phones show |
/// | `PUT phones/{number}/owner` | `owner` | whose phone it is |
/// | `PUT phones/{number}/behaviour` | `kind` (by-hand, answer, decline), `afterSeconds`, `keys` | what the owner does
/// alone |
/// | `PUT phones/{number}/faults` | `{"BUSY": null, "API_500": 2}` | replaces the faults; null strikes for ever |
/// | `POST phones/{number}/answer`, `decline`, `hangup`, `ring-out`, `stay-silent` | `waitSeconds` | acts, or 409 when
/// it is not the moment |
/// | `POST phones/{number}/press` | `keys`, `waitSeconds` | presses now, or with `waitSeconds` when the call asks |
/// | `GET`, `PUT faults` | as above, only `API_…` | faults for every number |
/// | `GET`, `PUT callbacks` | `delaySeconds`, `copies`, `swapped` | how status callbacks travel |
/// | `GET requests` | | requests to Twilio's API so far, by kind |
///
/// Faults of a request are answered with problem+json.
public final class PhonesApi implements HttpHandler {
    /// Where it begins.
    public static final String PREFIX = "/phones/api";

    private static final double LONGEST_WAIT_SECONDS = 600;

    private final Network network;
    private final RequestCounts counts;

    /// @param network the phones
    /// @param counts what Twilio's API was asked
    public PhonesApi(Network network, RequestCounts counts) {
        this.network = network;
        this.counts = counts;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        WebExchange web = new WebExchange(exchange);
        try {
            Optional<ObjectNode> json = answer(web);
            if (json.isPresent()) {
                web.reply(200, json.get());
            } else {
                problem(web, 404, "There is no %s %s".formatted(web.method(), web.path()));
            }
        } catch (IllegalArgumentException e) {
            problem(web, 400, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            problem(web, 409, String.valueOf(e.getMessage()));
        }
    }

    private Optional<ObjectNode> answer(WebExchange web) throws IOException {
        List<String> parts = web.partsAfter(PREFIX);
        String method = web.method();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return switch (method + " " + parts.getFirst() + " " + parts.size()) {
            case "GET phones 1" -> Optional.of(PhonesJson.phones(network));
            case "GET phones 2" -> Optional.of(PhonesJson.phone(network.phone(parts.get(1))));
            case "PUT phones 3" -> change(network.phone(parts.get(1)), parts.get(2), web.json());
            case "POST phones 3" -> act(network.phone(parts.get(1)), parts.get(2), web.json());
            case "GET faults 1" -> Optional.of(PhonesJson.faults(network.faults()));
            case "PUT faults 1" -> {
                Map<Fault, Integer> faults = faults(web.json());
                network.clearFaults();
                faults.forEach(network::fault);
                yield Optional.of(PhonesJson.faults(network.faults()));
            }
            case "GET callbacks 1" -> Optional.of(PhonesJson.callbacks(network.callbackRules()));
            case "PUT callbacks 1" -> {
                network.callbackRules(callbacks(web.json()));
                yield Optional.of(PhonesJson.callbacks(network.callbackRules()));
            }
            case "GET requests 1" -> {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                Arrays.stream(RequestKind.values()).forEach(kind -> json.put(kind.name(), counts.of(kind)));
                yield Optional.of(json);
            }
            default -> Optional.empty();
        };
    }

    private static Optional<ObjectNode> change(Phone phone, String what, JsonNode body) {
        switch (what) {
            case "owner" -> phone.owner(text(body, "owner"));
            case "behaviour" -> phone.behaviour(behaviour(body));
            case "faults" -> {
                Map<Fault, Integer> faults = faults(body);
                phone.clearFaults();
                faults.forEach(phone::fault);
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(PhonesJson.phone(phone));
    }

    private static Optional<ObjectNode> act(Phone phone, String what, JsonNode body) {
        Map<String, BiConsumer<Phone, Duration>> acts = Map.of(
                "answer", Phone::answer,
                "decline", Phone::decline,
                "hangup", Phone::hangUp,
                "ring-out", Phone::ringOut,
                "stay-silent", Phone::staySilent,
                "press", (p, limit) -> press(p, body, limit));
        BiConsumer<Phone, Duration> act = acts.get(what);
        if (act == null) {
            return Optional.empty();
        }
        act.accept(phone, seconds(body, "waitSeconds"));
        return Optional.of(PhonesJson.phone(phone));
    }

    private static void press(Phone phone, JsonNode body, Duration limit) {
        String keys = text(body, "keys");
        if (limit.isPositive()) {
            phone.press(keys, limit);
        } else if (!phone.pressNow(keys)) {
            throw new IllegalStateException("Phone %s has no call that listens for keys".formatted(phone.number()));
        }
    }

    private static Behaviour behaviour(JsonNode body) {
        return switch (text(body, "kind")) {
            case "by-hand" -> Behaviour.BY_HAND;
            case "answer" ->
                Behaviour.answer(
                        seconds(body, "afterSeconds"), body.path("keys").asText(""));
            case "decline" -> Behaviour.decline(seconds(body, "afterSeconds"));
            default ->
                throw new IllegalArgumentException(
                        "kind is \"%s\", expected by-hand, answer or decline".formatted(text(body, "kind")));
        };
    }

    private static Map<Fault, Integer> faults(JsonNode body) {
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        body.properties().forEach(field -> faults.put(fault(field.getKey()), times(field.getKey(), field.getValue())));
        return faults;
    }

    private static Fault fault(String name) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"%s\" is no fault, expected one of %s".formatted(name, Arrays.toString(Fault.values()))));
    }

    private static int times(String name, JsonNode value) {
        if (value.isNull()) {
            return Integer.MAX_VALUE;
        }
        if (!value.canConvertToInt() || value.asInt() < 1) {
            throw new IllegalArgumentException("%s is %s, expected null or a number from 1".formatted(name, value));
        }
        return value.asInt();
    }

    private static CallbackRules callbacks(JsonNode body) {
        return new CallbackRules(
                seconds(body, "delaySeconds"),
                body.path("copies").asInt(1),
                body.path("swapped").asBoolean(false));
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("%s is %s, expected a text".formatted(name, value));
        }
        return value.asText();
    }

    private static Duration seconds(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Duration.ZERO;
        }
        if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > LONGEST_WAIT_SECONDS) {
            throw new IllegalArgumentException(
                    "%s is %s, expected seconds from 0 to %.0f".formatted(name, value, LONGEST_WAIT_SECONDS));
        }
        return Duration.ofMillis(Math.round(value.asDouble() * 1000));
    }

    private static void problem(WebExchange web, int status, String detail) throws IOException {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("status", status);
        problem.put("detail", detail);
        web.problem(problem);
    }
}
