package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Sql;

/// The written messages that wait to be sent: texts, AlimTalk, web push. They stand in the database, so that
/// another instance sends those of one that was killed. All methods work in the caller's transaction.
public final class MessageLine {
    private static final String WAITS = "channel <> 'voice' and state = 'starting' and placed_at is null";
    private static final Duration WORTH_SENDING = Duration.ofDays(1);

    private MessageLine() {}

    /// Takes the message out of the line whose turn it is: the most urgent, first steps before later ones, the
    /// oldest. Nobody else sends it from now on, unless it is put back.
    ///
    /// @param link the one-time link that goes with it, by which whoever takes it is known as well
    public static Optional<Attempt> take(Connection connection, LinkToken link, Instant now) {
        return Sql.on(connection, """
                        update escalation_attempt set placed_at = :now, updated_at = :now, link_hash = :link
                         where attempt_id = (select attempt_id from escalation_attempt where %s
                                                and (not_before is null or not_before <= :now)
                                              order by urgency, step, started_at limit 1
                                                for no key update skip locked)
                        returning attempt_id""".formatted(WAITS))
                .with("now", now)
                .with("link", link.hash())
                .find(row -> row.uuid("attempt_id"))
                .flatMap(attemptId -> Attempts.find(connection, attemptId));
    }

    /// Notes that a message which was taken is asked of the provider now.
    ///
    /// @param link by which it was taken
    /// @return false when it is somebody else's by now: whoever took it has stood still for so long that it was
    ///     put back, or it was withdrawn
    public static boolean leave(Connection connection, UUID attemptId, LinkToken link, Instant now) {
        return Sql.on(connection, """
                        update escalation_attempt set placed_at = :now, updated_at = :now
                         where attempt_id = :attempt and link_hash = :link and state = 'starting'
                           and placed_at is not null""")
                        .with("attempt", attemptId)
                        .with("link", link.hash())
                        .with("now", now)
                        .update()
                == 1;
    }

    /// Puts back the web push messages of which nobody has heard since they were taken. A second one takes
    /// the place of the first in the browser that shows it, so none is asked whether it came.
    ///
    /// @param takenBefore when they were taken at the latest; longer ago than a request lasts
    /// @return how many
    public static int putBackPushes(Connection connection, Instant takenBefore) {
        return Sql.on(connection, """
                        update escalation_attempt set placed_at = null
                         where channel = 'push' and state = 'starting' and placed_at < :before
                           and started_at > :since""")
                .with("before", takenBefore)
                .with("since", takenBefore.minus(WORTH_SENDING))
                .update();
    }
}
