package kr.dolbom.caseworker.console;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.words.Phrasing;
import org.jspecify.annotations.Nullable;

/// How many homes are watched and when one was heard last: what an empty list proves by that it is
/// alive. It reads every device of an office, so that it is asked at most every ten seconds. Safe for
/// use by many threads.
@Singleton
final class Watching {
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final Clock clock;
    private final Map<Optional<Integer>, Seen> known = new ConcurrentHashMap<>();

    Watching(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Seen(int households, @Nullable Instant lastSignal, Instant readAt) {}

    /// That of an office.
    ///
    /// @param officeNo null for all offices
    QueuePage.Watched of(@Nullable Integer officeNo, Phrasing phrasing) {
        Seen seen = known.compute(Optional.ofNullable(officeNo), (office, before) -> {
            Instant now = clock.instant();
            return before != null && before.readAt().isAfter(now.minus(GOOD_FOR)) ? before : read(officeNo, now);
        });
        return new QueuePage.Watched(
                String.format(phrasing.words().locale(), "%,d", seen.households()),
                seen.lastSignal() == null ? "-" : phrasing.time(seen.lastSignal()));
    }

    private Seen read(@Nullable Integer officeNo, Instant now) {
        return transactions.run(connection -> Sql.on(connection, """
                        select count(distinct d.resident_no) filter (where p.connected)::int as households,
                               max(greatest(p.changed_at, p.status_at)) as last_signal
                          from device_presence p join device d using (device_no) join resident r using (resident_no)
                          join office o using (office_no)
                         where (:office::int is null or o.office_no = :office) and not o.canary""")
                .with("office", officeNo)
                .get(row -> new Seen(row.number("households"), row.findInstant("last_signal"), now)));
    }
}
