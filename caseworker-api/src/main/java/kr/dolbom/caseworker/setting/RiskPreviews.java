package kr.dolbom.caseworker.setting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotEmpty;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Previews: the table in which people ask what other settings would have done, and the engine answers. One for an
/// office at a time.
public final class RiskPreviews {
    static final Duration USUAL_PERIOD = Duration.ofDays(28);
    static final Duration LONGEST_PERIOD = Duration.ofDays(92);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SETTINGS = "one or more settings by name, as {\"caps.urgent\": \"14h\"}";
    private static final String PERIOD = "a period of at most 92 days that ends now or before";

    private RiskPreviews() {}

    /// A question.
    ///
    /// @param settings proposed, by name: `{"caps.urgent": "14h"}`; null takes one back
    /// @param from from when on alerts count; missing: 28 days before the end
    /// @param to until when; missing: now
    @Introspected
    public record Question(
            @NotEmpty(message = SETTINGS) Map<String, @Nullable String> settings,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime to) {}

    /// A preview.
    ///
    /// @param previewId its name
    /// @param state `waiting`, `running`, `done` or `failed`
    /// @param percentDone how far the engine has come
    /// @param settings proposed, by name; null: taken back
    /// @param from from when on alerts count
    /// @param to until when
    /// @param askedBy the login of who asked
    /// @param askedAt when
    /// @param finishedAt when it was done or failed; null: not yet
    /// @param result what came of it; null: not done
    /// @param error why it failed and what to do; null: it did not
    @Introspected
    public record Preview(
            UUID previewId,
            String state,
            int percentDone,
            Map<String, @Nullable String> settings,
            OffsetDateTime from,
            OffsetDateTime to,
            String askedBy,
            OffsetDateTime askedAt,
            @Nullable OffsetDateTime finishedAt,
            @Nullable PreviewResult result,
            @Nullable String error) {}

    /// Asks the engine, and notes it in the audit log.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when the question is none, or another one of
    ///     the office is being worked out
    public static Preview ask(
            Connection connection, RiskSettings.Scope scope, Question question, Viewer viewer, Instant now) {
        UUID id = insert(connection, scope, question, viewer.actor(), now);
        Preview preview = get(connection, scope, id);
        Map<String, String> detail = new TreeMap<>(Map.of("preview", id.toString()));
        preview.settings()
                .forEach((name, value) -> detail.put(name, Objects.requireNonNullElse(value, "no longer set")));
        AuditLog.write(connection, viewer.actor(), "risk-preview-asked", scope.residentNo(), detail);
        return preview;
    }

