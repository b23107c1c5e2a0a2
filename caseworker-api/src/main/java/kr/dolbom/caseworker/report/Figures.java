package kr.dolbom.caseworker.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import kr.dolbom.caseworker.alert.Outcome;
import kr.dolbom.caseworker.alert.Tier;
import org.jspecify.annotations.Nullable;

/// The report's figures: pure functions of the facts.
final class Figures {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(3);
    private static final double MILLIS = 1_000;
    private static final double HOURS_PER_30_DAYS = 30 * 24;

    private Figures() {}

    /// Alerts by tier, most urgent first, every outcome with its count.
    static List<MonthlyReport.TierCount> tiers(List<AlertFacts> alerts) {
        return Arrays.stream(Tier.values())
                .map(tier -> {
                    List<AlertFacts> own = alerts.stream()
                            .filter(alert -> alert.tier().equals(tier.word()))
                            .toList();
                    Map<String, Integer> outcomes = new LinkedHashMap<>();
                    for (Outcome outcome : Outcome.values()) {
                        outcomes.put(
                                outcome.word(),
                                count(own, alert -> outcome.word().equals(alert.outcome())));
                    }
                    return new MonthlyReport.TierCount(
                            tier.word(), own.size(), count(own, alert -> alert.outcome() == null), outcomes);
                })
                .toList();
    }

    /// How soon somebody was reached. Whoever was never reached comes after everybody who was.
    ///
    /// @param since from when on
    static MonthlyReport.Response response(List<AlertFacts> alerts, Function<AlertFacts, @Nullable Instant> since) {
        List<AlertFacts> counted = alerts.stream().filter(AlertFacts::counts).toList();
        List<Duration> reached = counted.stream()
                .map(alert -> alert.reachedAfter(since.apply(alert)))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return new MonthlyReport.Response(
                count(alerts, alert -> alert.calledAt() != null),
                count(alerts, AlertFacts::isWithdrawn),
                reached.size(),
                share(countWithin(reached, SOON), counted.size()),
                share(countWithin(reached, LATER), counted.size()),
                secondsAt(0.5, reached, counted.size()),
                secondsAt(0.9, reached, counted.size()));
    }

    private static int countWithin(List<Duration> reached, Duration limit) {
        return (int) reached.stream().filter(time -> time.compareTo(limit) <= 0).count();
    }

    /// The nearest rank: the shortest time by which at least this share was reached; null when it never was.
    private static @Nullable Double secondsAt(double share, List<Duration> reached, int of) {
        int rank = (int) Math.ceil(share * of);
        return rank == 0 || rank > reached.size() ? null : reached.get(rank - 1).toMillis() / MILLIS;
    }

    /// Closed as a false alarm, among all that were closed otherwise than by late data.
    static MonthlyReport.FalseAlarms falseAlarms(List<AlertFacts> alerts, double residentHours) {
        int closed = count(
                alerts,
                alert -> alert.outcome() != null && !Outcome.RETRACTED.word().equals(alert.outcome()));
        int wrong = count(alerts, alert -> Outcome.FALSE_ALARM.word().equals(alert.outcome()));
        return new MonthlyReport.FalseAlarms(
                closed,
                wrong,
                share(wrong, closed),
                residentHours == 0 ? null : round(wrong * HOURS_PER_30_DAYS / residentHours, 4));
    }

    /// Closed by the resident's answer, with nobody called.
    static MonthlyReport.Robot robot(List<AlertFacts> alerts) {
        int asked = count(alerts, AlertFacts::asked);
        int solved = count(alerts, alert -> alert.asked() && alert.closedByResident() && alert.calledAt() == null);
        return new MonthlyReport.Robot(asked, solved, share(solved, asked));
    }

    /// Monitoring gaps.
    ///
    /// @param seconds not watched, by cause
    static MonthlyReport.Gaps gaps(int residents, double residentHours, Map<String, Double> seconds) {
        Map<String, Double> hours = new TreeMap<>();
        seconds.forEach((cause, length) ->
                hours.put(cause, round(length / Duration.ofHours(1).toSeconds(), 2)));
        double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum()
                / Duration.ofHours(1).toSeconds();
        return new MonthlyReport.Gaps(
                residents,
                round(residentHours, 2),
                round(all, 2),
                residentHours == 0 ? null : round(all / residentHours, 6),
                hours);
    }

    /// Texts and calls.
    static MonthlyReport.Attempts attempts(List<AlertFacts> alerts) {
        Map<String, Integer> byChannel = new TreeMap<>();
        alerts.forEach(
                alert -> alert.attempts().forEach((channel, count) -> byChannel.merge(channel, count, Integer::sum)));
        List<AlertFacts> called =
                alerts.stream().filter(alert -> alert.calledAt() != null).toList();
        int all = called.stream().mapToInt(AlertFacts::attemptCount).sum();
        return new MonthlyReport.Attempts(
                byChannel,
                called.isEmpty() ? null : round((double) all / called.size(), 2),
                alerts.stream().mapToInt(AlertFacts::attemptCount).max().orElse(0));
    }

    /// Alerts for which nobody was reached for long.
    static List<MonthlyReport.Unreached> nobodyReached(List<AlertFacts> alerts) {
        return alerts.stream()
                .filter(alert ->
                        alert.nobodyOnCall() || alert.nobodyReached() || (alert.counts() && alert.reachedAt() == null))
                .sorted(Comparator.comparing(AlertFacts::raisedAt))
                .map(alert -> new MonthlyReport.Unreached(
                        alert.alertId(), alert.tier(), alert.raisedAt(), why(alert), alert.reachedAt()))
                .toList();
    }

    private static String why(AlertFacts alert) {
        if (alert.nobodyOnCall()) {
            return "nobody-on-call";
        }
        return alert.nobodyReached() ? "nobody-reached" : "not-yet-reached";
    }

    private static int count(List<AlertFacts> alerts, Function<AlertFacts, Boolean> condition) {
        return (int) alerts.stream().filter(condition::apply).count();
    }

    static @Nullable Double share(int part, int whole) {
        return whole == 0 ? null : round((double) part / whole, 4);
    }

    static double round(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .doubleValue();
    }
}
