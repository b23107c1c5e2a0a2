package kr.dolbom.caseworker.task;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// Tasks as the database has them. All methods work in the caller's transaction.
@Singleton
public final class Tasks {
    private static final String COLUMNS = """
            select t.task_id, r.resident_no, r.resident_id, r.name, r.neighbourhood, r.phone, t.kind, t.source, t.words,
                   t.state, t.asked_at, x.started_at as told_at, t.taken_by as taken_by_no, c.name as taken_by,
                   t.taken_at, t.done_by, t.done_at, t.note
              from task t join resident r using (resident_no) left join task_text x using (text_id)
              left join caseworker c on c.caseworker_no = t.taken_by
            """;

    private final TaskSettings settings;

    Tasks(TaskSettings settings) {
        this.settings = settings;
    }

    /// Where a task comes from.
    public enum Source {
        /// The resident asked the robot.
        REQUEST("request"),
        /// The resident said so in a planned conversation.
        CHECK_IN("check-in");

        private final String word;

        Source(String word) {
            this.word = word;
        }
    }

    /// Adds a task; a caseworker is told of it by day.
    ///
    /// @param residentNo for whom
    /// @param words what they said, only with their consent; null: not known
    /// @param askedAt when they said so
    public void add(
            Connection connection,
            int residentNo,
            Source source,
            @Nullable String words,
            Instant askedAt,
            Instant now) {
        ZoneId zone = Sql.on(connection, """
                        select o.time_zone from resident r join office o using (office_no) where r.resident_no = :resident""").with("resident", residentNo).get(row -> ZoneId.of(row.text("time_zone")));
        Sql.on(connection, """
                        insert into task (resident_no, kind, source, words, asked_at, tell_after)
                        values (:resident, :kind, :source, :words, :askedAt, :tellAfter)""")
                .with("resident", residentNo)
                .with("kind", TaskKind.of(words).word())
                .with("source", source.word)
                .with("words", words)
                .with("askedAt", askedAt)
                .with("tellAfter", settings.inTheDay(now, zone))
                .update();
    }

    /// The latest tasks, those that are not done first, oldest first.
    ///
    /// @param officeNo of this office's residents; null: of all
    /// @param state only these; null: those that are not done
    static List<Task> list(Connection connection, @Nullable Integer officeNo, @Nullable String state) {
        return Sql.on(connection, COLUMNS + """
                        where (:office::int is null or r.office_no = :office)
                          and (t.state = :state or :state::text is null and t.state <> 'done')
                        order by case when t.state = 'done' then t.done_at end desc nulls first, t.asked_at, t.task_no
                        limit 1000""")
                .with("office", officeNo)
                .with("state", state)
                .list(Tasks::read);
    }

    /// A task, for the rest of the transaction nobody else's to change.
    ///
    /// @param officeNo if it is of this office; null: of any
    static Optional<Task> findAndLock(Connection connection, UUID taskId, @Nullable Integer officeNo) {
        Sql.on(connection, "select task_no from task where task_id = :task for update")
                .with("task", taskId)
                .list(row -> row);
        return Sql.on(connection, COLUMNS + """
                        where t.task_id = :task and (:office::int is null or r.office_no = :office)""")
                .with("task", taskId)
                .with("office", officeNo)
                .find(Tasks::read);
    }

    static void take(Connection connection, UUID taskId, int caseworkerNo, Instant now) {
        Sql.on(connection, """
                        update task set state = 'taken', taken_by = :caseworker, taken_at = :now where task_id = :task""")
                .with("caseworker", caseworkerNo)
                .with("now", now)
                .with("task", taskId)
                .update();
    }

    /// It is done.
    ///
    /// @param login of who did it
    static void finish(Connection connection, UUID taskId, String login, @Nullable String note, Instant now) {
        Sql.on(connection, """
                        update task set state = 'done', done_by = :login, done_at = :now, note = :note
                         where task_id = :task""")
                .with("login", login)
                .with("now", now)
                .with("note", note)
                .with("task", taskId)
                .update();
    }

    private static Task read(Row row) {
        return new Task(
                row.uuid("task_id"),
                row.number("resident_no"),
                row.uuid("resident_id"),
                row.secret("name", SecretColumn.RESIDENT_NAME),
                row.text("neighbourhood"),
                row.findSecret("phone", SecretColumn.PHONE),
                TaskKind.get(row.text("kind")),
                row.text("source"),
                row.findText("words"),
                row.text("state"),
                row.instant("asked_at"),
                row.findInstant("told_at"),
                row.findNumber("taken_by_no"),
                row.findSecret("taken_by", SecretColumn.CASEWORKER_NAME),
                row.findInstant("taken_at"),
                row.findText("done_by"),
                row.findInstant("done_at"),
                row.findText("note"));
    }
}
