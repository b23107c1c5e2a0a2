package kr.dolbom.caseworker.console.resident;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import kr.dolbom.caseworker.words.Words;

/// A day without its year, for where there is little room: `11월 22일 (일)`.
final class ShortDate {
    private ShortDate() {}

    static String of(Words words, LocalDate day) {
        return DateTimeFormatter.ofPattern(words.text("resident.date"), words.locale())
                .format(day);
    }
}
