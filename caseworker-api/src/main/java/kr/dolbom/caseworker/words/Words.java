package kr.dolbom.caseworker.words;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts in one language. Immutable.
@SuppressWarnings("ImmutableEnumChecker") // a loaded bundle never changes
public enum Words {
    /// Korean, the first language.
    KO(Locale.KOREAN),
    /// English.
    EN(Locale.ENGLISH);

    /// The files, each with an ending for its language.
    private static final String FILES =
            "words frame sign-in error account queue alert resident roster fleet people report audit contact";

    private static final Pattern CHOICE = Pattern.compile("\\{(\\d)\\?([^:{}]*):([^:{}]*)}");

    private final Locale locale;
    private final Map<String, String> texts = new HashMap<>();

    Words(Locale locale) {
        this.locale = locale;
        for (String file : FILES.split(" ", -1)) {
            // No fallback to the machine's own locale: a missing text must be found by the tests.
            ResourceBundle bundle = ResourceBundle.getBundle(
                    "kr.dolbom.caseworker.words." + file,
                    locale,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            for (String key : bundle.keySet()) {
                if (texts.put(key, bundle.getString(key)) != null) {
                    throw new IllegalStateException("the text %s stands twice, also in %s".formatted(key, file));
                }
            }
        }
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

    /// A text with its places filled: `{0}` by the first value and so on. `{0?day:days}` is `day` where
    /// the first value is 1, and `days` otherwise.
    ///
    /// @throws java.util.MissingResourceException when there is no such text
    public String text(String key, Object... values) {
        String text = texts.get(key);
        if (text == null) {
            throw new MissingResourceException("no text " + key, Words.class.getName(), key);
        }
        if (values.length > 0 && text.contains("?")) {
            text = CHOICE.matcher(text).replaceAll(choice -> {
                int place = Integer.parseInt(choice.group(1));
                boolean isOne =
                        place < values.length && values[place].toString().equals("1");
                return Matcher.quoteReplacement(choice.group(isOne ? 2 : 3));
            });
        }
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i].toString());
        }
        return text;
    }

    /// The keys of all texts.
    public Set<String> keys() {
        return Set.copyOf(texts.keySet());
    }

    /// Whether there is such a text.
    public boolean has(String key) {
        return texts.containsKey(key);
    }
}
