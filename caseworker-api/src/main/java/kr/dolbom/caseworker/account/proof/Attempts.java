package kr.dolbom.caseworker.account.proof;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

    /// What came of an attempt that begins.
    sealed interface Begun {
        /// It is not judged.
        ///
        /// @param until when one may try again
        record Waits(Instant until) implements Begun {}

        /// It is counted, and may be judged.
        ///
        /// @param marks what it added, by which it can be taken back
        record Counted(List<Mark> marks) implements Begun {}
    }

    /// What an attempt added to a lane.
    ///
    /// @param lane which
    /// @param waitUntil the waiting that it brought; null for none
    record Mark(Lane lane, @Nullable Instant waitUntil) {}

    /// Counts an attempt in all lanes.
    static Begun begin(Connection connection, List<Lane> lanes, Instant now) {
        List<Lane> ordered = inOrder(lanes);
        List<Count> counts =
                ordered.stream().map(lane -> lock(connection, lane, now)).toList();
        Optional<Instant> wait = counts.stream()
                .map(Count::waitUntil)
                .filter(until -> until != null && until.isAfter(now))
                .max(Comparator.naturalOrder());
        if (wait.isPresent()) {
            return new Begun.Waits(wait.get());
        }
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Lane lane = ordered.get(i);
            boolean isForgotten = counts.get(i).triedAt().isBefore(now.minus(lane.memory()));
            int attempts = isForgotten ? 1 : counts.get(i).attempts() + 1;
            Duration pause = lane.waitAfter(attempts);
            // As the database keeps it, to the microsecond: by it the waiting is known again.
            Instant until = pause.isZero() ? null : now.plus(pause).truncatedTo(ChronoUnit.MICROS);
            Sql.on(connection, """
                            update sign_in_lane set attempts = :attempts, tried_at = :now, wait_until = :until::timestamptz
                             where lane = :lane""")
                    .with("attempts", attempts)
                    .with("now", now)
                    .with("until", until)
                    .with("lane", lane.id())
                    .update();
            marks.add(new Mark(lane, until));
        }
        return new Begun.Counted(marks);
    }

    /// Takes an attempt back that was right: what it added and nothing else. What others added stays, so that nobody
    /// clears an address's lane with an account of their own.
    static void takeBack(Connection connection, Begun.Counted counted) {
        for (Mark mark : counted.marks()) {
            Sql.on(connection, """
                            update sign_in_lane
                               set attempts = greatest(attempts - 1, 0), wait_until = nullif(wait_until, :until::timestamptz)
                             where lane = :lane""")
                    .with("until", mark.waitUntil())
                    .with("lane", mark.lane().id())
                    .update();
        }
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

    static void forget(Connection connection, Lane... lanes) {
        for (Lane lane : inOrder(List.of(lanes))) {
            Sql.on(connection, "delete from sign_in_lane where lane = :lane")
                    .with("lane", lane.id())
                    .update();
        }
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
