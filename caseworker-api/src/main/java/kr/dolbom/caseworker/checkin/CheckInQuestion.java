package kr.dolbom.caseworker.checkin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a resident can be asked. Each is put so that "yes" means that all is well.
public enum CheckInQuestion {
    /// Slept well?
    SLEEP,
    /// Eaten?
    MEAL,
    /// Taken the medicines?
    MEDICINE,
    /// Without pain?
    PAIN,
    /// Is everything there that is needed?
    NEED;

    /// As the database and REST write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one with this word.
    public static Optional<CheckInQuestion> find(String word) {
        return Arrays.stream(values())
                .filter(question -> question.word().equals(word))
                .findFirst();
    }

    /// Reads what [#write] wrote.
    static List<CheckInQuestion> read(String words) {
        return Arrays.stream(words.split(" "))
                .flatMap(word -> find(word).stream())
                .toList();
    }

    static String write(List<CheckInQuestion> questions) {
        return questions.stream().map(CheckInQuestion::word).collect(Collectors.joining(" "));
    }
}
