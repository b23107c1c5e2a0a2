package kr.dolbom.caseworker.page;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Comma-separated values after RFC 4180, for spreadsheets: with the mark by which Excel knows UTF-8, and without
/// anything that it would take for a formula. Every file of ours is made here.
public final class Csv {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String LINE_END = "\r\n";
    /// What formulas begin with, in wide letters too.
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private Csv() {}

    /// Rows of cells as one text.
    public static String of(List<List<String>> rows) {
        return of(rows.stream());
    }

    /// The same of rows that are made one after the other.
    public static String of(Stream<List<String>> rows) {
        return rows.map(row -> row.stream().map(Csv::cell).collect(Collectors.joining(",")))
                .collect(Collectors.joining(LINE_END, BYTE_ORDER_MARK, LINE_END));
    }

    private static String cell(String text) {
        String harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean isPlain = harmless.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return isPlain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
