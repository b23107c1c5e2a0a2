package kr.dolbom.caseworker.intake;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.secrecy.Secrecy;
import org.jspecify.annotations.Nullable;

/// Reads what people type into a form or a spreadsheet, and keeps what is not as expected. Where a value is wrong the
/// methods give something harmless; look at [#faults] before anything is used. For use by one thread.
public final class Reading {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern YEAR = Pattern.compile("(\\d{4})(?:[-./년 ].*)?");
    private static final Pattern DEVICE = Pattern.compile("[a-z0-9][a-z0-9-]{2,63}");
    private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");
    private static final String FORMULA = "=+-@＝＋－＠";
    private static final String NOBODY = "+0000000";
    private static final int EARLIEST_YEAR = 1900;
    private static final int LEAST_REASON = 2;
    private static final int LONGEST_REASON = 500;
    private static final Map<String, Boolean> YES_OR_NO = Map.ofEntries(
            Map.entry("예", true),
            Map.entry("네", true),
            Map.entry("동의", true),
            Map.entry("yes", true),
            Map.entry("y", true),
            Map.entry("o", true),
            Map.entry("true", true),
            Map.entry("1", true),
            Map.entry("아니오", false),
            Map.entry("아니요", false),
            Map.entry("미동의", false),
            Map.entry("no", false),
            Map.entry("n", false),
            Map.entry("x", false),
            Map.entry("false", false),
            Map.entry("0", false));
    private static final Map<String, String> LANGUAGES =
            Map.of("ko", "ko", "한국어", "ko", "korean", "ko", "en", "en", "영어", "en", "english", "en");

    private final UnaryOperator<String> given;
    private final List<Fault> faults = new ArrayList<>();

    /// @param given the text of a field; empty where there is none
    public Reading(UnaryOperator<String> given) {
        this.given = given;
    }

    /// Reads a form.
    public static Reading of(Map<String, String> form) {
        return new Reading(field -> form.getOrDefault(field, ""));
    }

    /// What was not as expected so far.
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /// Notes something else that is not as expected.
    public void fault(String field, String expected, String about) {
        faults.add(new Fault(field, raw(field), expected, about));
    }

    /// Notes that a field is not as expected, without what was typed: it is a secret.
    public void hiddenFault(String field, String expected) {
        faults.add(new Fault(field, "", expected, ""));
    }

    /// A text as it is kept: composed letters (a Mac writes Korean ones apart), no blanks around it or several
    /// in a row, nothing that cannot be seen. An apostrophe that keeps a spreadsheet from taking it for a formula
    /// is taken away.
    public String raw(String field) {
        String text = Normalizer.normalize(given.apply(field), Normalizer.Form.NFC);
        text = NOT_SHOWN
                .matcher(text)
                .replaceAll(" ")
                .replace('\u00A0', ' ')
                .strip()
                .replaceAll(" {2,}", " ");
        boolean guarded = text.length() > 1 && text.charAt(0) == '\'' && FORMULA.indexOf(text.charAt(1)) >= 0;
        return guarded ? text.substring(1) : text;
    }

    /// A text of 1 to so many characters.
    public String text(String field, int longest) {
        String text = raw(field);
        if (text.isEmpty() || text.length() > longest) {
            fault(field, "text", Integer.toString(longest));
        } else if (text.contains(Secrecy.UNREADABLE)) {
            // What is shown where the key is lost must not take the place of what is stored.
            fault(field, "unreadable", "");
        }
        return text;
    }

    /// A text of 2 to 500 characters that says why: in Korean two syllables may, such as 입원.
    public String reason(String field) {
        String text = raw(field);
        if (text.length() < LEAST_REASON || text.length() > LONGEST_REASON) {
            fault(field, "reason", "");
        }
        return text;
    }

    /// A year of birth; of a date its year.
    public int birthYear(String field, int thisYear) {
        Matcher year = YEAR.matcher(Normalizer.normalize(raw(field), Normalizer.Form.NFKC));
        int value = year.matches() ? Integer.parseInt(year.group(1)) : 0;
        if (value < EARLIEST_YEAR || value > thisYear) {
            fault(field, "birth-year", Integer.toString(thisYear));
        }
        return value;
    }

    /// A whole number within bounds.
    public int number(String field, int least, int most) {
        String text = raw(field);
        int value = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most) {
            fault(field, "number", least + "–" + most);
        }
        return value;
    }

    /// A phone number, E.164; written as Koreans write theirs it gets their country's code.
    public String phone(String field) {
        String phone = phoneOf(raw(field));
        if (phone == null) {
            fault(field, "phone", "");
        }
        return phone == null ? NOBODY : phone;
    }

    /// The same, or null where nothing was typed.
    public @Nullable String findPhone(String field) {
        return raw(field).isEmpty() ? null : phone(field);
    }

    /// A number as people write it, as E.164; null when it is none. A spreadsheet takes the leading 0 of a mobile
    /// number away: ten digits that begin with 10 are such a number.
    static @Nullable String phoneOf(String text) {
        String digits = Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[\\s().·‐–—-]", "");
        String phone = digits;
        if (digits.matches("0[1-9]\\d{7,9}")) {
            phone = "+82" + digits.substring(1);
        } else if (digits.matches("10\\d{8}")) {
            phone = "+82" + digits;
        } else if (digits.startsWith("+820")) {
            phone = "+82" + digits.substring(4);
        }
        return E164.matcher(phone).matches() ? phone : null;
    }

    /// `ko` or `en`; Korean where nothing was typed.
    public String language(String field) {
        return word(field, LANGUAGES, "ko", "language");
    }

    /// Yes or no; null where nothing was typed.
    public @Nullable Boolean findYes(String field) {
        String text = raw(field).toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            return null;
        }
        Boolean yes = YES_OR_NO.get(text);
        if (yes == null) {
            fault(field, "yes-no", "");
        }
        return Boolean.TRUE.equals(yes);
    }

    /// One of several words, by what it may be called.
    ///
    /// @param usual where nothing was typed
    /// @param expected what would be right
    public String word(String field, Map<String, String> meanings, String usual, String expected) {
        String text = raw(field).toLowerCase(Locale.ROOT);
        String meaning = text.isEmpty() ? usual : meanings.get(text);
        if (meaning == null) {
            fault(field, expected, "");
        }
        return meaning == null ? usual : meaning;
    }

    /// A device's MQTT client id.
    public String deviceId(String field) {
        String text = raw(field);
        if (!DEVICE.matcher(text).matches()) {
            fault(field, "device-id", "");
        }
        return text;
    }

    /// A public id, or null where nothing was typed.
    public @Nullable UUID findId(String field) {
        String text = raw(field);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            fault(field, "choice", "");
            return null;
        }
    }
}
