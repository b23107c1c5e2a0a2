package kr.dolbom.caseworker.checkin;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a resident's answer means.
public enum CheckInAnswer {
    /// All is well with what was asked.
    WELL,
    /// It is not.
    NOT_WELL,
    /// A call for help, whatever was asked.
    HELP,
    /// Something was said that we do not understand.
    UNCLEAR;

    /// A voicemail's greeting is longer than an answer, and "not available" in it is none.
    private static final int LONGEST_ANSWER = 25;

    private static final Pattern HELP_WORDS =
            Pattern.compile("살려|도와 ?줘|도와 ?주|구해 ?줘|119|일일구|죽고 ?싶|\\bhelp\\b", Pattern.CASE_INSENSITIVE);
    /// "아픈 데 없어요", "필요한 것 없어요", "안 아파요": what is denied is the trouble.
    private static final Pattern NO_TROUBLE_WORDS = Pattern.compile(
            "(아픈|불편한|힘든|필요한|부족한|모자란) ?(데|곳|것|거|건|게)?[은는이도가]? ?(전혀|하나도|별로)? ?없|안 ?아(파|프)|\\bno pain\\b|\\bnot bad\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_WELL_WORDS =
            Pattern.compile("아니|아뇨|못|안 |안[먹자잤좋괜편드했]|않|없|아파|아프|힘들|별로|\\bno\\b|\\bnot\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern WELL_WORDS =
            Pattern.compile("네|예|응|그래|괜찮|좋|잘|먹었|드셨|했|편안|있|\\byes\\b|\\bwell\\b|\\bfine\\b", Pattern.CASE_INSENSITIVE);

    /// As the database and REST write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static CheckInAnswer get(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// What a key or words on the phone mean. A key goes before words.
    ///
    /// @param key what was pressed; empty for nothing
    /// @param words what was recognised; empty for nothing
    static CheckInAnswer of(String key, String words) {
        return switch (key) {
            case "1" -> WELL;
            case "2" -> NOT_WELL;
            case "0" -> HELP;
            case "" -> ofWords(words);
            default -> UNCLEAR;
        };
    }

    private static CheckInAnswer ofWords(String words) {
        if (HELP_WORDS.matcher(words).find()) {
            return HELP;
        }
        if (words.length() > LONGEST_ANSWER) {
            return UNCLEAR;
        }
        String rest = NO_TROUBLE_WORDS.matcher(words).replaceAll("");
        if (NOT_WELL_WORDS.matcher(rest).find()) {
            return NOT_WELL;
        }
        return !rest.equals(words) || WELL_WORDS.matcher(rest).find() ? WELL : UNCLEAR;
    }
}
