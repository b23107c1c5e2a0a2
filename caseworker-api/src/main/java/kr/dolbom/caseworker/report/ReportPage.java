package kr.dolbom.caseworker.report;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kr.dolbom.caseworker.report.MonthlyReport.OfficeMonth;
import kr.dolbom.caseworker.words.Words;

/// What stands on the report's page.
///
/// @param words in which language
/// @param report the figures
/// @param viewer who has it made
/// @param reason what for
public record ReportPage(Words words, MonthlyReport report, String viewer, String reason) {
    private static final List<String> SECTIONS =
            List.of("alerts", "from-call", "from-alert", "false-alarms", "robot", "gaps", "attempts", "unreached");

    /// The headings' keys, in order.
    public List<String> sections() {
        return SECTIONS;
    }

    /// The figures under a heading.
    public List<Line> lines(OfficeMonth office, String section) {
        return ReportLine.list(office, words).stream()
                .filter(line -> line.section().equals(section))
                .map(line -> new Line(
                        Stream.of(line.label(), line.part())
                                .filter(text -> !text.isEmpty())
                                .toList(),
                        line.value().isEmpty() ? "–" : line.value(),
                        line.value().isEmpty() ? "" : line.unit()))
                .toList();
    }

    /// A figure of the page.
    ///
    /// @param label what it is
    /// @param value how much
    /// @param unit of what
    public record Line(List<String> label, String value, String unit) {}

    /// The office's name in the page's language.
    public String name(OfficeMonth office) {
        return words == Words.EN ? office.nameEn() : office.nameKo();
    }

    /// When the figures were computed, by the office's clock.
    public String madeAt(OfficeMonth office) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
                .withZone(ZoneId.of(office.timeZone()))
                .format(report.madeAt());
    }
}