    /// A preview for somebody to read; once it tells of residents that is noted in the audit log.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when this scope has no such preview
    public static Preview look(Connection connection, RiskSettings.Scope scope, UUID previewId, Viewer viewer) {
        Preview preview = get(connection, scope, previewId);
        PreviewResult result = preview.result();
        if (result != null) {
            // Before it is done it tells nothing of anybody.
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "risk-preview-read",
                    scope.residentNo(),
                    Map.of("preview", previewId.toString()));
            if (scope.residentNo() == null) {
                AuditLog.write(connection, viewer.actor(), "risk-preview-read", numbers(connection, result));
            }
        }
        return preview;
    }

    /// The latest preview of a scope that is being worked out or waits; empty: none.
    public static Optional<UUID> findOpen(Connection connection, RiskSettings.Scope scope) {
        return Sql.on(connection, """
                        select preview_id from risk_preview
                         where office_no = :office and resident_no is not distinct from :resident::integer
                           and finished_at is null""")
                .with("office", scope.officeNo())
                .with("resident", scope.residentNo())
                .find(row -> row.uuid("preview_id"));
    }

    private static List<Integer> numbers(Connection connection, PreviewResult result) {
        String[] ids = result.trueCases().cases().stream()
                .map(real -> real.residentId().toString())
                .distinct()
                .toArray(String[]::new);
        return Sql.on(connection, "select resident_no from resident where resident_id = any (:ids::uuid[])")
                .with("ids", ids)
                .list(row -> row.number("resident_no"));
    }

    private static UUID insert(
            Connection connection, RiskSettings.Scope scope, Question question, Actor actor, Instant now) {
        Instant to = question.to() == null ? now : question.to().toInstant();
        Instant from = question.from() == null
                ? to.minus(USUAL_PERIOD)
                : question.from().toInstant();
        if (to.isAfter(now)) {
            throw Problem.invalid("to", question.to(), PERIOD);
        }
        if (!from.isBefore(to) || from.isBefore(to.minus(LONGEST_PERIOD))) {
            throw Problem.invalid("from", from, PERIOD);
        }
        Map<String, @Nullable Integer> proposed = new TreeMap<>();
        question.settings().forEach((name, value) -> proposed.put(name, valueOf(connection, name, value)));
        return Sql.on(connection, """
                        insert into risk_preview (office_no, resident_no, proposed, from_at, to_at, asked_by, asked_at)
                        values (:office, :resident, :proposed::jsonb, :from, :to, :by, :now)
                        on conflict (office_no) where finished_at is null do nothing
                        returning preview_id""")
                .with("office", scope.officeNo())
                .with("resident", scope.residentNo())
                .with("proposed", write(proposed))
                .with("from", from)
                .with("to", to)
                .with("by", actor.name())
                .with("now", now)
                .find(row -> row.uuid("preview_id"))
                .orElseThrow(() -> Problem.conflict(
                        "Another preview of this office is being worked out, asked for at %s. Ask again when it is done."
                                .formatted(runningSince(connection, scope.officeNo()))));
    }

    private static @Nullable Integer valueOf(Connection connection, String name, @Nullable String value) {
        if (name.startsWith("quiet.")) {
            throw Problem.invalid("settings." + name, value, "another setting: quiet hours change no alert");
        }
        return RiskSettings.valueOf(connection, name, value, "settings." + name);
    }

    private static String runningSince(Connection connection, int officeNo) {
        return Sql.on(connection, "select asked_at from risk_preview where office_no = :office and finished_at is null")
                .with("office", officeNo)
                .find(row -> row.instant("asked_at").toString())
                .orElse("a moment that has just passed");
    }

    /// A preview of this scope. Whoever may set what it proposes may see it, and nobody else.
    static Preview get(Connection connection, RiskSettings.Scope scope, UUID previewId) {
        return find(connection, scope, previewId).orElseThrow(() -> Problem.notFound("preview", previewId));
    }

    private static Optional<Preview> find(Connection connection, RiskSettings.Scope scope, UUID previewId) {
        Map<String, String> units = new LinkedHashMap<>();
        Sql.on(connection, "select name, unit from risk_setting")
                .list(row -> units.put(row.text("name"), row.text("unit")));
        return Sql.on(connection, """
                        select preview_id, state, round(progress * 100)::integer as percent, proposed::text as proposed,
                               from_at, to_at, asked_by, asked_at, finished_at, result::text as result, error
                          from risk_preview
                         where preview_id = :preview and office_no = :office
                           and resident_no is not distinct from :resident::integer""")
                .with("preview", previewId)
                .with("office", scope.officeNo())
                .with("resident", scope.residentNo())
                .find(row -> read(row, units));
    }

    /// The number of a preview on which a change may stand.
    static long numberOf(
            Connection connection, RiskSettings.Scope scope, UUID previewId, String name, @Nullable Integer value) {
        return Sql.on(connection, """
                        select preview_no::text as number from risk_preview
                         where preview_id = :preview and office_no = :office and state = 'done'
                           and resident_no is not distinct from :resident::integer
                           and jsonb_exists(proposed, :name) and (proposed ->> :name)::integer is not distinct from :value::integer""")
                .with("preview", previewId)
                .with("office", scope.officeNo())
                .with("resident", scope.residentNo())
                .with("name", name)
                .with("value", value)
                .find(row -> Long.valueOf(row.text("number")))
                .orElseThrow(
                        () -> Problem.invalid(
                                "previewId",
                                previewId,
                                "the id of a preview that is done, of the same office or resident, and that proposed this value; or none"));
    }

    private static Preview read(Row row, Map<String, String> units) {
        Map<String, @Nullable String> settings = new TreeMap<>();
        parse(row.text("proposed"), new TypeReference<Map<String, @Nullable Integer>>() {})
                .forEach((name, value) -> settings.put(
                        name,
                        value == null
                                ? null
                                : SettingValue.format(Objects.requireNonNull(units.get(name), name), value)));
        String result = row.findText("result");
        Instant finishedAt = row.findInstant("finished_at");
        return new Preview(
                row.uuid("preview_id"),
                row.text("state"),
                row.number("percent"),
                settings,
                row.instant("from_at").atOffset(ZoneOffset.UTC),
                row.instant("to_at").atOffset(ZoneOffset.UTC),
                row.text("asked_by"),
                row.instant("asked_at").atOffset(ZoneOffset.UTC),
                finishedAt == null ? null : finishedAt.atOffset(ZoneOffset.UTC),
                result == null ? null : parse(result, new TypeReference<PreviewResult>() {}),
                row.findText("error"));
    }

    private static <T> T parse(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a preview holds what cannot be read: " + text, e);
        }
    }

    private static String write(Map<String, @Nullable Integer> proposed) {
        try {
            return JSON.writeValueAsString(proposed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers can always be written", e);
        }
    }
}
