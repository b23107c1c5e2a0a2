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

    private CallLine() {}

    /// How long it is until the account may make its next call, zero for now; empty when none waits.
    /// Whoever asks is the only one to make a call until the transaction ends; this lock is taken
    /// before any other.
    public static Optional<Duration> findTurn(Connection connection, Instant now) {
        return Sql.on(connection, """
                        select greatest(0, extract(epoch from free_at - clock_timestamp()) * 1000000)::int as micros
                          from call_pace where exists (select from escalation_attempt where %s)
                           for no key update""".formatted(WAITS))
                .with("now", now)
                .find(row -> Duration.ofNanos(row.number("micros") * 1000L));
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

    /// Notes that a call is made now, and all that it tells of with it. It is never made a second time:
    /// whoever notes it makes it when this is committed, and a crash in between leaves the alert to the
    /// step's wait.
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

    /// Uses the account's turn for a call that no alert waits for.
    ///
    /// @return whether it could: false while another call waits, or it is too soon after the last
    public static boolean tryTurn(Connection connection, double perSecond, Instant now) {
        return useTurn(
                connection,
                perSecond,
                "free_at <= clock_timestamp() and not exists (select from escalation_attempt where %s)"
                        .formatted(WAITS),
                now);
    }

    private static boolean useTurn(Connection connection, double perSecond, String condition, Instant now) {
        return Sql.on(connection, """
                        update call_pace
                           set free_at = greatest(free_at, clock_timestamp()) + :micros * interval '1 microsecond'
                         where %s""".formatted(condition))
                        .with("micros", Math.round(1_000_000 / perSecond))
                        .with("now", now)
                        .update()
                == 1;
    }
}
