package kr.dolbom.caseworker.task;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// What residents need that does not hurry. A caseworker sees the own office's tasks, an operator all; each answer is
/// noted in the audit log.
@Controller("/api/v1/tasks")
@Tag(name = "tasks")
@Secured({Role.CASEWORKER, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class TaskApi {
    private static final String STATES = "open, taken or done";

    private final Transactions transactions;
    private final Clock clock;

    TaskApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A task.
    ///
    /// @param taskId the public id
    /// @param residentId for whom
    /// @param residentName their name
    /// @param neighbourhood in which part of the city
    /// @param phone their own number, if any
    /// @param kind `meal`, `visit` or `welfare`
    /// @param source `request`: they asked the robot; `check-in`: they said so in a planned conversation
    /// @param words what they said; missing without their consent to transcripts
    /// @param state `open`, `taken` or `done`
    /// @param askedAt when they said so
    /// @param toldAt when a caseworker was told by text; missing: not yet
    /// @param takenBy who sees to it
    /// @param takenAt since when
    /// @param doneBy the login of who did it
    /// @param doneAt when it was done
    /// @param note what was noted then
    @Introspected
    public record TaskBody(
            UUID taskId,
            UUID residentId,
            String residentName,
            String neighbourhood,
            @Nullable String phone,
            String kind,
            String source,
            @Nullable String words,
            String state,
            Instant askedAt,
            @Nullable Instant toldAt,
            @Nullable String takenBy,
            @Nullable Instant takenAt,
            @Nullable String doneBy,
            @Nullable Instant doneAt,
            @Nullable String note) {

        static TaskBody of(Task task) {
            return new TaskBody(
                    task.taskId(),
                    task.residentId(),
                    task.residentName(),
                    task.neighbourhood(),
                    task.phone(),
                    task.kind().word(),
                    task.source(),
                    task.words(),
                    task.state(),
                    task.askedAt(),
                    task.toldAt(),
                    task.takenBy(),
                    task.takenAt(),
                    task.doneBy(),
                    task.doneAt(),
                    task.note());
        }
    }

    /// How a task was done.
    ///
    /// @param note what came of it; may be missing
    @Introspected
    public record Done(
            @Nullable @Size(max = 2000, message = "at most 2000 characters") String note) {}

    /// The tasks, oldest first; those that are not done, or of one state.
    @Get
    List<TaskBody> list(
            @Nullable @QueryValue @Pattern(regexp = "open|taken|done", message = STATES) String state,
            @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            List<Task> tasks = Tasks.list(connection, viewer.officeNo(), state);
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "task-listed",
                    tasks.stream().map(Task::residentNo).toList());
            return tasks.stream().map(TaskBody::of).toList();
        });
    }

    /// The caseworker who is signed in sees to it. 409 when somebody else does or it is done.
    @Post("/{taskId}/take")
    TaskBody take(UUID taskId, @Parameter(hidden = true) Viewer viewer) {
        Integer caseworker = viewer.account().caseworkerNo();
        if (caseworker == null) {
            throw Problem.forbidden("Only a caseworker can take a task; '%s' is an operator."
                    .formatted(viewer.account().login()));
        }
        return change(taskId, viewer, "task-taken", (connection, task) -> {
            if (task.takenByNo() != null && !task.takenByNo().equals(caseworker)) {
                throw Problem.conflict("%s has taken task %s already.".formatted(task.takenBy(), taskId));
            }
            Tasks.take(connection, taskId, caseworker, clock.instant());
        });
    }

    /// It is done, whoever had taken it. 409 when it was done already.
    @Post("/{taskId}/done")
    TaskBody finish(UUID taskId, @Body @Valid Done done, @Parameter(hidden = true) Viewer viewer) {
        return change(
                taskId,
                viewer,
                "task-done",
                (connection, _) ->
                        Tasks.finish(connection, taskId, viewer.account().login(), done.note(), clock.instant()));
    }

    private TaskBody change(UUID taskId, Viewer viewer, String action, BiConsumer<Connection, Task> change) {
        return transactions.run(connection -> {
            Task task = Tasks.findAndLock(connection, taskId, viewer.officeNo())
                    .orElseThrow(() -> Problem.notFound("task", taskId));
            if (task.state().equals("done")) {
                throw Problem.conflict("Task %s was done already, by %s.".formatted(taskId, task.doneBy()));
            }
            change.accept(connection, task);
            AuditLog.write(
                    connection, viewer.actor(), action, task.residentNo(), Map.of("task", taskId.toString()));
            return TaskBody.of(
                    Tasks.findAndLock(connection, taskId, viewer.officeNo()).orElseThrow());
        });
    }
}
