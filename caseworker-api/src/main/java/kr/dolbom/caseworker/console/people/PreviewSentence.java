package kr.dolbom.caseworker.console.people;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kr.dolbom.caseworker.setting.PreviewResult;
import kr.dolbom.caseworker.words.Words;

/// What other thresholds would have done, in one sentence. Immutable.
///
/// @param words the language
record PreviewSentence(Words words) {
    private static final int DAYS_PER_WEEK = 7;

    /// For example: this would have given 3 alerts a week more and found 1 case 4 h earlier.
    ///
    /// @param result with enough data
    String of(PreviewResult result) {
        long days = Math.round(Duration.between(OffsetDateTime.parse(result.from()), OffsetDateTime.parse(result.to()))
                        .toHours()
                / 24.0);
        double now = perWeek(Objects.requireNonNull(result.now()).urgent());
        double proposed = perWeek(Objects.requireNonNull(result.proposed()).urgent());
        return text("sentence", days, alerts(proposed - now), cases(result.trueCases()));
    }

    /// Alerts a week of all residents.
    static double perWeek(PreviewResult.Alerts alerts) {
        return alerts.perDay() * DAYS_PER_WEEK;
    }

    private String alerts(double more) {
        String number = number(Math.abs(more));
        if (number.equals("0")) {
            return text("alerts.same");
        }
        return text(more > 0 ? "alerts.more" : "alerts.fewer", number);
    }

    private String cases(PreviewResult.TrueCases cases) {
        if (cases.ofSilence() == 0) {
            return text("cases.none");
        }
        List<String> parts = new ArrayList<>();
        add(parts, cases, "earlier");
        add(parts, cases, "gained");
        add(parts, cases, "later");
        add(parts, cases, "lost");
        return parts.isEmpty() ? text("cases.same", cases.ofSilence()) : text("cases", String.join(text("and"), parts));
    }

    private void add(List<String> parts, PreviewResult.TrueCases cases, String verdict) {
        List<PreviewResult.TrueCase> those = cases.cases().stream()
                .filter(one -> one.verdict().equals(verdict))
                .toList();
        if (those.isEmpty()) {
            return;
        }
        double hours = those.stream()
                .map(PreviewResult.TrueCase::hoursLater)
                .filter(Objects::nonNull)
                .mapToDouble(later -> Math.abs(later))
                .average()
                .orElse(0);
        parts.add(text("cases." + verdict, those.size(), number(hours)));
    }

    /// With one digit behind the point, where it is not 0; below 1 with two.
    static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(Math.abs(value) < 1 ? 2 : 1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private String text(String key, Object... values) {
        return words.text("people.preview." + key, values);
    }
}
