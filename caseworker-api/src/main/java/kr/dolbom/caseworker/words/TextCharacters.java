package kr.dolbom.caseworker.words;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.stream.Collectors;

/// The characters that Korean phones show in a text: those of EUC-KR (KS X 1001), which has 2,350 of the 11,172
/// syllables. Safe for use by many threads.
public final class TextCharacters {
    private static final Charset KOREAN = Charset.forName("EUC-KR");
    private static final String MISSING = "□";

    private TextCharacters() {}

    /// Whether a text has no others.
    public static boolean hasAll(String text) {
        return KOREAN.newEncoder().canEncode(text);
    }

    /// The text with a box in the place of each other character, as a phone would show it at best.
    public static String only(String text) {
        CharsetEncoder encoder = KOREAN.newEncoder();
        return encoder.canEncode(text)
                ? text
                : text.codePoints()
                        .mapToObj(Character::toString)
                        .map(character -> encoder.canEncode(character) ? character : MISSING)
                        .collect(Collectors.joining());
    }
}
