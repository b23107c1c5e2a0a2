package kr.dolbom.risk.evaluate;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kr.dolbom.risk.silence.Limits;

/// Settings changed for the sake of argument.
final class WhatIf {
    static final String KEYS =
            "caps.urgent, caps.urgent-out, floors.urgent, floors.check-in (hours and minutes, as 14h or 3h30m); margins.urgent (-2 to 3)";

    private static final Pattern DURATION = Pattern.compile("(?:(\\d{1,3})h)?(?:(\\d{1,4})m)?");

    private WhatIf() {}

    /// @throws BadInputException where a key or value is not known, or the settings contradict each
    ///     other
    static Limits apply(Limits limits, Map<String, String> changes) {
        Limits changed = limits;
        try {
            for (Map.Entry<String, String> change : changes.entrySet()) {
                changed = apply(changed, change.getKey(), change.getValue());
            }
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--what-if %s: %s".formatted(describe(changes), e.getMessage()));
        }
        return changed;
    }

    private static Limits apply(Limits limits, String key, String value) {
        return switch (key) {
            case "caps.urgent" -> {
                Duration cap = duration(key, value);
                yield cap.compareTo(limits.lenientCap()) > 0
                        ? limits.withLenientCap(cap).withCap(cap)
                        : limits.withCap(cap);
            }
            case "caps.urgent-out" -> limits.withLenientCap(duration(key, value));
            case "floors.urgent" -> limits.withFloor(duration(key, value));
            case "floors.check-in" -> limits.withCheckInFloor(duration(key, value));
            case "margins.urgent" -> limits.withMargin(number(key, value));
            default ->
                throw new BadInputException("--what-if: there is no setting '%s'; there are %s".formatted(key, KEYS));
        };
    }

    private static Duration duration(String key, String value) {
        Matcher matcher = DURATION.matcher(value);
        if (value.isEmpty() || !matcher.matches()) {
            throw new BadInputException(
                    "--what-if %s=%s: expected hours and minutes, as 14h or 3h30m".formatted(key, value));
        }
        return Duration.ofHours(whole(matcher.group(1))).plusMinutes(whole(matcher.group(2)));
    }

    private static long whole(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static double number(String key, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new BadInputException("--what-if %s=%s: expected a number from -2 to 3".formatted(key, value));
        }
    }

    static String describe(Map<String, String> changes) {
        return changes.entrySet().stream()
                .map(change -> change.getKey() + "=" + change.getValue())
                .collect(Collectors.joining(" "));
    }
}
