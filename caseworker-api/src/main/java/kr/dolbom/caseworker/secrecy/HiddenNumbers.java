package kr.dolbom.caseworker.secrecy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Leaves phone numbers out of what providers say: their words are kept, and the number stands beside them, encrypted.
public final class HiddenNumbers {
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private HiddenNumbers() {}

    /// The words with `+…` in the place of each number; null for null.
    public static @Nullable String in(@Nullable String words) {
        return words == null ? null : NUMBER.matcher(words).replaceAll("+…");
    }
}
