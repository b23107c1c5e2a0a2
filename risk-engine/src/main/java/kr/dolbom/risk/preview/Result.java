package kr.dolbom.risk.preview;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import kr.dolbom.risk.preview.CaseOutcome.Verdict;

/// What came of a preview. The response side reads it as JSON.
///
/// Rates come from person-days that were watched, so that neither a part that is drawn nor a blind time makes them
/// small: alerts a day are those of all residents, were they all watched.
///
/// @param job the question
/// @param from from when on alerts counted, not before the first stored message
/// @param subjects whom it is about
/// @param tally what was counted
record Result(Job job, Instant from, Subjects subjects, Tally tally) {
    /// Less than this says nothing about alerts.
    static final int LEAST_PERSON_DAYS = 14;

    private static final JsonFactory JSON = new JsonFactory();
    private static final double DAY = 86_400;
    private static final int MONTH = 30;

    double personDays() {
        return tally.watchedSeconds() / DAY;
    }

    boolean isEnough() {
        return personDays() >= LEAST_PERSON_DAYS;
    }

    private long count(Verdict... verdicts) {
        return tally.cases().stream()
                .filter(real -> List.of(verdicts).contains(real.verdict()))
                .count();
    }

    String toJson() {
        var text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("from", from.toString());
            out.writeStringField("to", job.to().toString());
            out.writeNumberField("residents", subjects.residents());
            out.writeNumberField("residentsReplayed", subjects.counted());
            out.writeNumberField("caseworkers", subjects.caseworkers());
            number(out, "personDays", personDays());
            out.writeNumberField("leastPersonDays", LEAST_PERSON_DAYS);
            out.writeBooleanField("enoughData", isEnough());
            if (isEnough()) {
                side(out, "now", tally.now());
                side(out, "proposed", tally.proposed());
            } else {
                out.writeStringField("advice", advice());
            }
            writeCases(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private String advice() {
        return ("Not enough data: %.1f watched person-days, at least %d are needed. "
                        + "Ask for a longer period or a larger scope, or wait until more is stored.")
                .formatted(personDays(), LEAST_PERSON_DAYS);
    }

    private void side(JsonGenerator out, String name, Figures figures) throws IOException {
        out.writeObjectFieldStart(name);
        alerts(out, "urgent", figures.urgent());
        alerts(out, "checkIn", figures.checkIn());
        out.writeObjectFieldStart("injectedSilences");
        out.writeNumberField("count", figures.silences());
        number(out, "medianHours", figures.hours(0.5, false));
        number(out, "daytimeMedianHours", figures.hours(0.5, true));
        number(out, "p90Hours", figures.hours(0.9, false));
        out.writeEndObject();
        out.writeEndObject();
    }

    private void alerts(JsonGenerator out, String name, int alerts) throws IOException {
        double perDay = alerts / personDays() * subjects.residents();
        out.writeObjectFieldStart(name);
        out.writeNumberField("count", alerts);
        number(out, "per30PersonDays", alerts / personDays() * MONTH);
        number(out, "perDay", perDay);
        number(
                out,
                "perWorkerAndDay",
                job.residentNo() != null || subjects.caseworkers() == 0 ? Double.NaN : perDay / subjects.caseworkers());
        out.writeEndObject();
    }

    private void writeCases(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("trueCases");
        out.writeNumberField("ofSilence", tally.cases().size());
        out.writeNumberField("foundNow", count(Verdict.SAME, Verdict.EARLIER, Verdict.LATER, Verdict.LOST));
        out.writeNumberField("foundProposed", count(Verdict.SAME, Verdict.EARLIER, Verdict.LATER, Verdict.GAINED));
        out.writeNumberField("lost", count(Verdict.LOST));
        out.writeNumberField("ofOtherFamilies", subjects.otherCases());
        out.writeArrayFieldStart("cases");
        for (CaseOutcome real : tally.cases()) {
            out.writeStartObject();
            out.writeStringField("alertId", real.alertId().toString());
            out.writeStringField("residentId", real.residentId().toString());
            out.writeStringField(
                    "raisedAt", Instant.ofEpochSecond(real.raisedAt()).toString());
            out.writeStringField("verdict", real.verdict().id());
            number(out, "hoursLater", real.hoursLater());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /// Rounded to three decimals; what is not known is left out.
    private static void number(JsonGenerator out, String name, double value) throws IOException {
        if (!Double.isNaN(value)) {
            out.writeNumberField(name, Math.round(value * 1000) / 1000.0);
        }
    }
}
