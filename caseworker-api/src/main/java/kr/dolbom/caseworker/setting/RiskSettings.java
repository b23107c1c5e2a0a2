package kr.dolbom.caseworker.setting;

import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The settings of an office or a resident, and their history. The newest change counts; a resident's goes before the
/// office's, and where there is none the setting is as usual.
public final class RiskSettings {
    static final String REASON = "a reason of 2 to 500 characters";

    private RiskSettings() {}

    /// A setting as it stands.
    ///
    /// @param name `caps.urgent`
    /// @param value `14h`
    /// @param from whose it is: `usual`, `office` or `resident`
    /// @param usual what it is where nobody set it
    /// @param lowest the least that it may be
    /// @param highest the most
    @Introspected
    public record Setting(String name, String value, String from, String usual, String lowest, String highest) {}

    /// One change.
    ///
    /// @param name of the setting
    /// @param value what it was set to; null: no longer set
    /// @param changedBy the login of who did
    /// @param reason why
    /// @param changedAt when
    /// @param previewId the preview that it stood on; null: none was named
    @Introspected
    public record Change(
            String name,
            @Nullable String value,
            String changedBy,
            String reason,
            OffsetDateTime changedAt,
            @Nullable UUID previewId) {}

    /// All settings and what was changed in them.
    ///
    /// @param settings as they stand
    /// @param changes newest first
    @Introspected
    public record Overview(List<Setting> settings, List<Change> changes) {}

    /// A value to set.
    ///
    /// @param value `14h`; null: no longer set
    /// @param reason why, for those who come later
    /// @param previewId the preview that it stands on; may be missing
    @Introspected
    public record Wish(
            @Nullable String value,

            @NotBlank(message = REASON) @Size(min = 2, max = 500, message = REASON) String reason,

            @Nullable UUID previewId) {}

    /// Whose settings.
    ///
    /// @param officeNo the office, also the resident's
    /// @param residentNo null: the office's own
    public record Scope(int officeNo, @Nullable Integer residentNo) {}

    /// The settings of a scope as they stand, and what was changed in them.
    public static Overview overview(Connection connection, Scope scope) {
        List<Setting> settings = Sql.on(connection, """
                        select s.name, s.unit, s.lowest, s.highest, s.usual, r.value as of_resident, o.value as of_office
                          from risk_setting s
                          left join lateral (select value from risk_setting_change c
                                              where c.resident_no = :resident and c.name = s.name
                                              order by change_no desc limit 1) r on true
                          left join lateral (select value from risk_setting_change c
                                              where c.office_no = :office and c.name = s.name
                                              order by change_no desc limit 1) o on true
                         order by s.name""")
                .with("resident", scope.residentNo())
                .with("office", scope.officeNo())
                .list(RiskSettings::readSetting);
        List<Change> changes = Sql.on(connection, """
                        select c.name, s.unit, c.value, c.changed_by, c.reason, c.changed_at, p.preview_id
                          from risk_setting_change c join risk_setting s using (name)
                          left join risk_preview p using (preview_no)
                         where c.resident_no = :resident or (:resident::integer is null and c.office_no = :office)
                         order by c.change_no desc limit 500""")
                .with("resident", scope.residentNo())
                .with("office", scope.officeNo())
                .list(RiskSettings::readChange);
        return new Overview(settings, changes);
    }

    /// Sets a value, or takes it back, and notes it in the audit log.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such setting, it may not have
    ///     this value, or the preview is none of this value
    public static void change(Connection connection, Scope scope, String name, Wish wish, Viewer viewer) {
        Integer value = valueOf(connection, name, wish.value(), "value");
        UUID previewId = wish.previewId();
        Long preview = previewId == null ? null : RiskPreviews.numberOf(connection, scope, previewId, name, value);
        Sql.on(connection, """
                        insert into risk_setting_change (office_no, resident_no, name, value, changed_by, reason, preview_no)
                        values (:office, :resident, :name, :value, :by, :reason, :preview)""")
                .with("office", scope.residentNo() == null ? scope.officeNo() : null)
                .with("resident", scope.residentNo())
                .with("name", name)
                .with("value", value)
                .with("by", viewer.actor().name())
                .with("reason", wish.reason().strip())
                .with("preview", preview)
                .update();
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("name", name);
        detail.put("value", Objects.requireNonNullElse(wish.value(), "no longer set"));
        AuditLog.write(connection, viewer.actor(), "risk-setting-changed", scope.residentNo(), detail);
        tellEngine(connection);
    }

    /// The number that the database keeps for a value.
    ///
    /// @param text null: no longer set
    /// @param field what to call it where it is not as expected
    static @Nullable Integer valueOf(Connection connection, String name, @Nullable String text, String field) {
        return Sql.on(connection, "select unit, lowest, highest from risk_setting where name = :name")
                .with("name", name)
                .find(row -> new @Nullable Integer[] {number(row, text, field)})
                .orElseThrow(() -> Problem.notFound("setting", name))[0];
    }

    /// Sets one of a resident's settings, for REST and pages alike, and notes it in the audit log.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such resident or setting, or
    ///     the value is out of its bounds
    public static void changeOfResident(Connection connection, UUID residentId, String name, Wish wish, Viewer viewer) {
        Scope scope = Scopes.ofResident(connection, residentId, viewer);
        change(connection, scope, name, wish, viewer);
    }

    static void tellEngine(Connection connection) {
        Sql.on(connection, "select pg_notify('dolbom_setting', '')::text as told")
                .list(row -> row.findText("told"));
    }

    private static @Nullable Integer number(Row row, @Nullable String text, String field) {
        if (text == null) {
            return null;
        }
        String unit = row.text("unit");
        int lowest = row.number("lowest");
        int highest = row.number("highest");
        OptionalInt value = SettingValue.parse(unit, text);
        if (value.isEmpty() || value.getAsInt() < lowest || value.getAsInt() > highest) {
            throw Problem.invalid(
                    field,
                    text,
                    "a value from %s to %s"
                            .formatted(SettingValue.format(unit, lowest), SettingValue.format(unit, highest)));
        }
        return value.getAsInt();
    }

    private static Setting readSetting(Row row) {
        String unit = row.text("unit");
        Integer ofResident = row.findNumber("of_resident");
        Integer ofOffice = row.findNumber("of_office");
        int usual = row.number("usual");
        int value = ofResident != null ? ofResident : ofOffice != null ? ofOffice : usual;
        return new Setting(
                row.text("name"),
                SettingValue.format(unit, value),
                ofResident != null ? "resident" : ofOffice != null ? "office" : "usual",
                SettingValue.format(unit, usual),
                SettingValue.format(unit, row.number("lowest")),
                SettingValue.format(unit, row.number("highest")));
    }

    private static Change readChange(Row row) {
        Integer value = row.findNumber("value");
        return new Change(
                row.text("name"),
                value == null ? null : SettingValue.format(row.text("unit"), value),
                row.text("changed_by"),
                row.text("reason"),
                row.instant("changed_at").atOffset(ZoneOffset.UTC),
                row.findUuid("preview_id"));
    }
}
