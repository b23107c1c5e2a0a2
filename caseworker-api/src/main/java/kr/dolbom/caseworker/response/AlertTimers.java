package kr.dolbom.caseworker.response;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.timer.Chore;

/// Timers that outlive this process: rows of db-scheduler's table, written in the transaction that decides to wait.
/// Whichever instance is alive when one is due looks at the alert; a timer that is not needed any more finds nothing to
/// do.
@Singleton
final class AlertTimers implements ApplicationEventListener<ServerStartupEvent> {
    private static final String LOOK_AGAIN = "alert-look-again";
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    /// How many alerts are looked at at a time. Chores have threads of their own beside them:
    /// whatever they wait for, a step's wait ends in its time.
    private static final int LOOKS_AT_A_TIME = 4;

    private final Scheduler scheduler;

    AlertTimers(
            DataSource dataSource, ResponseSettings settings, AlertResponse response, Clock clock, List<Chore> chores) {
        OneTimeTask<Void> lookAgain = Tasks.oneTime(LOOK_AGAIN)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
                .onDeadExecutionRevive()
                .execute((instance, context) -> response.advance(alertOf(instance.getId())));
        List<RecurringTask<Void>> recurring = new ArrayList<>();
        recurring.add(Tasks.recurring("alert-sweep", FixedDelay.of(settings.sweep()))
                .execute((instance, context) -> response.sweep()));
        chores.forEach(chore -> recurring.add(Tasks.recurring(chore.name(), FixedDelay.of(chore.pause()))
                .execute((instance, context) -> chore.run())));
        // db-scheduler would wait for its own names only; hosts may run several of us.
        scheduler = Scheduler.create(dataSource, lookAgain)
                .startTasks(recurring)
                .schedulerName(new SchedulerName.Fixed("caseworker-api-" + UUID.randomUUID()))
                .threads(LOOKS_AT_A_TIME + recurring.size())
                .clock(clock::instant)
                .pollingInterval(settings.timerPoll())
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(HEARTBEAT)
                .alwaysPersistTimestampInUTC()
                .build();
    }

    /// Has the alert looked at again at this moment; the same moment twice is one timer.
    static void schedule(Connection connection, UUID alertId, Instant at) {
        Sql.on(connection, """
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                        values (:task, :instance, :at, false, 1)
                        on conflict (task_name, task_instance) do nothing""")
                .with("task", LOOK_AGAIN)
                .with("instance", alertId + "@" + at)
                .with("at", at)
                .update();
    }

    private static UUID alertOf(String instance) {
        return UUID.fromString(instance.substring(0, instance.indexOf('@')));
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        scheduler.start();
    }

    @PreDestroy
    void stop() {
        scheduler.stop();
    }
}
