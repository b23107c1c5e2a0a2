package kr.dolbom.risk.reason;

/// Korean particles, whose form depends on whether the word before them ends in a consonant.
final class Particles {
    private static final char FIRST = '가';
    private static final char LAST = '힣';
    private static final int FINALS = 28;

    private Particles() {}

    /// With 이면 or 면: "07시 10분이면", "07시면".
    static String conditional(String word) {
        return word + (endsInConsonant(word) ? "이면" : "면");
    }

    /// Whether the last syllable has a final consonant; false where it is not written in Hangul.
    static boolean endsInConsonant(String word) {
        if (word.isEmpty()) {
            return false;
        }
        char last = word.charAt(word.length() - 1);
        return last >= FIRST && last <= LAST && (last - FIRST) % FINALS != 0;
    }
}
