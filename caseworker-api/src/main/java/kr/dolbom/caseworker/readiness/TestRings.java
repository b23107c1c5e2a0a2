package kr.dolbom.caseworker.readiness;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.CallTurns;
import kr.dolbom.caseworker.escalation.Calls;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.secrecy.HiddenNumbers;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rings phones to see whether they ring. Whoever picks up hears that it is a test and has nothing to
/// do; a voicemail that picks up cannot be told from a person, for that a key would be needed. Safe for
/// use by many threads.
@Singleton
public final class TestRings {
    private static final Logger LOG = LoggerFactory.getLogger(TestRings.class);
    private static final String READINESS = "readiness";
    /// How long a test ring waits while calls about alerts wait for their turn.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final String COLUMNS = """
            select t.ring_id, c.caseworker_id, c.name, c.language, o.name_ko, o.name_en, t.state, t.heard, t.provider_sid,
                   t.error, t.started_at, t.updated_at
              from test_ring t join caseworker c using (caseworker_no) join office o using (office_no)
            """;

    private final Transactions transactions;
    private final Calls calls;
    private final CallTurns turns;
    private final Clock clock;

    TestRings(Transactions transactions, Calls calls, CallTurns turns, Clock clock) {
        this.transactions = transactions;
        this.calls = calls;
        this.turns = turns;
        this.clock = clock;
    }

    /// A test ring.
    ///
    /// @param ringId by which the provider's questions and reports name it
    /// @param caseworkerId who was rung
    /// @param name their name
    /// @param language `ko` or `en`
    /// @param office the name of their office in that language
    /// @param state how far it has come
    /// @param heard whether somebody or a voicemail picked up
    /// @param sid the provider's name for it; null before it took it
    /// @param error what went wrong; null for nothing
    /// @param startedAt when it was committed
    /// @param updatedAt when the state last changed
    public record TestRing(
            UUID ringId,
            UUID caseworkerId,
            String name,
            String language,
            String office,
            AttemptState state,
            boolean heard,
            @Nullable String sid,
            @Nullable String error,
            Instant startedAt,
            Instant updatedAt) {}

    /// Rings somebody.
    ///
    /// @param askedBy the login of who asked for it
    TestRing ring(int caseworkerNo, String phone, String askedBy) {
        UUID ringId = transactions.run(connection -> add(connection, caseworkerNo, phone, askedBy, clock.instant()));
        return place(ringId, phone);
    }

    /// Rings somebody before a shift, unless it was done for this window of time already.
    void ringOnce(Recipient person, Span window, Instant now) {
        Optional<UUID> ring = transactions.run(connection -> {
            boolean done = Sql.on(connection, """
                            select exists (select from test_ring
                                            where caseworker_no = :caseworker and asked_by = :readiness
                                              and started_at > :since) as done""")
                    .with("caseworker", person.person().number())
                    .with("readiness", READINESS)
                    .with("since", now.minus(window.length()))
                    .get(row -> row.flag("done"));
            return done
                    ? Optional.empty()
                    : Optional.of(add(connection, person.person().number(), person.phone(), READINESS, now));
        });
        ring.ifPresent(ringId -> place(ringId, person.phone()));
    }

    private static UUID add(Connection connection, int caseworkerNo, String phone, String askedBy, Instant now) {
        return Sql.on(connection, """
                        insert into test_ring (caseworker_no, phone, state, asked_by, started_at, updated_at)
                        values (:caseworker, :phone, 'starting', :by, :now, :now) returning ring_id""")
                .with("caseworker", caseworkerNo)
                .with("phone", SecretColumn.PHONE.of(phone))
                .with("by", askedBy)
                .with("now", now)
                .get(row -> row.uuid("ring_id"));
    }

    private TestRing place(UUID ringId, String phone) {
        if (!turns.await(LONGEST_WAIT, () -> true)) {
            LOG.warn("A test ring was not tried: calls about alerts wait for their turn ring={}", ringId);
            return report(ringId, AttemptState.CANCELED, null, "calls about alerts were waiting for their turn");
        }
        SendResult result = calls.place(ringId, phone);
        if (result.state() == AttemptState.FAILED) {
            LOG.warn("The provider did not take a test ring ring={} result=\"{}\"", ringId, result.word());
        }
        return report(ringId, result.state(), result.sid(), result.error());
    }

    /// Notes what the provider reports; an old report changes nothing.
    ///
    /// @param sid the provider's name for it; null when unknown
    /// @param error what went wrong; null for nothing
    /// @return the ring as it stands afterwards
    public TestRing report(UUID ringId, AttemptState next, @Nullable String sid, @Nullable String error) {
        return transactions.run(connection -> {
            Sql.on(connection, "select from test_ring where ring_id = :ring for update")
                    .with("ring", ringId)
                    .list(row -> row);
            TestRing before = find(connection, ringId)
                    .orElseThrow(() -> new IllegalStateException("there is no test ring " + ringId));
            boolean news = before.state().isOvertakenBy(next, before.sid(), sid);
            Sql.on(connection, """
                            update test_ring
                               set state = :state, heard = heard or :heard, provider_sid = coalesce(provider_sid, :sid),
                                   error = :error, updated_at = :now
                             where ring_id = :ring""")
                    .with("state", (news ? next : before.state()).word())
                    .with("heard", next == AttemptState.ANSWERED || next == AttemptState.COMPLETED)
                    .with("sid", sid)
                    .with("error", news ? HiddenNumbers.in(error) : before.error())
                    .with("now", clock.instant())
                    .with("ring", ringId)
                    .update();
            return find(connection, ringId).orElseThrow();
        });
    }

    /// The test ring with this id.
    public static Optional<TestRing> find(Connection connection, UUID ringId) {
        return Sql.on(connection, COLUMNS + "where t.ring_id = :ring")
                .with("ring", ringId)
                .find(TestRings::read);
    }

    /// An office's latest test rings, newest first.
    static List<TestRing> list(Connection connection, int officeNo) {
        return Sql.on(connection, COLUMNS + "where c.office_no = :office order by t.started_at desc limit 200")
                .with("office", officeNo)
                .list(TestRings::read);
    }

    /// Those of these caseworkers whose last test ring is over and was not picked up, at their present
    /// number.
    ///
    /// @param since older ones say nothing any more
    static Set<Integer> unheard(Connection connection, Set<Integer> caseworkers, Instant since) {
        if (caseworkers.isEmpty()) {
            return Set.of();
        }
        record Last(int caseworkerNo, boolean isSilent) {}
        // The same number may be stored by different keys: they are compared as people read them.
        return Sql.on(connection, """
                        select t.caseworker_no, t.phone, c.phone as present, not t.heard
                                   and t.state in ('no-answer', 'busy', 'failed') as silent
                          from test_ring t join caseworker c using (caseworker_no)
                         where t.caseworker_no = any(:people) and t.started_at > :since
                         order by t.started_at""")
                .with("people", caseworkers.toArray(Integer[]::new))
                .with("since", since)
                .list(row -> row.secret("phone", SecretColumn.PHONE).equals(row.secret("present", SecretColumn.PHONE))
                        ? Optional.of(new Last(row.number("caseworker_no"), row.flag("silent")))
                        : Optional.<Last>empty())
                .stream()
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(Last::caseworkerNo, Last::isSilent, (earlier, later) -> later))
                .entrySet()
                .stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static TestRing read(Row row) {
        String language = row.text("language");
        return new TestRing(
                row.uuid("ring_id"),
                row.uuid("caseworker_id"),
                row.secret("name", SecretColumn.CASEWORKER_NAME),
                language,
                row.text(language.equals("en") ? "name_en" : "name_ko"),
                AttemptState.get(row.text("state")),
                row.flag("heard"),
                row.findText("provider_sid"),
                row.findText("error"),
                row.instant("started_at"),
                row.instant("updated_at"));
    }
}
