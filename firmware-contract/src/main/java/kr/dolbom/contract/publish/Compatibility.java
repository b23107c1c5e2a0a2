package kr.dolbom.contract.publish;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a JSON Schema may follow another one within a major version: whoever follows the old one must go on to be
/// understood. What that forbids depends on who writes the message.
///
/// | Change | Device writes, platform reads | Platform writes, device reads |
/// |---|---|---|
/// | a member is removed | breaks | breaks |
/// | a member's type, format or pattern changes | breaks | breaks |
/// | an optional member is added | additive | additive |
/// | a required member is added | breaks: old devices do not send it | additive: old devices ignore it |
/// | an optional member becomes required | breaks | additive |
/// | a required member becomes optional | additive | breaks: old devices rely on it |
/// | a range or length grows, an enum gets a value | additive | breaks: old devices do not expect it |
/// | a range or length shrinks, an enum loses a value | breaks | additive |
public final class Compatibility {
    private static final Set<String> WORDS = Set.of("$schema", "$id", "title", "description", "examples");
    private static final Set<String> LOWEST = Set.of("minimum", "minLength", "minItems");
    private static final Set<String> HIGHEST = Set.of("maximum", "maxLength", "maxItems");

    private final boolean fromDevice;
    private final List<String> breaks = new ArrayList<>();

    private Compatibility(boolean fromDevice) {
        this.fromDevice = fromDevice;
    }

    /// What breaks, one sentence each with the member's path; empty where the change is additive.
    ///
    /// @param published the JSON Schema that devices follow
    /// @param current the one that is to follow it
    /// @param fromDevice whether devices write such messages; else the platform does
    public static List<String> listBreaks(String published, String current, boolean fromDevice) {
        Compatibility comparison = new Compatibility(fromDevice);
        comparison.compare("", Tree.parse(published), Tree.parse(current));
        return List.copyOf(comparison.breaks);
    }

    private void compare(String path, Map<String, Object> old, Map<String, Object> now) {
        Set<String> keywords = new LinkedHashSet<>(old.keySet());
        keywords.addAll(now.keySet());
        keywords.removeAll(WORDS);
        for (String keyword : keywords) {
            if (keyword.equals("properties")) {
                compareMembers(path, Tree.object(old, keyword), Tree.object(now, keyword), listRequired(now));
            } else if (keyword.equals("required")) {
                compareRequired(path, old, now);
            } else if (keyword.equals("items")) {
                compare(path + "[]", Tree.object(old, keyword), Tree.object(now, keyword));
            } else if (keyword.equals("enum")) {
                compareEnum(path, listOf(old, keyword), listOf(now, keyword));
            } else if (LOWEST.contains(keyword)) {
                compareLimit(path, keyword, number(old, keyword), number(now, keyword), -1);
            } else if (HIGHEST.contains(keyword)) {
                compareLimit(path, keyword, number(old, keyword), number(now, keyword), 1);
            } else if (!Objects.equals(old.get(keyword), now.get(keyword))) {
                breaks(path, "%s was %s and is %s".formatted(keyword, old.get(keyword), now.get(keyword)));
            }
        }
    }

    private void compareMembers(String path, Map<String, Object> old, Map<String, Object> now, Set<Object> required) {
        for (String name : old.keySet()) {
            if (now.containsKey(name)) {
                compare(member(path, name), Tree.object(old, name), Tree.object(now, name));
            } else {
                breaks(member(path, name), "the member is gone");
            }
        }
        for (String name : now.keySet()) {
            if (fromDevice && !old.containsKey(name) && required.contains(name)) {
                breaks(member(path, name), "the new member is required, which old devices do not send");
            }
        }
    }

    private void compareRequired(String path, Map<String, Object> old, Map<String, Object> now) {
        Set<Object> before = listRequired(old);
        Set<Object> after = listRequired(now);
        for (String name : Tree.object(old, "properties").keySet()) {
            if (fromDevice && after.contains(name) && !before.contains(name)) {
                breaks(member(path, name), "the member became required, and old devices may not send it");
            }
            if (!fromDevice
                    && before.contains(name)
                    && !after.contains(name)
                    && Tree.object(now, "properties").containsKey(name)) {
                breaks(member(path, name), "the member became optional, and old devices rely on it");
            }
        }
    }

    private void compareEnum(String path, @Nullable List<?> old, @Nullable List<?> now) {
        if (fromDevice ? now != null && old == null : old != null && now == null) {
            breaks(path, "enum was " + old + " and is " + now);
        } else if (old != null && now != null) {
            for (Object value : fromDevice ? old : now) {
                if (!(fromDevice ? now : old).contains(value)) {
                    breaks(path, "the value " + value + (fromDevice ? " is gone" : " is new to old devices"));
                }
            }
        }
    }

    /// @param outwards the sign of a change that lets more values in: 1 for a maximum, -1 for a minimum
    private void compareLimit(
            String path, String keyword, @Nullable BigDecimal old, @Nullable BigDecimal now, int outwards) {
        int change;
        if (old != null && now != null) {
            change = now.compareTo(old) * outwards;
        } else if (old != null) {
            change = 1;
        } else {
            change = now != null ? -1 : 0;
        }
        if (fromDevice ? change < 0 : change > 0) {
            breaks(path, "%s was %s and is %s".formatted(keyword, old, now));
        }
    }

    private void breaks(String path, String what) {
        breaks.add((path.isEmpty() ? "the body" : path) + ": " + what);
    }

    private static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Set<Object> listRequired(Map<String, Object> schema) {
        List<?> required = listOf(schema, "required");
        return required == null ? Set.of() : new LinkedHashSet<>(required);
    }

    private static @Nullable List<?> listOf(Map<String, Object> schema, String keyword) {
        return schema.get(keyword) instanceof List<?> list ? list : null;
    }

    private static @Nullable BigDecimal number(Map<String, Object> schema, String keyword) {
        return schema.get(keyword) instanceof BigDecimal number ? number : null;
    }
}
