package kr.dolbom.caseworker.canary;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.notice.Notices;
import kr.dolbom.caseworker.response.Dispatch;
import kr.dolbom.caseworker.timer.Chore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks how far the canary home's calls for help have come. Once its phone rings the alert is closed
/// and the call taken back. When it does not ring in time an alarm begins, of which the operators are
/// told by the other way; it ends with the first that rings in time again.
@Singleton
final class CanaryWatch implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(CanaryWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TELL_AGAIN = Duration.ofSeconds(15);
    private static final String NOTICE = "canary-late";

    private final CanarySettings settings;
    private final Transactions transactions;
    private final Dispatch dispatch;
    private final OtherWay otherWay;
    private final Clock clock;
    // The scheduler gives this chore one thread at a time, not always the same.
    private volatile Instant notBefore = Instant.MIN;

    CanaryWatch(CanarySettings settings, Transactions transactions, Dispatch dispatch, OtherWay otherWay, Clock clock) {
        this.settings = settings;
        this.transactions = transactions;
        this.dispatch = dispatch;
        this.otherWay = otherWay;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "canary-watch";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        if (!settings.isOn()) {
            return;
        }
        Instant now = clock.instant();
        transactions.run(connection -> look(connection, now)).forEach(dispatch::cancelCalls);
        tell(now);
    }

    /// Looks at every run that is not over.
    ///
    /// @return the alerts that are over
    private List<UUID> look(Connection connection, Instant now) {
        List<UUID> over = new ArrayList<>();
        for (CanaryRun run : CanaryRuns.look(connection)) {
            if (run.isInTime(settings.late())) {
                end(connection, run, over, now);
                if (CanaryRuns.endAlarm(connection, now)) {
                    LOG.warn("The canary home's phone rings in time again run={}", run.number());
                    Notices.end(connection, null, NOTICE, "", now);
                }
            } else if (run.isLate(settings.late(), now)) {
                alarm(connection, run, now);
                boolean isGivenUp =
                        now.isAfter(run.begunAt().plus(settings.late().multipliedBy(2)));
                if (run.rangAt() != null || isGivenUp) {
                    end(connection, run, over, now);
                }
            }
        }
        return over;
    }

    private void alarm(Connection connection, CanaryRun run, Instant now) {
        CanaryRun.Link lacks = run.lacks();
        if (CanaryRuns.beginAlarm(connection, run, lacks, now)) {
            LOG.error("THE CANARY HOME'S PHONE DOES NOT RING IN TIME run={} lacks={}", run.number(), lacks);
            Notices.raise(
                    connection,
                    null,
                    NOTICE,
                    "",
                    now,
                    settings.late().toSeconds(),
                    lacks.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void end(Connection connection, CanaryRun run, List<UUID> over, Instant now) {
        CanaryRuns.end(connection, run, now);
        UUID alert = run.alertId();
        if (alert != null) {
            CanaryHome.close(connection, alert, now);
            over.add(alert);
        }
    }

    /// Tells the operators of alarms that began or ended; what the other way does not take is told
    /// again.
    private void tell(Instant now) {
        if (now.isBefore(notBefore)) {
            return;
        }
        boolean isTaken = transactions.run(CanaryRuns::listUntold).stream().allMatch(alarm -> tell(alarm, now));
        notBefore = isTaken ? Instant.MIN : now.plus(TELL_AGAIN);
    }

    /// Nothing is locked meanwhile: this chore runs on one instance at a time, and an alarm that is
    /// told twice, as after a crash, is better than one that is not.
    private boolean tell(CanaryRuns.Alarm alarm, Instant now) {
        boolean isTaken = otherWay.tell(message(alarm));
        if (isTaken) {
            transactions.run(connection -> {
                CanaryRuns.told(connection, alarm, now);
                return alarm;
            });
        }
        return isTaken;
    }

    private OtherWay.Message message(CanaryRuns.Alarm alarm) {
        Instant endedAt = alarm.endedAt();
        return endedAt == null
                ? new OtherWay.Message(
                        "canary-late",
                        alarm.beganAt(),
                        null,
                        alarm.lacks(),
                        "A call for help of the canary home did not ring its phone within %d s. Missing: %s. Calls for help of residents may not arrive."
                                .formatted(settings.late().toSeconds(), alarm.lacks()))
                : new OtherWay.Message(
                        "canary-well",
                        alarm.beganAt(),
                        endedAt,
                        alarm.lacks(),
                        "The canary home's phone rings in time again.");
    }
}
