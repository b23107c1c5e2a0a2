package kr.dolbom.caseworker.checkin;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.PageLimit;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// What residents answered in planned conversations. A caseworker sees the own office's, an operator
/// all; each answer is noted in the audit log.
@Controller("/api/v1")
@Tag(name = "check-ins")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class CheckInApi {
    private static final String DAY = "a day such as 2026-11-03";

    private static final String FOUND = """
            select k.check_in_no, k.check_in_id, r.resident_no, r.resident_id, r.name, k.day::text as day, k.planned_at,
                   k.state, k.attempt, k.left_out, k.summary_ko, k.summary_en, k.ended_at
              from check_in k join resident r using (resident_no)
            """;

    /// Those first that somebody should look at.
    private static final String RANK = "coalesce(array_position(array['unanswered', 'left-out'], k.state), 3)";

    private static final PageLimit LIMIT = new PageLimit(200, 1000);

    private final Transactions transactions;

    CheckInApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// A planned conversation.
    ///
    /// @param checkInId the public id
    /// @param residentId with whom
    /// @param residentName their name
    /// @param day of the office
    /// @param plannedAt when it was to begin
    /// @param state `planned`, `asking`, `calling`, `waiting` (for a second try), `answered`,
    ///     `unanswered` or `left-out`
    /// @param attempts how often it was tried
    /// @param leftOut why nobody was asked: `away`, `hospital`, `quiet-hours`, `maintenance`, `alert`
    ///     (one is open), `no-consent` (to calls), `no-way` (neither a device nor a number)
    /// @param summaryKo what was answered, in Korean; missing before the end
    /// @param summaryEn the same in English
    /// @param answers one for each question that was answered
    /// @param endedAt when it was over
    @Introspected
    public record CheckInBody(
            UUID checkInId,
            UUID residentId,
            String residentName,
            LocalDate day,
            Instant plannedAt,
            String state,
            int attempts,
            @Nullable String leftOut,
            @Nullable String summaryKo,
            @Nullable String summaryEn,
            List<AnswerBody> answers,
            @Nullable Instant endedAt) {}

    /// An answer.
    ///
    /// @param question `sleep`, `meal`, `medicine`, `pain` or `need`
    /// @param answer `well`, `not-well`, `help` or `unclear`
    /// @param words what was said on the phone; missing without consent to transcripts
    /// @param answeredAt when
    @Introspected
    public record AnswerBody(
            String question, String answer, @Nullable String words, Instant answeredAt) {}

    /// A resident's latest 100 conversations, newest first.
    @Get("/residents/{residentId}/check-ins")
    List<CheckInBody> ofResident(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int resident =
                    CheckInPlanApi.Home.get(connection, residentId, viewer).residentNo();
            AuditLog.write(connection, viewer.actor(), "check-ins-read", resident);
            return bodies(
                    connection,
                    Sql.on(connection, FOUND + "where r.resident_no = :resident order by k.day desc limit 100")
                            .with("resident", resident)
                            .list(CheckInApi::read));
        });
    }

    /// One page of a day's conversations.
    ///
    /// @param checkIns those first that somebody should look at
    /// @param after for the next page; null where this was the last
    @Introspected
    public record Page(List<CheckInBody> checkIns, @Nullable UUID after) {}

    private record Place(LocalDate day, int rank, Instant plannedAt, int number) {}

    /// The conversations of a day, those first that somebody should look at, one page at a time.
    ///
    /// @param day the office's; missing: the latest day that has any
    /// @param after the member `after` of the last page; missing: the first page
    /// @param limit conversations on a page, 1 to 1,000; missing: 200
    @Get("/check-ins")
    Page ofDay(
            @Nullable @QueryValue @Pattern(regexp = "\\d{4}-\\d{2}-\\d{2}", message = DAY) String day,
            @Nullable @QueryValue UUID after,
            @Nullable @QueryValue Integer limit,
            @Parameter(hidden = true) Viewer viewer) {
        int size = LIMIT.of(limit);
        return transactions.run(connection -> {
            Place last = after == null ? null : place(connection, viewer, after);
            List<Found> found = Sql.on(connection, FOUND + """
                            where (:office::int is null or r.office_no = :office)
                              and k.day = coalesce(:day::date, (
                                  select max(day) from check_in join resident using (resident_no)
                                   where :office::int is null or office_no = :office))
                              and (:number::int is null
                                   or (%1$s, k.planned_at, k.check_in_no) > (:rank::int, :planned::timestamptz, :number))
                            order by %1$s, k.planned_at, k.check_in_no
                            limit :limit""".formatted(RANK))
                    .with("office", viewer.officeNo())
                    .with("day", day == null && last != null ? last.day().toString() : day)
                    .with("rank", last == null ? null : last.rank())
                    .with("planned", last == null ? null : last.plannedAt())
                    .with("number", last == null ? null : last.number())
                    .with("limit", size)
                    .list(CheckInApi::read);
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "check-ins-listed",
                    found.stream().map(Found::residentNo).toList());
            List<CheckInBody> page = bodies(connection, found);
            return new Page(page, page.size() < size ? null : page.getLast().checkInId());
        });
    }

    private static Place place(Connection connection, Viewer viewer, UUID after) {
        return Sql.on(connection, """
                        select k.day::text as day, %s as rank, k.planned_at, k.check_in_no
                          from check_in k join resident r using (resident_no)
                         where k.check_in_id = :after and (:office::int is null or r.office_no = :office)""".formatted(RANK))
                .with("after", after)
                .with("office", viewer.officeNo())
                .find(row -> new Place(
                        LocalDate.parse(row.text("day")),
                        row.number("rank"),
                        row.instant("planned_at"),
                        row.number("check_in_no")))
                .orElseThrow(() -> Problem.invalid("after", after, "the after of another page"));
    }

    private record Found(int number, int residentNo, CheckInBody body) {}

    private static List<CheckInBody> bodies(Connection connection, List<Found> found) {
        Map<Integer, List<CheckIn.Answered>> answers = CheckInTable.listAnswers(
                connection, found.stream().map(Found::number).toList());
        return found.stream()
                .map(one -> withAnswers(one.body(), answers.getOrDefault(one.number(), List.of())))
                .toList();
    }

    private static CheckInBody withAnswers(CheckInBody body, List<CheckIn.Answered> answers) {
        return new CheckInBody(
                body.checkInId(),
                body.residentId(),
                body.residentName(),
                body.day(),
                body.plannedAt(),
                body.state(),
                body.attempts(),
                body.leftOut(),
                body.summaryKo(),
                body.summaryEn(),
                answers.stream()
                        .map(one -> new AnswerBody(
                                one.question().word(), one.answer().word(), one.words(), one.at()))
                        .toList(),
                body.endedAt());
    }

    private static Found read(Row row) {
        return new Found(
                row.number("check_in_no"),
                row.number("resident_no"),
                new CheckInBody(
                        row.uuid("check_in_id"),
                        row.uuid("resident_id"),
                        row.secret("name", SecretColumn.RESIDENT_NAME),
                        LocalDate.parse(row.text("day")),
                        row.instant("planned_at"),
                        row.text("state"),
                        row.number("attempt"),
                        row.findText("left_out"),
                        row.findText("summary_ko"),
                        row.findText("summary_en"),
                        List.of(),
                        row.findInstant("ended_at")));
    }
}
