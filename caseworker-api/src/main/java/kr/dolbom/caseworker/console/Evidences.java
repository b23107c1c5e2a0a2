package kr.dolbom.caseworker.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Puts what the engine saw (`finding.evidence`) into words and pictures. What it has no words for, such as a tail's
/// probability, is left out.
final class Evidences {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// How much of the time after it an alert that is over shows: what came then is another story.
    private static final Duration LOOKED_AT_AFTER = Duration.ofHours(6);
    private static final int WHOLE_BAR = 100;

    /// What is now, and what of the same is usual.
    private static final Map<String, String> USUAL = Map.of(
            "recentSharePercent", "usualSharePercent",
            "outMinutes", "usualMinutes",
            "turnsADay", "usualTurnsADay",
            "sadSharePercent", "usualSadSharePercent",
            "lonelyWordsAWeek", "usualLonelyWordsAWeek",
            "activeMinutes", "usualActiveMinutes",
            "darkSharePercent", "usualDarkSharePercent",
            "recentSignsADay", "usualSignsADay",
            "silentMinutes", "usuallyWithinMinutes");

    private final Phrasing phrasing;
    private final Words words;

    Evidences(Phrasing phrasing) {
        this.phrasing = phrasing;
        this.words = phrasing.words();
    }

    /// What the latest finding of an alert stands on.
    AlertPage.Evidence read(Connection connection, Alert alert) {
        JsonNode evidence = find(connection, alert.alertId());
        Instant resolved = alert.resolvedAt();
        Instant latest = alert.raisedAt().plus(LOOKED_AT_AFTER);
        Instant end = resolved == null ? phrasing.clock().instant() : resolved.isAfter(latest) ? latest : resolved;
        HourChart hours = new HourCharts(phrasing)
                .draw(
                        connection,
                        alert.resident().residentNo(),
                        end,
                        resolved == null,
                        alert.moment(),
                        alert.family().equals("silence") ? instant(evidence.path("lastSeenAt")) : null);
        List<AlertPage.Pair> pairs = new ArrayList<>();
        List<AlertPage.Fact> facts = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Map.Entry<String, JsonNode> member : evidence.properties()) {
            String usual = USUAL.get(member.getKey());
            if (usual != null
                    && evidence.path(usual).isNumber()
                    && member.getValue().isNumber()) {
                pairs.add(pair(
                        member.getKey(),
                        member.getValue().asDouble(),
                        evidence.path(usual).asDouble()));
                told.add(member.getKey());
                told.add(usual);
            }
        }
        for (Map.Entry<String, JsonNode> member : evidence.properties()) {
            String key = "evidence." + member.getKey();
            if (!told.contains(member.getKey())
                    && words.has(key)
                    && !member.getValue().isNull()) {
                facts.add(new AlertPage.Fact(words.text(key), value(member.getKey(), member.getValue())));
            }
        }
        return new AlertPage.Evidence(hours, pairs, facts);
    }

    private static JsonNode find(Connection connection, UUID alertId) {
        Optional<String> evidence =
                Sql.on(connection, """
                        select evidence::text as evidence from finding
                         where alert_id = :alert order by found_at desc limit 1""").with("alert", alertId).find(row -> row.text("evidence"));
        try {
            return JSON.readTree(evidence.orElse("{}"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database gave JSON that is none", e);
        }
    }

    private AlertPage.Pair pair(String key, double now, double usual) {
        double longest = Math.max(Math.max(now, usual), Double.MIN_NORMAL);
        return new AlertPage.Pair(
                words.text("evidence." + key),
                number(key, now),
                number(key, usual),
                (int) Math.round(now / longest * WHOLE_BAR),
                (int) Math.round(usual / longest * WHOLE_BAR));
    }

    private String value(String key, JsonNode value) {
        Instant moment = instant(value);
        if (moment != null) {
            return phrasing.dateTime(moment);
        }
        if (value.isNumber()) {
            return number(key, value.asDouble());
        }
        String word = "evidence-word." + value.asText();
        return words.has(word) ? words.text(word) : value.asText();
    }

    private String number(String key, double value) {
        boolean isWhole = Math.abs(value) >= 10 || value == Math.rint(value);
        String text = String.format(words.locale(), isWhole ? "%,.0f" : "%.1f", value);
        if (key.equals("confidence")) {
            return Math.round(value * WHOLE_BAR) + " %";
        }
        if (key.contains("Percent")) {
            return text + " %";
        }
        if (key.endsWith("Minutes") && value >= 60) {
            return words.text("alert.hours", Math.round(value) / 60, Math.round(value) % 60);
        }
        if (key.endsWith("Minutes")) {
            return words.text("alert.minutes", text);
        }
        String counted = "evidence-count." + key;
        return words.has(counted) ? words.text(counted, text) : text;
    }

    private static @Nullable Instant instant(JsonNode value) {
        boolean isMoment = value.isTextual() && value.asText().matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
        return isMoment ? Instant.parse(value.asText()) : null;
    }
}
