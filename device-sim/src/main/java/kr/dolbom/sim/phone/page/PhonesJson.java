package kr.dolbom.sim.phone.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kr.dolbom.sim.phone.line.Behaviour;
import kr.dolbom.sim.phone.line.CallbackRules;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.LinkHabit;
import kr.dolbom.sim.phone.line.LinkVisit;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.Phone;
import kr.dolbom.sim.phone.line.PhoneCall;
import kr.dolbom.sim.phone.line.Text;
import org.jspecify.annotations.Nullable;

/// What the page and scripts see of phones, texts and calls.
final class PhonesJson {
    private static final int SHOWN = 20;

    private PhonesJson() {}

    static ObjectNode phones(Network network) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode phones = json.putArray("phones");
        network.listPhones().forEach(phone -> phones.add(phone(phone)));
        return json;
    }

    static ObjectNode phone(Phone phone) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("number", phone.number());
        json.put("owner", phone.owner());
        json.set("behaviour", behaviour(phone.behaviour()));
        json.set("links", links(phone.browser().habit()));
        json.set("faults", faults(phone.faults()));
        phone.callbackRules().ifPresent(rules -> json.set("callbacks", callbacks(rules)));
        ArrayNode rings = json.putArray("rings");
        phone.rings().forEach(ring -> rings.add(ring.toString()));
        ArrayNode texts = json.putArray("texts");
        latest(phone.texts()).forEach(text -> texts.add(text(text)));
        ArrayNode talks = json.putArray("talks");
        latest(phone.talks())
                .forEach(talk -> talks.addObject()
                        .put("at", talk.at().toString())
                        .put("text", talk.text())
                        .put("link", talk.link()));
        ArrayNode visits = json.putArray("visits");
        latest(phone.browser().visits()).forEach(visit -> visits.add(visit(visit)));
        ArrayNode calls = json.putArray("calls");
        latest(phone.calls()).forEach(call -> calls.add(call(call)));
        return json;
    }

    static ObjectNode faults(Map<Fault, Integer> faults) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        faults.forEach((fault, times) -> json.put(fault.name(), times == Integer.MAX_VALUE ? null : times));
        return json;
    }

    static ObjectNode callbacks(CallbackRules rules) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("delaySeconds", seconds(rules.delay()));
        json.put("copies", rules.copies());
        json.put("swapped", rules.swapped());
        ArrayNode lost = json.putArray("lost");
        rules.lost().stream().sorted().forEach(lost::add);
        return json;
    }

    private static ObjectNode links(LinkHabit habit) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("afterSeconds", seconds(habit.after()))
                .put("times", habit.times())
                .put("presses", habit.presses());
    }

    private static ObjectNode visit(LinkVisit visit) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", visit.at().toString())
                .put("method", visit.method())
                .put("url", visit.url())
                .put("status", visit.status())
                .put("words", visit.words());
    }

    private static ObjectNode behaviour(Behaviour behaviour) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (behaviour) {
            case Behaviour.ByHand() -> json.put("kind", "by-hand");
            case Behaviour.Answer(Duration after, String keys) ->
                json.put("kind", "answer").put("afterSeconds", seconds(after)).put("keys", keys);
            case Behaviour.Speak(Duration after, List<String> words) -> {
                json.put("kind", "speak").put("afterSeconds", seconds(after));
                ArrayNode answers = json.putArray("words");
                words.forEach(answers::add);
                yield json;
            }
            case Behaviour.Decline(Duration after) ->
                json.put("kind", "decline").put("afterSeconds", seconds(after));
        };
    }

    private static ObjectNode text(Text text) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sid", text.sid());
        json.put("from", text.from());
        json.put("body", text.body());
        json.put("at", text.updatedAt().toString());
        text.carrierBytes().ifPresentOrElse(bytes -> json.put("bytes", bytes), () -> json.putNull("bytes"));
        return json;
    }

    private static ObjectNode call(PhoneCall call) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sid", call.sid());
        json.put("from", call.from());
        json.put("status", call.status().word());
        json.put("createdAt", call.createdAt().toString());
        json.set("rangAt", time(call.rangAt()));
        json.set("answeredAt", time(call.answeredAt()));
        json.set("endedAt", time(call.endedAt()));
        json.put("keys", call.keys());
        ArrayNode said = json.putArray("said");
        latestInOrder(call.said()).forEach(said::add);
        json.put("awaitsKey", call.awaitsKey());
        ArrayNode spoken = json.putArray("spoken");
        latestInOrder(call.spoken())
                .forEach(line -> spoken.addObject()
                        .put("at", line.at().toString())
                        .put("text", line.text())
                        .put("language", line.language()));
        ArrayNode warnings = json.putArray("warnings");
        latestInOrder(call.warnings())
                .forEach(warning ->
                        warnings.addObject().put("code", warning.code()).put("message", warning.message()));
        return json;
    }

    private static JsonNode time(@Nullable Instant moment) {
        return moment == null
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance.textNode(moment.toString());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static <T> List<T> latest(List<T> oldestFirst) {
        return latestInOrder(oldestFirst).reversed();
    }

    private static <T> List<T> latestInOrder(List<T> oldestFirst) {
        return oldestFirst.subList(Math.max(0, oldestFirst.size() - SHOWN), oldestFirst.size());
    }
}
