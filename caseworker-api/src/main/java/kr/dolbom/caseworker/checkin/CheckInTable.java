package kr.dolbom.caseworker.checkin;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// Planned conversations as the database has them. All methods work in the caller's transaction.
final class CheckInTable {
    private CheckInTable() {}

    /// Those that are to be looked at by now, oldest first.
    static List<Integer> listDue(Connection connection, Instant now) {
        return Sql.on(connection, """
                        select check_in_no from check_in where ended_at is null and due_at <= :now
                         order by due_at, check_in_no limit 5000""").with("now", now).list(row -> row.number("check_in_no"));
    }

    /// The one that a command asks for.
    static Optional<Integer> findByCommand(Connection connection, UUID commandId) {
        return Sql.on(connection, "select check_in_no from check_in where command_id = :command and ended_at is null")
                .with("command", commandId)
                .find(row -> row.number("check_in_no"));
    }

    /// One that is not over, for the rest of the transaction nobody else's to change.
    static Optional<CheckIn> findAndLock(Connection connection, int number) {
        Sql.on(connection, "select check_in_no from check_in where check_in_no = :number for no key update")
                .with("number", number)
                .list(row -> row);
        return Sql.on(connection, """
                        select k.check_in_no, k.state, k.attempt, k.questions, k.command_id, k.call_id, r.resident_no, r.name,
                               r.language, r.phone, r.check_in_call_consent, r.transcript_consent, o.office_no, o.name_ko,
                               o.name_en
                          from check_in k join resident r using (resident_no) join office o using (office_no)
                         where k.check_in_no = :number and k.ended_at is null""").with("number", number).find(CheckInTable::read);
    }

    static List<CheckIn.Answered> listAnswers(Connection connection, int number) {
        return listAnswers(connection, List.of(number)).getOrDefault(number, List.of());
    }

    /// The answers of several conversations, in the order in which they were given.
    static Map<Integer, List<CheckIn.Answered>> listAnswers(Connection connection, List<Integer> numbers) {
        record Of(int number, CheckIn.Answered answered) {}
        return Sql.on(connection, """
                        select check_in_no, question, answer, words, answered_at from check_in_answer
                         where check_in_no = any(:numbers) order by answered_at, question""")
                .with("numbers", numbers.toArray(Integer[]::new))
                .list(row -> new Of(
                        row.number("check_in_no"),
                        new CheckIn.Answered(
                                CheckInQuestion.find(row.text("question")).orElseThrow(),
                                CheckInAnswer.get(row.text("answer")),
                                row.findText("words"),
                                row.instant("answered_at"))))
                .stream()
                .collect(groupingBy(Of::number, mapping(Of::answered, toList())));
    }

    /// Keeps an answer; a second one to the same question changes nothing.
    ///
    /// @param words null: not kept
    static void answer(
            Connection connection,
            CheckIn checkIn,
            CheckInQuestion question,
            CheckInAnswer answer,
            @Nullable String words,
            Instant now) {
        Sql.on(connection, """
                        insert into check_in_answer (check_in_no, question, answer, words, answered_at)
                        values (:number, :question, :answer, :words, :now) on conflict do nothing""")
                .with("number", checkIn.number())
                .with("question", question.word())
                .with("answer", answer.word())
                .with("words", words)
                .with("now", now)
                .update();
    }

    /// The robot asks.
    static void ask(Connection connection, CheckIn checkIn, int attempt, UUID commandId, Instant dueAt) {
        Sql.on(connection, """
                        update check_in set state = 'asking', attempt = :attempt, command_id = :command, due_at = :due
                         where check_in_no = :number""")
                .with("attempt", attempt)
                .with("command", commandId)
                .with("due", dueAt)
                .with("number", checkIn.number())
                .update();
    }

    /// A phone is to be rung.
    ///
    /// @return the call's id
    static UUID call(Connection connection, CheckIn checkIn, int attempt, String phone, Instant dueAt, Instant now) {
        UUID callId = Sql.on(connection, """
                        insert into check_in_call (check_in_no, phone, state, started_at)
                        values (:number, :phone, 'starting', :now) returning call_id""")
                .with("number", checkIn.number())
                .with("phone", SecretColumn.PHONE.of(phone))
                .with("now", now)
                .get(row -> row.uuid("call_id"));
        Sql.on(connection, """
                        update check_in set state = 'calling', attempt = :attempt, call_id = :call, due_at = :due
                         where check_in_no = :number""")
                .with("attempt", attempt)
                .with("call", callId)
                .with("due", dueAt)
                .with("number", checkIn.number())
                .update();
        return callId;
    }

    /// Nobody answered; it is tried once more then.
    static void await(Connection connection, CheckIn checkIn, Instant dueAt) {
        Sql.on(connection, "update check_in set state = 'waiting', due_at = :due where check_in_no = :number")
                .with("due", dueAt)
                .with("number", checkIn.number())
                .update();
    }

    static void look(Connection connection, CheckIn checkIn, Instant dueAt) {
        Sql.on(connection, "update check_in set due_at = :due where check_in_no = :number")
                .with("due", dueAt)
                .with("number", checkIn.number())
                .update();
    }

    /// Has it begun, or gone on, anew at this moment, as if its latest try had not been.
    static void putOff(Connection connection, CheckIn checkIn, Instant dueAt) {
        Sql.on(connection, """
                        update check_in set state = 'waiting', attempt = attempt - 1, call_id = null, due_at = :due
                         where check_in_no = :number""")
                .with("due", dueAt)
                .with("number", checkIn.number())
                .update();
    }

    static void leaveOut(Connection connection, CheckIn checkIn, String why, Instant now) {
        Sql.on(connection, """
                        update check_in set state = 'left-out', left_out = :why, ended_at = :now
                         where check_in_no = :number""")
                .with("why", why)
                .with("now", now)
                .with("number", checkIn.number())
                .update();
    }

    /// It is over.
    ///
    /// @param state `answered` or `unanswered`
    static void end(
            Connection connection, CheckIn checkIn, String state, String summaryKo, String summaryEn, Instant now) {
        Sql.on(connection, """
                        update check_in set state = :state, summary_ko = :ko, summary_en = :en, ended_at = :now
                         where check_in_no = :number""")
                .with("state", state)
                .with("ko", summaryKo)
                .with("en", summaryEn)
                .with("now", now)
                .with("number", checkIn.number())
                .update();
    }

    private static CheckIn read(Row row) {
        return new CheckIn(
                row.number("check_in_no"),
                row.text("state"),
                row.number("attempt"),
                CheckInQuestion.read(row.text("questions")),
                row.findUuid("command_id"),
                row.findUuid("call_id"),
                new CheckIn.Resident(
                        row.number("resident_no"),
                        row.secret("name", SecretColumn.RESIDENT_NAME),
                        row.text("language"),
                        row.findSecret("phone", SecretColumn.PHONE),
                        row.flag("check_in_call_consent"),
                        row.flag("transcript_consent"),
                        row.number("office_no"),
                        row.text("name_ko"),
                        row.text("name_en")));
    }
}
