package kr.dolbom.sim.phone.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.dolbom.sim.phone.line.Behaviour;
import kr.dolbom.sim.phone.line.CallbackRules;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.LinkHabit;

/// Reads the bodies of requests; each method refuses with the member's name, its value and what was expected.
final class Body {
    private static final double LONGEST_WAIT_SECONDS = 600;

    private Body() {}

    static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("%s is %s, expected a text".formatted(name, value));
        }
        return value.asText();
    }

    static Duration seconds(JsonNode body, String name) {
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

    static <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"%s\" is unknown, expected one of %s"
                        .formatted(name, Arrays.toString(type.getEnumConstants()))));
    }

    static Behaviour behaviour(JsonNode body) {
        return switch (text(body, "kind")) {
            case "by-hand" -> Behaviour.BY_HAND;
            case "answer" ->
                Behaviour.answer(
                        seconds(body, "afterSeconds"), body.path("keys").asText(""));
            case "speak" -> {
                List<String> words = new ArrayList<>();
                body.path("words").forEach(answer -> words.add(answer.asText()));
                yield Behaviour.speak(seconds(body, "afterSeconds"), words);
            }
            case "decline" -> Behaviour.decline(seconds(body, "afterSeconds"));
            default ->
                throw new IllegalArgumentException(
                        "kind is \"%s\", expected by-hand, answer, speak or decline".formatted(text(body, "kind")));
        };
    }

    static LinkHabit links(JsonNode body) {
        return new LinkHabit(
                seconds(body, "afterSeconds"),
                body.path("times").asInt(1),
                body.path("presses").asBoolean(true));
    }

    static Map<Fault, Integer> faults(JsonNode body) {
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        body.properties()
                .forEach(field ->
                        faults.put(oneOf(Fault.class, field.getKey()), times(field.getKey(), field.getValue())));
        return faults;
    }

    static CallbackRules callbacks(JsonNode body) {
        return new CallbackRules(
                seconds(body, "delaySeconds"),
                body.path("copies").asInt(1),
                body.path("swapped").asBoolean(false),
                lost(body.path("lost")));
    }

    static Map<String, String> texts(JsonNode body, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        body.path(name).properties().forEach(field -> texts.put(field.getKey(), text(body.path(name), field.getKey())));
        return texts;
    }

    private static Set<String> lost(JsonNode lost) {
        if (lost.asText().equals("all")) {
            return CallbackRules.EVERY_STATUS;
        }
        Set<String> statuses = new HashSet<>();
        lost.forEach(status -> statuses.add(status.asText()));
        return statuses;
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
}
