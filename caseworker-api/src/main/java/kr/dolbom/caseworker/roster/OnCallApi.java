package kr.dolbom.caseworker.roster;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// Who is on call now, and who comes next.
@Controller("/api/v1/on-call")
@Tag(name = "rosters")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
public class OnCallApi {
    private static final Duration AHEAD = Duration.ofDays(31);

    private final Transactions transactions;
    private final Clock clock;

    OnCallApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Somebody on call.
    ///
    /// @param caseworkerId who
    /// @param name their name
    /// @param phone the number that is called
    /// @param order 1 is called first
    /// @param standsIn whether by an override
    /// @param nightCentre whether for a night centre
    @Introspected
    public record Person(
            UUID caseworkerId, String name, String phone, int order, boolean standsIn, boolean nightCentre) {}

    /// Who is on call for a time.
    ///
    /// @param from since when at least
    /// @param until until when; null: nothing else is planned within a month
    /// @param people whoever is called first first; empty: nobody
    @Introspected
    public record Watch(OffsetDateTime from, @Nullable OffsetDateTime until, List<Person> people) {}

    /// Now and next.
    ///
    /// @param officeId which office
    /// @param now who is on call
    /// @param next who is after that; null: nothing else is planned within a month
    @Introspected
    public record NowAndNext(
            UUID officeId, Watch now, @Nullable Watch next) {}

    /// Who is on call for an office now, and who is next.
    ///
    /// @param officeId which office
    /// @param at another moment than now
    @Get
    NowAndNext get(
            @QueryValue UUID officeId, @QueryValue @Nullable Instant at, @Parameter(hidden = true) Viewer viewer) {
        Instant now = at == null ? clock.instant() : at;
        return transactions.run(connection -> {
            int office = RosterAccess.see(connection, viewer, officeId);
            ZoneId zone = Rosters.zoneOf(connection, office);
            Roster roster = Rosters.load(connection, office, new Span(now, now.plus(AHEAD)));
            List<Roster.Segment> segments = roster.segments();
            return new NowAndNext(
                    officeId,
                    watch(roster, segments.getFirst(), zone),
                    segments.size() > 1 ? watch(roster, segments.get(1), zone) : null);
        });
    }

    private static Watch watch(Roster roster, Roster.Segment segment, ZoneId zone) {
        boolean ends = segment.span().end().isBefore(roster.window().end());
        return new Watch(
                segment.span().start().atZone(zone).toOffsetDateTime(),
                ends ? segment.span().end().atZone(zone).toOffsetDateTime() : null,
                IntStream.range(0, segment.duties().size())
                        .mapToObj(i -> person(roster, segment.duties().get(i), i + 1))
                        .toList());
    }

    private static Person person(Roster roster, Duty duty, int order) {
        Recipient recipient = roster.person(duty.caseworkerNo());
        return new Person(
                recipient.person().id(),
                recipient.person().name(),
                recipient.phone(),
                order,
                duty.standsIn(),
                duty.officeNo() != roster.officeNo());
    }
}
