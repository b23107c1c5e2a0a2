package kr.dolbom.caseworker.intake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a file is about.
@SuppressWarnings("ImmutableEnumChecker") // lists that never change
public enum Kind {
    /// Residents.
    RESIDENTS(List.of(
            Column.required("name", "이름"),
            Column.required("birth-year", "출생 연도"),
            Column.required("neighbourhood", "동"),
            Column.required("address", "주소"),
            Column.optional("phone", "전화번호"),
            Column.optional("caseworker", "담당자"),
            Column.optional("language", "언어"),
            Column.optional("transcript-consent", "대화 저장 동의"),
            Column.optional("namesake", "동명이인"))),
    /// Guardians of residents who are in the registry.
    GUARDIANS(List.of(
            Column.required("resident", "어르신 이름"),
            Column.required("birth-year", "어르신 출생 연도"),
            Column.optional("address", "어르신 주소"),
            Column.required("name", "보호자 이름"),
            Column.required("relation", "관계"),
            Column.required("phone", "전화번호"),
            Column.optional("consent", "연락 동의"),
            Column.optional("language", "언어"))),
    /// Caseworkers, without accounts.
    CASEWORKERS(List.of(
            Column.required("name", "이름"),
            Column.required("phone", "전화번호"),
            Column.optional("duty", "직책"),
            Column.optional("language", "언어"))),
    /// Devices, each with the code from its box.
    DEVICES(List.of(
            Column.required("device", "기기 번호"),
            Column.required("vendor", "제조사"),
            Column.required("model", "모델"),
            Column.required("claim-code", "등록 코드"),
            Column.optional("resident", "어르신 이름"),
            Column.optional("birth-year", "어르신 출생 연도"),
            Column.optional("address", "어르신 주소")));

    private final List<Column> columns;

    Kind(List<Column> columns) {
        this.columns = columns;
    }

    /// A column of a file.
    ///
    /// @param field its name in English
    /// @param korean its name in Korean
    /// @param isRequired whether a file must have it
    public record Column(String field, String korean, boolean isRequired) {
        private static Column required(String field, String korean) {
            return new Column(field, korean, true);
        }

        private static Column optional(String field, String korean) {
            return new Column(field, korean, false);
        }

        /// Whether this is what a file calls it; case, blanks and hyphens do not matter.
        boolean isCalled(String title) {
            return plain(title).equals(plain(field)) || plain(title).equals(plain(korean));
        }

        private static String plain(String title) {
            return title.toLowerCase(Locale.ROOT).replaceAll("[\\s_*-]", "");
        }
    }

    /// What a file of it may have.
    public List<Column> columns() {
        return columns;
    }

    /// As paths and the database write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one with this word.
    public static Optional<Kind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
