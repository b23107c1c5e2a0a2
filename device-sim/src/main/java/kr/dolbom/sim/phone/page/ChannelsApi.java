package kr.dolbom.sim.phone.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import kr.dolbom.sim.phone.alimtalk.AlimTalk;
import kr.dolbom.sim.phone.alimtalk.AlimTalkApi;
import kr.dolbom.sim.phone.alimtalk.AlimTalkFault;
import kr.dolbom.sim.phone.http.WebExchange;
import kr.dolbom.sim.phone.push.PushAnswer;
import kr.dolbom.sim.phone.push.PushService;

/// AlimTalk and web push, over HTTP.
///
/// | Request under `/phones/api` | Body | Meaning |
/// |---|---|---|
/// | `GET alimtalk` | | every message that was accepted, oldest first |
/// | `PUT alimtalk/faults/{number}` | `fault`, or null | what befalls messages to this number |
/// | `POST alimtalk/late-answers` | | answers now what would be answered two days late |
/// | `GET push` | | every request that came, oldest first |
/// | `POST push/subscriptions` | | a new subscription, as a browser gives it to its page |
/// | `PUT push/subscriptions/{id}` | `answer` | what requests to it get from now on |
final class ChannelsApi {
    private final AlimTalk alimTalk;
    private final PushService push;

    ChannelsApi(AlimTalk alimTalk, PushService push) {
        this.alimTalk = alimTalk;
        this.push = push;
    }

    Optional<ObjectNode> answer(WebExchange web, List<String> parts) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        String last = parts.getLast();
        return switch (web.method() + " " + String.join("/", parts.subList(0, Math.min(2, parts.size()))) + " "
                + parts.size()) {
            case "GET alimtalk 1" -> {
                ArrayNode messages = json.putArray("messages");
                alimTalk.messages().forEach(message -> messages.add(AlimTalkApi.json(message)));
                yield Optional.of(json);
            }
            case "PUT alimtalk/faults 3" -> {
                String fault = web.json().path("fault").asText("");
                if (fault.isEmpty() || fault.equals("null")) {
                    alimTalk.clearFault(last);
                } else {
                    alimTalk.fault(last, Body.oneOf(AlimTalkFault.class, fault));
                }
                alimTalk.faults().forEach((number, set) -> json.put(number, set.name()));
                yield Optional.of(json);
            }
            case "POST alimtalk/late-answers 2" -> Optional.of(json.put("answered", alimTalk.answerLate()));
            case "GET push 1" -> {
                ArrayNode notices = json.putArray("notices");
                push.notices().forEach(notice -> notices.add(PushService.json(notice)));
                yield Optional.of(json);
            }
            case "POST push/subscriptions 2" -> Optional.of(PushService.json(push.subscribe()));
            case "PUT push/subscriptions 3" -> {
                PushAnswer answer = Body.oneOf(PushAnswer.class, Body.text(web.json(), "answer"));
                push.answer(last, answer);
                yield Optional.of(json.put("answer", answer.name()));
            }
            default -> Optional.empty();
        };
    }
}
