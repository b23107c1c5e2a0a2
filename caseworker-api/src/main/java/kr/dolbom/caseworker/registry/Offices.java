package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.words.TextCharacters;
import org.jspecify.annotations.Nullable;

/// The offices as the database has them. All methods work in the caller's transaction; changes are noted in the audit
/// log.
public final class Offices {
    private static final String COLUMNS =
            "select office_no, office_id, name_ko, name_en, short_name, alimtalk_wait_seconds, canary from office";

    private Offices() {}

    /// What is written of an office.
    ///
    /// @param nameKo said first in every call, `고양시청 노인복지과`
    /// @param nameEn the same in English
    /// @param shortName opens every text message, `고양시 노인복지과`
    /// @param alimTalkWaitSeconds how long an AlimTalk message may take until a text goes out in its place;
    ///     null: as the program's settings say
    @Introspected
    public record Entry(
            String nameKo,
            String nameEn,
            String shortName,
            @Nullable Integer alimTalkWaitSeconds) {}

    /// An office of the registry.
    ///
    /// @param number the database's number
    /// @param officeId the public id
    /// @param entry what is written of it
    /// @param canary whether it is the canary home's
    @Introspected
    public record Known(int number, UUID officeId, Entry entry, boolean canary) {}

    /// All offices.
    public static List<Known> list(Connection connection) {
        return Sql.on(connection, COLUMNS + " order by office_no").list(Offices::read);
    }

    /// One office of those that somebody may see.
    ///
    /// @param officeNo another one is none; null: of all
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is none with this id
    public static Known get(Connection connection, UUID officeId, @Nullable Integer officeNo) {
        Known known = get(connection, officeId);
        if (officeNo != null && officeNo != known.number()) {
            throw Problem.notFound("office", officeId);
        }
        return known;
    }

    /// One office.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is none with this id
    public static Known get(Connection connection, UUID officeId) {
        return Sql.on(connection, COLUMNS + " where office_id = :office")
                .with("office", officeId)
                .find(Offices::read)
                .orElseThrow(() -> Problem.notFound("office", officeId));
    }

    /// Adds one.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when phones cannot show its short name
    public static UUID add(Connection connection, Entry entry, Viewer viewer) {
        UUID officeId = bind(Sql.on(connection, """
                        insert into office (name_ko, name_en, short_name, alimtalk_wait_seconds)
                        values (:nameKo, :nameEn, :shortName, :wait) returning office_id"""), entry).get(row -> row.uuid("office_id"));
        AuditLog.write(connection, viewer.actor(), "office-added", null, Map.of("office", officeId.toString()));
        return officeId;
    }

    /// Writes anew what is written of one.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when phones cannot show its short name
    public static void change(Connection connection, UUID officeId, Entry entry, Viewer viewer) {
        bind(Sql.on(connection, """
                        update office set name_ko = :nameKo, name_en = :nameEn, short_name = :shortName,
                                          alimtalk_wait_seconds = :wait
                         where office_id = :office"""), entry).with("office", officeId).update();
        AuditLog.write(connection, viewer.actor(), "office-changed", null, Map.of("office", officeId.toString()));
    }

    private static Sql bind(Sql sql, Entry entry) {
        if (!TextCharacters.hasAll(entry.shortName())) {
            throw Problem.invalid(
                    "shortName",
                    entry.shortName(),
                    "characters that Korean phones show in a text (KS X 1001), such as 고양시; %s is shown"
                            .formatted(TextCharacters.only(entry.shortName())));
        }
        return sql.with("nameKo", entry.nameKo())
                .with("nameEn", entry.nameEn())
                .with("shortName", entry.shortName())
                .with("wait", entry.alimTalkWaitSeconds());
    }

    private static Known read(Row row) {
        return new Known(
                row.number("office_no"),
                row.uuid("office_id"),
                new Entry(
                        row.text("name_ko"),
                        row.text("name_en"),
                        row.text("short_name"),
                        row.findNumber("alimtalk_wait_seconds")),
                row.flag("canary"));
    }
}
