package kr.dolbom.broker.monitor;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import kr.dolbom.contract.Reason;

/// Words of a closed set out of reason strings, so that no text makes a figure of its own.
final class Reasons {
    private static final Set<String> IDS =
            Arrays.stream(Reason.values()).map(Reason::id).collect(Collectors.toUnmodifiableSet());

    private Reasons() {}

    /// The reason id that a reason string begins with; `other` where it begins with none.
    static String word(String reasonString) {
        return word(reasonString, "other");
    }

    static String word(String reasonString, String otherwise) {
        int end = 0;
        while (end < reasonString.length() && isOfAnId(reasonString.charAt(end))) {
            end++;
        }
        String first = reasonString.substring(0, end);
        return IDS.contains(first) ? first : otherwise;
    }

    private static boolean isOfAnId(char c) {
        return c == '-' || (c >= 'a' && c <= 'z');
    }
}
