package kr.dolbom.caseworker.report;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kr.dolbom.caseworker.report.MonthlyReport.OfficeMonth;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// One figure in words, for tables and spreadsheets.
///
/// @param section under which heading, a key of `report.section.…`
/// @param figure which figure; the same in every language
/// @param label what it is called
/// @param part of what it is: a tier, an outcome, a cause; empty for the whole
/// @param value as it is written, without its unit; empty for none
/// @param unit such as `%`; empty for a count
record ReportLine(String section, String figure, String label, String part, String value, String unit) {

    /// All figures of an office, in the order in which they are read.
    static List<ReportLine> list(OfficeMonth office, Words words) {
        return new Lines(words).list(office);
    }

    private record Lines(Words words, List<ReportLine> lines) {
        Lines(Words words) {
            this(words, new ArrayList<>());
        }

        List<ReportLine> list(OfficeMonth office) {
            count("alerts", "raised", office.alerts());
            count("alerts", "open", office.open());
            for (MonthlyReport.TierCount tier : office.tiers()) {
                String word = words.text("tier." + tier.tier());
                add("tiers", "tier", word, Integer.toString(tier.alerts()), "");
                add("tiers", "tier-open", word, Integer.toString(tier.open()), "");
                tier.outcomes()
                        .forEach((outcome, count) -> add(
                                "tiers",
                                "tier-outcome",
                                word + " · " + words.text("outcome." + outcome),
                                Integer.toString(count),
                                ""));
            }
            count("from-call", "called", office.fromCall().called());
            count("from-call", "withdrawn", office.fromCall().withdrawn());
            count("from-call", "reached", office.fromCall().reached());
            response("from-call", office.fromCall());
            response("from-alert", office.fromAlert());
            count("false-alarms", "closed", office.falseAlarms().closed());
            count("false-alarms", "false-alarms", office.falseAlarms().falseAlarms());
            share("false-alarms", "false-alarm-share", office.falseAlarms().share());
            number(
                    "false-alarms",
                    "false-alarms-per-30-days",
                    office.falseAlarms().per30ResidentDays(),
                    "");
            count("robot", "asked", office.robot().asked());
            count("robot", "solved", office.robot().solved());
            share("robot", "solved-share", office.robot().share());
            count("gaps", "residents", office.gaps().residents());
            number("gaps", "resident-hours", office.gaps().residentHours(), words.text("report.hours"));
            number("gaps", "gap-hours", office.gaps().hours(), words.text("report.hours"));
            share("gaps", "gap-share", office.gaps().share());
            office.gaps()
                    .hoursByCause()
                    .forEach((cause, hours) -> add(
                            "gaps",
                            "gap-cause",
                            words.text("report.cause." + cause),
                            plain(hours),
                            words.text("report.hours")));
            office.attempts()
                    .byChannel()
                    .forEach((channel, count) -> add(
                            "attempts",
                            "channel",
                            words.text("report.channel." + channel),
                            Integer.toString(count),
                            ""));
            number("attempts", "attempts-per-alert", office.attempts().perAlert(), "");
            count("attempts", "attempts-most", office.attempts().most());
            count("unreached", "unreached", office.nobodyReached().size());
            DateTimeFormatter time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneId.of(office.timeZone()));
            office.nobodyReached()
                    .forEach(alert -> add(
                            "unreached",
                            "unreached-alert",
                            alert.alertId() + " · " + words.text("tier." + alert.tier()) + " · "
                                    + words.text("report.why." + alert.why()),
                            time.format(alert.raisedAt()),
                            ""));
            return lines;
        }

        private void response(String section, MonthlyReport.Response response) {
            share(section, "within-60", response.within60Share());
            share(section, "within-180", response.within180Share());
            number(section, "median", response.medianSeconds(), words.text("report.seconds"));
            number(section, "p90", response.p90Seconds(), words.text("report.seconds"));
        }

        private void count(String section, String figure, int count) {
            add(section, figure, "", Integer.toString(count), "");
        }

        private void share(String section, String figure, @Nullable Double share) {
            add(section, figure, "", share == null ? "" : String.format(Locale.ROOT, "%.2f", share * 100), "%");
        }

        private void number(String section, String figure, @Nullable Double number, String unit) {
            add(section, figure, "", number == null ? "" : plain(number), unit);
        }

        private void add(String section, String figure, String part, String value, String unit) {
            lines.add(new ReportLine(section, figure, words.text("report.figure." + figure), part, value, unit));
        }

        private static String plain(double number) {
            return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
        }
    }
}
