package kr.dolbom.caseworker.console.fleet;

import java.util.Set;
import java.util.regex.Pattern;

/// A refused message as its vendor may see it: the form of it, and never a word that somebody said. Whatever is not
/// surely technical is hidden, as a broken message cannot be relied on to show where words stand.
final class VendorView {
    private static final String HIDDEN = "•••";
    /// Members whose values are words of a person, or may be.
    private static final Set<String> WORDS =
            Set.of("transcript", "phrase", "text", "question", "name", "words", "message");
    /// What words of the contract, versions, moments and ids look like.
    private static final Pattern TECHNICAL = Pattern.compile("[A-Za-z0-9_.:+/-]{1,64}");
    private static final Pattern OUTSIDE = Pattern.compile("true|false|null|[-+0-9.eE]+|[A-Za-z]+|[^\\x00-\\x7F]+");

    private VendorView() {}

    /// A body.
    static String body(String text) {
        var shown = new StringBuilder();
        String key = "";
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('"', at);
            if (open < 0) {
                return shown.append(outside(text.substring(at))).toString();
            }
            shown.append(outside(text.substring(at, open)));
            int close = end(text, open);
            if (close < 0) {
                return shown.append('"').append(HIDDEN).toString();
            }
            String inner = text.substring(open + 1, close);
            boolean isKey = text.substring(close + 1).stripLeading().startsWith(":");
            boolean isWord = !isKey && WORDS.contains(key);
            shown.append('"')
                    .append(TECHNICAL.matcher(inner).matches() && !isWord ? inner : HIDDEN)
                    .append('"');
            if (isKey) {
                key = inner.toLowerCase(java.util.Locale.ROOT);
            }
            at = close + 1;
        }
        return shown.toString();
    }

    private static int end(String text, int open) {
        for (int i = open + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private static String outside(String text) {
        return OUTSIDE.matcher(text).replaceAll(match -> {
            String word = match.group();
            boolean plain = word.matches("true|false|null|[-+0-9.]+|[-+0-9.]+[eE][-+0-9.]+");
            return plain ? word : HIDDEN;
        });
    }

    /// A pointer or a topic: what between its slashes is not technical is hidden.
    static String path(String path) {
        return Pattern.compile("[^/]+")
                .matcher(path)
                .replaceAll(match -> TECHNICAL.matcher(match.group()).matches() ? match.group() : HIDDEN);
    }

    /// What was found and expected: what was found may quote the message.
    static String detail(String detail) {
        return Pattern.compile("'[^']*'?|\"[^\"]*\"?|[^\\x00-\\x7F]+")
                .matcher(detail)
                .replaceAll(HIDDEN);
    }
}
