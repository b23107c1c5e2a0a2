package kr.dolbom.sim.phone.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import kr.dolbom.sim.phone.alimtalk.AlimTalk;
import kr.dolbom.sim.phone.http.WebExchange;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.Phone;
import kr.dolbom.sim.phone.push.PushService;
import kr.dolbom.sim.phone.rest.RequestCounts;

/// The phones over HTTP, for the page and for scripts. All bodies are JSON objects.
///
/// | Request under `/phones/api` | Body | Meaning |
/// |---|---|---|
/// | `GET phones`, `GET phones/{number}` | | what the phones show |
/// | `PUT phones/{number}/owner` | `owner` | whose phone it is |
/// | `PUT phones/{number}/behaviour` | `kind` (by-hand, answer, speak, decline), `afterSeconds`, `keys`, `words` |
/// calls |
/// | `PUT phones/{number}/links` | `afterSeconds`, `times`, `presses` | what the owner does with links |
/// | `PUT phones/{number}/faults` | `{"BUSY": null, "API_500": 2}` | replaces them; null strikes for ever |
/// | `PUT`, `DELETE phones/{number}/callbacks` | as `callbacks` | for this number alone |
/// | `POST phones/{number}/answer`, `decline`, `hangup`, `ring-out`, `stay-silent` | `waitSeconds` | acts, or 409 |
/// | `POST phones/{number}/press` | `keys`, `waitSeconds` | now, or with `waitSeconds` when the call asks |
/// | `POST phones/{number}/speak` | `words`, `waitSeconds` | says something when the call asks |
/// | `POST phones/{number}/open-link`, `press-link` | `waitSeconds` | opens the latest link; presses its button |
///
/// The rest is in [RulesApi] and [ChannelsApi]. Faults of a request are answered with problem+json.
public final class PhonesApi implements HttpHandler {
    /// Where it begins.
    public static final String PREFIX = "/phones/api";

    private final Network network;
    private final RulesApi rules;
    private final ChannelsApi channels;

    /// @param network the phones
    /// @param counts what Twilio's API was asked
    /// @param alimTalk the provider of AlimTalk messages
    /// @param push the push service
    public PhonesApi(Network network, RequestCounts counts, AlimTalk alimTalk, PushService push) {
        this.network = network;
        this.rules = new RulesApi(network, counts);
        this.channels = new ChannelsApi(alimTalk, push);
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
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return switch (parts.getFirst()) {
            case "phones" -> phones(web, parts);
            case "alimtalk", "push" -> channels.answer(web, parts);
            default -> rules.answer(web, parts);
        };
    }

    private Optional<ObjectNode> phones(WebExchange web, List<String> parts) throws IOException {
        return switch (web.method() + " " + parts.size()) {
            case "GET 1" -> Optional.of(PhonesJson.phones(network));
            case "GET 2" -> Optional.of(PhonesJson.phone(network.phone(parts.get(1))));
            case "PUT 3" -> change(network.phone(parts.get(1)), parts.get(2), web.json());
            case "DELETE 3" -> {
                Phone phone = network.phone(parts.get(1));
                yield parts.get(2).equals("callbacks")
                        ? Optional.of(PhonesJson.phone(phone.clearCallbacks()))
                        : Optional.empty();
            }
            case "POST 3" -> act(network.phone(parts.get(1)), parts.get(2), web.json());
            default -> Optional.empty();
        };
    }

    private static Optional<ObjectNode> change(Phone phone, String what, JsonNode body) {
        switch (what) {
            case "owner" -> phone.owner(Body.text(body, "owner"));
            case "behaviour" -> phone.behaviour(Body.behaviour(body));
            case "links" -> phone.browser().habit(Body.links(body));
            case "callbacks" -> phone.callbacks(Body.callbacks(body));
            case "faults" -> {
                Map<Fault, Integer> faults = Body.faults(body);
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
                "press", (p, limit) -> press(p, body, limit),
                "speak", (p, limit) -> speak(p, body, limit),
                "open-link", (p, limit) -> p.browser().openLink(limit),
                "press-link", (p, limit) -> p.browser().press());
        BiConsumer<Phone, Duration> act = acts.get(what);
        if (act == null) {
            return Optional.empty();
        }
        act.accept(phone, Body.seconds(body, "waitSeconds"));
        return Optional.of(PhonesJson.phone(phone));
    }

    private static void press(Phone phone, JsonNode body, Duration limit) {
        String keys = Body.text(body, "keys");
        if (limit.isPositive()) {
            phone.press(keys, limit);
        } else if (!phone.pressNow(keys)) {
            throw new IllegalStateException("Phone %s has no call that listens for keys".formatted(phone.number()));
        }
    }

    private static void speak(Phone phone, JsonNode body, Duration limit) {
        if (!phone.speak(Body.text(body, "words"), limit)) {
            throw new IllegalStateException(
                    "Phone %s has no call that listens for words in that language".formatted(phone.number()));
        }
    }

    private static void problem(WebExchange web, int status, String detail) throws IOException {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("status", status);
        problem.put("detail", detail);
        web.problem(problem);
    }
}
