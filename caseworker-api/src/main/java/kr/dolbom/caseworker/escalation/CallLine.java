package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;

/// The calls that wait for their turn. They stand in the database, so that all instances together keep
/// to what the account may do, the most urgent goes first wherever it was written down, and another
/// instance makes the calls of one that was killed. All methods work in the caller's transaction.
public final class CallLine {
    private static final String WAITS = """
            channel = 'voice' and state = 'starting' and placed_at is null and bundle_of is null
            and (not_before is null or not_before <= :now)
            """;

    /// Until the next turn. One that is further away than turns are apart was set by a clock that
    /// has gone back since.
    private static final String PAUSE = """
            case when free_at > clock_timestamp() + :micros * interval '2 microseconds' + interval '1 second'
                 then interval '0'
                 else greatest(free_at - clock_timestamp(), interval '0') end
            """;

    private CallLine() {}

    /// How long it is until the account may make its next call, zero for now; empty when none waits.
    /// Whoever asks is the only one to make a call until the transaction ends; this lock is taken
    /// before any other.
    ///
    /// @param perSecond how many calls a second the account may make
    public static Optional<Duration> findTurn(Connection connection, double perSecond, Instant now) {
        return Sql.on(connection, """
                        select (extract(epoch from %s) * 1000)::int as millis
                          from call_pace where exists (select from escalation_attempt where %s)
                           for no key update""".formatted(PAUSE, WAITS))
                .with("micros", micros(perSecond))
                .with("now", now)
                .find(row -> Duration.ofMillis(row.number("millis")));
    }

    private static long micros(double perSecond) {
        return Math.round(1_000_000 / perSecond);
    }

    /// The call whose turn it is: the most urgent, first rings before later ones, the oldest. Its phone
    /// is locked.
    public static Optional<Attempt> findNext(Connection connection, Instant now) {
        record Next(UUID attemptId, String phone) {}
        return Sql.on(connection, """
                        select attempt_id, destination from escalation_attempt where %s
                         order by urgency, step, started_at limit 1""".formatted(WAITS))
                .with("now", now)
                .find(row -> new Next(row.uuid("attempt_id"), row.secret("destination", SecretColumn.PHONE)))
                .flatMap(next -> {
                    Attempts.lockPhone(connection, next.phone());
                    return Attempts.find(connection, next.attemptId());
                });
    }

    /// Takes a call out of the line, and all that it tells of with it. Nobody else makes it from
    /// now on, unless it is put back.
    ///
    /// @param perSecond how many calls a second the account may make
    public static void leave(Connection connection, Attempt call, double perSecond, Instant now) {
        Sql.on(connection, """
                        update escalation_attempt set placed_at = :now, updated_at = :now
                         where attempt_id = :attempt or bundle_of = :attempt""")
                .with("now", now)
                .with("attempt", call.attemptId())
                .update();
        useTurn(connection, perSecond, "true", now);
    }

    /// Notes that a call which was taken is asked of the provider now.
    ///
    /// @param takenAt by which whoever took it is known
    /// @return false when it is somebody else's by now: whoever took it has stood still for so long
    ///     that it was put back, or it is over
    public static boolean ask(Connection connection, UUID attemptId, Instant takenAt, Instant now) {
        return Sql.on(connection, """
                        update escalation_attempt set updated_at = :now
                         where attempt_id = :attempt and state = 'starting' and placed_at = :taken""")
                        .with("attempt", attemptId)
                        .with("taken", takenAt)
                        .with("now", now)
                        .update()
                == 1;
    }

    /// Uses the account's turn for a call that no alert waits for.
    ///
    /// @return whether it could: false while another call waits, or it is too soon after the last
    public static boolean tryTurn(Connection connection, double perSecond, Instant now) {
        return useTurn(
                connection,
                perSecond,
                "%s = interval '0' and not exists (select from escalation_attempt where %s)".formatted(PAUSE, WAITS),
                now);
    }

    private static boolean useTurn(Connection connection, double perSecond, String condition, Instant now) {
        return Sql.on(connection, """
                        update call_pace
                           set free_at = clock_timestamp() + :micros * interval '1 microsecond'
                         where %s""".formatted(condition))
                        .with("micros", micros(perSecond))
                        .with("now", now)
                        .update()
                == 1;
    }
}
