package kr.dolbom.caseworker.console.people;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import kr.dolbom.caseworker.setting.PreviewResult;
import kr.dolbom.caseworker.setting.RiskPreviews;
import org.jspecify.annotations.Nullable;

/// Puts a preview into words.
///
/// @param head what stands above its page
/// @param now the time
/// @param late after which time without an engine that is told
record PreviewTelling(Head head, Instant now, Duration late) {

    PreviewPage page(RiskPreviews.Preview preview, Form form) {
        PreviewResult result = preview.result();
        PreviewResult enough = result != null && result.enoughData() ? result : null;
        return new PreviewPage(
                head,
                preview.previewId().toString(),
                preview.state(),
                preview.percentDone(),
                preview.settings().entrySet().stream()
                        .map(entry -> ThresholdPages.label(head, entry.getKey()) + ": "
                                + ThresholdPages.told(head, entry.getKey(), entry.getValue()))
                        .toList(),
                head.text(
                        "preview.asked",
                        preview.askedBy(),
                        head.frame().phrasing().dateTime(preview.askedAt().toInstant())),
                preview.state().equals("waiting")
                        && preview.askedAt().toInstant().plus(late).isBefore(now),
                enough == null ? "" : new PreviewSentence(head.words()).of(enough),
                tooLittle(result),
                enough == null ? List.of() : figures(enough),
                form);
    }

    private String tooLittle(@Nullable PreviewResult result) {
        if (result == null || result.enoughData() || result.leastPersonDays() == null) {
            return "";
        }
        return head.text(
                "preview.too-little.days", PreviewSentence.number(result.personDays()), result.leastPersonDays());
    }

    private List<PreviewPage.Figure> figures(PreviewResult result) {
        PreviewResult.Side before = Objects.requireNonNull(result.now());
        PreviewResult.Side after = Objects.requireNonNull(result.proposed());
        List<PreviewPage.Figure> figures = new ArrayList<>();
        add(figures, "urgent", before, after, side -> PreviewSentence.perWeek(side.urgent()));
        add(figures, "check-in", before, after, side -> PreviewSentence.perWeek(side.checkIn()));
        add(figures, "per-worker", before, after, side -> side.urgent().perWorkerAndDay());
        add(figures, "median", before, after, side -> side.injectedSilences().medianHours());
        add(figures, "daytime", before, after, side -> side.injectedSilences().daytimeMedianHours());
        add(figures, "p90", before, after, side -> side.injectedSilences().p90Hours());
        PreviewResult.TrueCases cases = result.trueCases();
        figures.add(new PreviewPage.Figure(
                head.text("preview.figure.cases", cases.ofSilence()),
                Integer.toString(cases.foundNow()),
                Integer.toString(cases.foundProposed())));
        return figures;
    }

    private void add(
            List<PreviewPage.Figure> figures,
            String key,
            PreviewResult.Side before,
            PreviewResult.Side after,
            Function<PreviewResult.Side, @Nullable Double> figure) {
        figures.add(new PreviewPage.Figure(
                head.text("preview.figure." + key), told(figure.apply(before)), told(figure.apply(after))));
    }

    private static String told(@Nullable Double value) {
        return value == null ? "–" : PreviewSentence.number(value);
    }
}
