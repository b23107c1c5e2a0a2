package kr.dolbom.caseworker.canary;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import org.jspecify.annotations.Nullable;

/// The canary home's runs and alarms as the database has them. All methods work in the caller's
/// transaction.
public final class CanaryRuns {
    private static final String COLUMNS = """
            select run_no, message_id, begun_at, acked_at, alert_id, called_at, rang_at from canary_run
            """;

    private static final String ALARM = """
            select alarm_no, began_at, lacks, told_at, ended_at from canary_alarm
            """;

    private CanaryRuns() {}

    /// How often the phone rang in time.
    ///
    /// @param runs calls for help that were over
    /// @param inTime of them those with which the phone rang in time
    public record Availability(int runs, int inTime) {}

    /// Of the runs that began in a time.
    ///
    /// @param late the phone must ring within this time
    public static Availability availability(Connection connection, Instant from, Instant to, Duration late) {
        return Sql.on(connection, """
                        select count(*)::int as runs,
                               (count(*) filter (where rang_at <= begun_at + make_interval(secs => :late)))::int as in_time
                          from canary_run
                         where begun_at >= :from and begun_at < :to and ended_at is not null""")
                .with("from", from)
                .with("to", to)
                .with("late", late.toSeconds())
                .get(row -> new Availability(row.number("runs"), row.number("in_time")));
    }

    static CanaryRun begin(Connection connection, UUID messageId, Instant now) {
        int number = Sql.on(connection, """
                        insert into canary_run (message_id, begun_at) values (:message, :now) returning run_no""")
                .with("message", messageId)
                .with("now", now)
                .get(row -> row.number("run_no"));
        return new CanaryRun(number, messageId, now, null, null, null, null);
    }

    static void acknowledged(Connection connection, CanaryRun run, Instant now) {
        Sql.on(connection, "update canary_run set acked_at = :now where run_no = :run")
                .with("now", now)
                .with("run", run.number())
                .update();
    }

    static void failed(Connection connection, CanaryRun run, String error) {
        Sql.on(connection, "update canary_run set error = :error where run_no = :run")
                .with("error", error)
                .with("run", run.number())
                .update();
    }

    /// Looks how far the runs have come that are not over, and gives them, for the rest of the
    /// transaction nobody else's to change.
    static List<CanaryRun> look(Connection connection) {
        Sql.on(connection, """
                        update canary_run c
                           set alert_id = a.alert_id, raised_at = a.raised_at, called_at = e.called_at, rang_at = e.rang_at
                          from canary_run r join finding f on f.episode = 'emergency:' || r.message_id
                          join alert a on a.alert_id = f.alert_id,
                               lateral (
                                   select min(at) filter (where detail ->> 'state' <> 'starting') as called_at,
                                          min(at) filter (where detail ->> 'state' in ('ringing', 'answered', 'completed',
                                                                                       'no-answer', 'reached')) as rang_at
                                     from alert_event
                                    where alert_event.alert_id = a.alert_id and type = 'attempt' and at >= r.begun_at
                                      and detail ->> 'channel' = 'voice') e
                         where c.run_no = r.run_no and r.ended_at is null""").update();
        return Sql.on(connection, COLUMNS + "where ended_at is null order by run_no for update")
                .list(CanaryRuns::read);
    }

    static void end(Connection connection, CanaryRun run, Instant now) {
        Sql.on(connection, "update canary_run set ended_at = :now where run_no = :run")
                .with("now", now)
                .with("run", run.number())
                .update();
    }

    /// The latest run with which the phone rang in time.
    static Optional<CanaryRun> findLastInTime(Connection connection, Duration late) {
        return Sql.on(connection, COLUMNS + """
                        where rang_at <= begun_at + make_interval(secs => :late) order by begun_at desc limit 1""").with("late", late.toSeconds()).find(CanaryRuns::read);
    }

    /// While the phone rings late or not at all.
    ///
    /// @param number counts them
    /// @param beganAt since when
    /// @param lacks what did not do its part in time
    /// @param toldAt when the operators were told by the other way; null: not yet
    /// @param endedAt since when it rings in time again; null: not yet
    record Alarm(
            int number,
            Instant beganAt,
            String lacks,
            @Nullable Instant toldAt,
            @Nullable Instant endedAt) {}

    /// Begins an alarm, unless there is one.
    ///
    /// @return whether it is a new one
    static boolean beginAlarm(Connection connection, CanaryRun run, CanaryRun.Link lacks, Instant now) {
        return Sql.on(connection, """
                                insert into canary_alarm (began_at, run_no, lacks) values (:now, :run, :lacks)
                                on conflict ((true)) where ended_at is null do nothing""")
                        .with("now", now)
                        .with("run", run.number())
                        .with("lacks", lacks.name().toLowerCase(Locale.ROOT))
                        .update()
                > 0;
    }

    /// Ends the alarm.
    ///
    /// @return whether there was one
    static boolean endAlarm(Connection connection, Instant now) {
        return Sql.on(connection, "update canary_alarm set ended_at = :now where ended_at is null")
                        .with("now", now)
                        .update()
                > 0;
    }

    static Optional<Alarm> findAlarm(Connection connection) {
        return Sql.on(connection, ALARM + "where ended_at is null").find(CanaryRuns::readAlarm);
    }

    /// The alarms of whose begin or end the operators have not been told.
    static List<Alarm> listUntold(Connection connection) {
        return Sql.on(connection, ALARM + """
                        where told_at is null or ended_at is not null and told_end_at is null order by alarm_no""").list(CanaryRuns::readAlarm);
    }

    static void told(Connection connection, Alarm alarm, Instant now) {
        Sql.on(connection, """
                        update canary_alarm
                           set told_at = coalesce(told_at, :now), told_end_at = :toldEnd
                         where alarm_no = :alarm""")
                .with("now", now)
                .with("toldEnd", alarm.endedAt() == null ? null : now)
                .with("alarm", alarm.number())
                .update();
    }

    private static CanaryRun read(Row row) {
        return new CanaryRun(
                row.number("run_no"),
                row.uuid("message_id"),
                row.instant("begun_at"),
                row.findInstant("acked_at"),
                row.findUuid("alert_id"),
                row.findInstant("called_at"),
                row.findInstant("rang_at"));
    }

    private static Alarm readAlarm(Row row) {
        return new Alarm(
                row.number("alarm_no"),
                row.instant("began_at"),
                row.text("lacks"),
                row.findInstant("told_at"),
                row.findInstant("ended_at"));
    }
}
