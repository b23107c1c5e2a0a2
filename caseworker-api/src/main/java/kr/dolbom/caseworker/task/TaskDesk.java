package kr.dolbom.caseworker.task;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// What people do with tasks: see them, take them, finish them. Each is noted in the audit log. Safe for
/// use by many threads and instances.
@Singleton
final class TaskDesk {
    private final Transactions transactions;
    private final Clock clock;

    TaskDesk(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// The tasks that this viewer may see.
    ///
    /// @param state only these; null: those that are not done
    List<Task> list(Viewer viewer, @Nullable String state) {
        return transactions.run(connection -> {
            List<Task> tasks = Tasks.list(connection, viewer.officeNo(), state);
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "task-listed",
                    tasks.stream().map(Task::residentNo).toList());
            return tasks;
        });
    }

    /// The caseworker who is signed in sees to it.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such task, somebody else
    ///     sees to it, it is done, or the viewer is an operator
    Task take(UUID taskId, Viewer viewer) {
        Integer caseworker = viewer.account().caseworkerNo();
        if (caseworker == null) {
            throw Problem.forbidden("Only a caseworker can take a task; '%s' is an operator."
                    .formatted(viewer.account().login()));
        }
        return change(taskId, viewer, "task-taken", (connection, task) -> {
            Integer other = task.takenByNo();
            if (other != null && !other.equals(caseworker)) {
                throw Problem.conflict("%s has taken task %s already.".formatted(task.takenBy(), taskId));
            }
            Tasks.take(connection, taskId, caseworker, clock.instant());
        });
    }

    /// It is done, whoever had taken it.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such task or it was done
    ///     already
    Task finish(UUID taskId, @Nullable String note, Viewer viewer) {
        return change(
                taskId,
                viewer,
                "task-done",
                (connection, _) ->
                        Tasks.finish(connection, taskId, viewer.account().login(), note, clock.instant()));
    }

    private Task change(UUID taskId, Viewer viewer, String action, BiConsumer<Connection, Task> change) {
        return transactions.run(connection -> {
            Task task = Tasks.findAndLock(connection, taskId, viewer.officeNo())
                    .orElseThrow(() -> Problem.notFound("task", taskId));
            if (task.state().equals("done")) {
                throw Problem.conflict("Task %s was done already, by %s.".formatted(taskId, task.doneBy()));
            }
            change.accept(connection, task);
            AuditLog.write(connection, viewer.actor(), action, task.residentNo(), Map.of("task", taskId.toString()));
            return Tasks.findAndLock(connection, taskId, viewer.officeNo()).orElseThrow();
        });
    }
}
