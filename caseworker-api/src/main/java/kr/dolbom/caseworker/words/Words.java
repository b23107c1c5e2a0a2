package kr.dolbom.caseworker.words;

import java.util.Locale;
import java.util.ResourceBundle;

/// The texts in one language. Immutable.
@SuppressWarnings("ImmutableEnumChecker") // a loaded bundle never changes
public enum Words {
    /// Korean, the first language.
    KO(Locale.KOREAN),
    /// English.
    EN(Locale.ENGLISH);

    private final Locale locale;
    private final ResourceBundle texts;

    Words(Locale locale) {
        this.locale = locale;
        // No fallback to the machine's own locale: a missing text must be found by the tests.
        texts = ResourceBundle.getBundle(
                "kr.dolbom.caseworker.words.words",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /// The texts for a language code.
    ///
    /// @param language `ko` or `en`; anything else is taken as Korean
    public static Words of(String language) {
        return language.equals("en") ? EN : KO;
    }

    /// The language code, `ko` or `en`.
    public String language() {
        return locale.getLanguage();
    }

    /// The locale of dates and numbers.
    public Locale locale() {
        return locale;
    }

    /// A text with its places filled: `{0}` by the first value and so on.
    ///
    /// @throws java.util.MissingResourceException when there is no such text
    public String text(String key, Object... values) {
        String text = texts.getString(key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i].toString());
        }
        return text;
    }

    /// Whether there is such a text.
    public boolean has(String key) {
        return texts.containsKey(key);
    }
}
