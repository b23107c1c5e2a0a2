package kr.dolbom.caseworker.readiness;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.notice.Notices;
import kr.dolbom.caseworker.phone.PhoneTroubles;
import kr.dolbom.caseworker.roster.NightCover;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.Rosters;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.timer.Chore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at every office's coming shifts every few minutes, tells its supervisors what is not ready, and
/// takes that back once it is.
@Singleton
final class Readiness implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final Transactions transactions;
    private final TestRings rings;
    private final Clock clock;

    Readiness(Transactions transactions, TestRings rings, Clock clock) {
        this.transactions = transactions;
        this.rings = rings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "readiness-check";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        List<Integer> offices = transactions.run(
                connection -> Sql.on(connection, "select office_no from office where not canary order by office_no")
                        .list(row -> row.number("office_no")));
        for (int office : offices) {
            try {
                check(office, clock.instant());
            } catch (RuntimeException e) {
                LOG.error("An office's shifts could not be checked; the next check tries again office={}", office, e);
            }
        }
    }

    /// Rings whoever is due for a test, then raises and ends the office's notices.
    void check(int officeNo, Instant now) {
        Integer minutes = transactions.run(connection -> Sql.on(
                        connection, "select test_ring_minutes from office_roster where office_no = :office")
                .with("office", officeNo)
                .find(row -> java.util.Optional.ofNullable(row.findNumber("test_ring_minutes")))
                .flatMap(found -> found)
                .orElse(null));
        if (minutes != null) {
            Span window = new Span(now, now.plus(Duration.ofMinutes(minutes)));
            transactions
                    .run(connection -> starting(connection, officeNo, window))
                    .forEach(person -> rings.ringOnce(person, window, now));
        }
        transactions.run(connection -> tell(connection, officeNo, now));
    }

    private static List<Recipient> starting(Connection connection, int officeNo, Span window) {
        Roster roster = Rosters.load(connection, officeNo, window);
        List<Roster.Segment> segments = roster.segments();
        Set<Integer> present = Set.copyOf(segments.getFirst().caseworkers());
        return segments.stream()
                .flatMap(segment -> segment.caseworkers().stream())
                .distinct()
                .filter(person -> !present.contains(person))
                .map(roster::person)
                .toList();
    }

    private List<Trouble> tell(Connection connection, int officeNo, Instant now) {
        List<Trouble> troubles = troubles(connection, officeNo, now);
        troubles.forEach(trouble -> Notices.raiseFor(
                connection,
                officeNo,
                trouble.kind().word(),
                trouble.about(),
                trouble.from(),
                now,
                trouble.values().toArray()));
        Notices.listOpen(connection, officeNo).stream()
                .filter(notice -> Trouble.Kind.find(notice.kind()).isPresent())
                .filter(notice -> troubles.stream()
                        .noneMatch(trouble -> trouble.kind().word().equals(notice.kind())
                                && trouble.about().equals(notice.about())))
                .forEach(notice -> Notices.end(connection, officeNo, notice.kind(), notice.about(), now));
        return troubles;
    }

    /// What is not ready now.
    List<Trouble> troubles(Connection connection, int officeNo, Instant now) {
        ZoneId zone = Rosters.zoneOf(connection, officeNo);
        Span window = ReadinessRules.window(now, zone);
        List<Span> needed = needed(connection, officeNo, window);
        if (needed.isEmpty()) {
            return List.of();
        }
        Roster roster = Rosters.load(connection, officeNo, window);
        Set<String> phones =
                roster.people().values().stream().map(Recipient::phone).collect(Collectors.toSet());
        return new ReadinessRules(
                        roster,
                        zone,
                        needed,
                        PhoneTroubles.among(connection, phones),
                        TestRings.unheard(connection, roster.people().keySet(), now.minus(ReadinessRules.AHEAD)))
                .troubles();
    }

    /// Somebody has to be on call always where residents live; in a night centre without residents of
    /// its own, while it answers for others.
    private static List<Span> needed(Connection connection, int officeNo, Span window) {
        boolean residents = Sql.on(connection, """
                        select exists (select from resident where office_no = :office and left_at is null) as residents""").with("office", officeNo).get(row -> row.flag("residents"));
        if (residents) {
            return List.of(window);
        }
        return Span.union(Sql.on(connection, "select office_no from office_roster where night_centre_no = :office")
                .with("office", officeNo)
                .list(row -> row.number("office_no"))
                .stream()
                .flatMap(covered -> covered(connection, covered, window))
                .collect(Collectors.toCollection(ArrayList::new)));
    }

    private static Stream<Span> covered(Connection connection, int officeNo, Span window) {
        NightCover cover = Objects.requireNonNull(Rosters.findCover(connection, officeNo));
        ZoneId zone = Rosters.zoneOf(connection, officeNo);
        return cover.spans(window, zone, Rosters.holidays(connection, officeNo, window, zone)).stream();
    }
}
