package kr.dolbom.caseworker.account.proof;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kr.dolbom.caseworker.database.Sql;
import org.jspecify.annotations.Nullable;

/// Counts attempts to sign in, in every instance together. An attempt is counted before it is judged, so that many at
/// once win nothing; while a lane waits nothing is judged and nothing is counted, so that the waiting ends whatever a
/// stranger does.
final class Attempts {
    private Attempts() {}

    private record Count(
            int attempts, Instant triedAt, @Nullable Instant waitUntil) {}

    /// Counts an attempt in all lanes.
    ///
    /// @return until when to wait instead; empty when the attempt may be judged
    static Optional<Instant> begin(Connection connection, List<Lane> lanes, Instant now) {
        List<Lane> ordered = inOrder(lanes);
        List<Count> counts =
                ordered.stream().map(lane -> lock(connection, lane, now)).toList();
        Optional<Instant> wait = counts.stream()
                .map(Count::waitUntil)
                .filter(until -> until != null && until.isAfter(now))
                .max(Comparator.naturalOrder());
        if (wait.isPresent()) {
            return wait;
        }
        for (int i = 0; i < ordered.size(); i++) {
            Lane lane = ordered.get(i);
            boolean isForgotten = counts.get(i).triedAt().isBefore(now.minus(lane.memory()));
            int attempts = isForgotten ? 1 : counts.get(i).attempts() + 1;
            Duration pause = lane.waitAfter(attempts);
            Sql.on(connection, """
                            update sign_in_lane set attempts = :attempts, tried_at = :now, wait_until = :until::timestamptz
                             where lane = :lane""")
                    .with("attempts", attempts)
                    .with("now", now)
                    .with("until", pause.isZero() ? null : now.plus(pause))
                    .with("lane", lane.id())
                    .update();
        }
        return Optional.empty();
    }

    private static Count lock(Connection connection, Lane lane, Instant now) {
        Sql.on(connection, """
                        insert into sign_in_lane (lane, attempts, tried_at) values (:lane, 0, :now)
                        on conflict (lane) do nothing""").with("lane", lane.id()).with("now", now).update();
        return Sql.on(connection, """
                        select attempts, tried_at, wait_until from sign_in_lane where lane = :lane for update""")
                .with("lane", lane.id())
                .get(row -> new Count(row.number("attempts"), row.instant("tried_at"), row.findInstant("wait_until")));
    }

    /// Whoever tried is in. Their own lanes are forgotten; of the address's attempts this one alone, as a stranger with
    /// one account could clear it otherwise.
    static void succeeded(Connection connection, List<Lane> own, Lane address) {
        for (Lane lane : inOrder(own)) {
            forget(connection, lane);
        }
        Sql.on(connection, """
                        update sign_in_lane set attempts = greatest(attempts - 1, 0), wait_until = null
                         where lane = :lane""").with("lane", address.id()).update();
    }

    static void forget(Connection connection, Lane lane) {
        Sql.on(connection, "delete from sign_in_lane where lane = :lane")
                .with("lane", lane.id())
                .update();
    }

    /// Removes the lanes in which nobody has tried for so long that they count for nothing.
    ///
    /// @return how many
    static int prune(Connection connection, Instant now) {
        return Sql.on(connection, """
                        delete from sign_in_lane
                         where tried_at < :forgotten and (wait_until is null or wait_until <= :now)""")
                .with("forgotten", now.minus(Lane.LONGEST_MEMORY))
                .with("now", now)
                .update();
    }

    /// Always the same order, so that two transactions never wait for one another.
    private static List<Lane> inOrder(List<Lane> lanes) {
        return lanes.stream()
                .sorted((one, other) -> Arrays.compare(one.id(), other.id()))
                .toList();
    }
}
