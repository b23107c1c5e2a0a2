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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import org.jspecify.annotations.Nullable;

/// What residents need that does not hurry. A caseworker sees the own office's tasks, an operator all;
/// each answer is noted in the audit log.
@Controller("/api/v1/tasks")
@Tag(name = "tasks")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class TaskApi {
    private static final String STATES = "open, taken or done";

    private final TaskDesk desk;

    TaskApi(TaskDesk desk) {
        this.desk = desk;
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

    /// The tasks, at most 1,000: those that are not done, or of one state; oldest first, of those that
    /// are done the latest first.
    @Get
    List<TaskBody> list(
            @Nullable @QueryValue @Pattern(regexp = "open|taken|done", message = STATES) String state,
            @Parameter(hidden = true) Viewer viewer) {
        return desk.list(viewer, state).stream().map(TaskBody::of).toList();
    }

    /// The caseworker who is signed in sees to it. 409 when somebody else does or it is done.
    @Post("/{taskId}/take")
    TaskBody take(UUID taskId, @Parameter(hidden = true) Viewer viewer) {
        return TaskBody.of(desk.take(taskId, viewer));
    }

    /// It is done, whoever had taken it. 409 when it was done already.
    @Post("/{taskId}/done")
    TaskBody finish(UUID taskId, @Body @Valid Done done, @Parameter(hidden = true) Viewer viewer) {
        return TaskBody.of(desk.finish(taskId, done.note(), viewer));
    }
}
