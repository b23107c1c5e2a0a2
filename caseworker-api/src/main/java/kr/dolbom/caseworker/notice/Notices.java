package kr.dolbom.caseworker.notice;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Notices as the database has them. All methods work in the caller's transaction.
public final class Notices {
    private Notices() {}

    /// Raises a notice; does nothing while one of this kind about the same is open.
    ///
    /// @param officeNo whose supervisors must know; null for the operators
    /// @param kind names the texts `notice-kind.…` as well
    /// @param about what it is about
    /// @param values fill the texts' places
    /// @return whether it is a new one
    public static boolean raise(
            Connection connection,
            @Nullable Integer officeNo,
            String kind,
            String about,
            Instant now,
            Object... values) {
        return raiseFor(connection, officeNo, kind, about, null, now, values);
    }

    /// Raises a notice about something that begins to matter at a certain moment: before then it is told at any hour.
    ///
    /// @param mattersAt when it begins to matter; null: at no certain moment
    public static boolean raiseFor(
            Connection connection,
            @Nullable Integer officeNo,
            String kind,
            String about,
            @Nullable Instant mattersAt,
            Instant now,
            Object... values) {
        return !Sql.on(connection, """
                        insert into notice (office_no, kind, about, text_ko, text_en, matters_at, raised_at)
                        values (:office, :kind, :about, :ko, :en, :matters, :now)
                        on conflict (coalesce(office_no, 0), kind, about) where ended_at is null do nothing
                        returning notice_id""")
                .with("office", officeNo)
                .with("kind", kind)
                .with("about", about)
                .with("ko", SecretColumn.NOTICE_TEXT.of(Words.KO.text("notice-kind." + kind, values)))
                .with("en", SecretColumn.NOTICE_TEXT.of(Words.EN.text("notice-kind." + kind, values)))
                .with("matters", mattersAt)
                .with("now", now)
                .list(row -> row)
                .isEmpty();
    }

    /// Ends the notice of this kind about this; does nothing when there is none.
    public static void end(Connection connection, @Nullable Integer officeNo, String kind, String about, Instant now) {
        Sql.on(connection, """
                        update notice set ended_at = :now
                         where coalesce(office_no, 0) = coalesce(:office::int, 0) and kind = :kind and about = :about
                           and ended_at is null""")
                .with("now", now)
                .with("office", officeNo)
                .with("kind", kind)
                .with("about", about)
                .update();
    }

    /// The open notices, newest first.
    ///
    /// @param officeNo null for all
    public static List<Notice> listOpen(Connection connection, @Nullable Integer officeNo) {
        return Sql.on(connection, """
                        select notice_id, office_no, kind, about, text_ko, text_en, raised_at, ended_at from notice
                         where ended_at is null and (:office::int is null or office_no = :office)
                         order by raised_at desc, notice_id limit 1000""").with("office", officeNo).list(Notices::read);
    }

    private static Notice read(Row row) {
        return new Notice(
                row.uuid("notice_id"),
                row.findNumber("office_no"),
                row.text("kind"),
                row.text("about"),
                row.secret("text_ko", SecretColumn.NOTICE_TEXT),
                row.secret("text_en", SecretColumn.NOTICE_TEXT),
                row.instant("raised_at"),
                row.findInstant("ended_at"));
    }
}
