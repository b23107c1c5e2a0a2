package kr.dolbom.caseworker.escalation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.secrecy.TestKeys;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallLineTest {
    private static final double OFTEN = 1_000_000;
    private static final Instant NOW = Instant.parse("2026-08-03T02:10:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final Transactions transactions = new Transactions(database.dataSource(), TestKeys.SECRECY);

    @BeforeEach
    void populate() {
        execute("insert into office (name_ko, name_en, short_name) values ('고양시청', 'Goyang City Hall', '고양시')");
        execute("""
                insert into caseworker (office_no, name, phone)
                select 1, '담당 ' || n, '+8210' || lpad(n::text, 8, '0') from generate_series(1, 5) n""");
        execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                values (1, '김영자', 1941, '대화동', '대화로 12')""");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theMostUrgentIsCalledFirstHoweverLongOthersHaveWaited() {
        call(1, Tier.URGENT, 1, NOW.minusSeconds(60));
        call(2, Tier.CRITICAL, 1, NOW);

        assertEquals(List.of(2, 1), leaveAll());
    }

    @Test
    void firstRingsGoBeforeSecondOnesAndTheOldestOfThemFirst() {
        call(1, Tier.CRITICAL, 2, NOW.minusSeconds(90));
        call(2, Tier.CRITICAL, 1, NOW);
        call(3, Tier.CRITICAL, 1, NOW.minusSeconds(1));

        assertEquals(List.of(3, 2, 1), leaveAll());
    }

    @Test
    void aCallGoesAsSoonAsTheMostUrgentAlertThatItTellsOf() {
        call(1, Tier.URGENT, 1, NOW.minusSeconds(60));
        call(2, Tier.URGENT, 1, NOW.minusSeconds(50));
        var joined = call(2, Tier.CRITICAL, 1, NOW);

        assertTrue(joined instanceof Attempts.Call.Bundled, joined.toString());
        assertEquals(List.of(2, 1), leaveAll());
        assertEquals(3, count("select count(*)::int as n from escalation_attempt where placed_at is not null"));
    }

    @Test
    void whoeverAsksNextWaitsUntilTheAccountMayCallAgain() {
        call(1, Tier.CRITICAL, 1, NOW);
        call(2, Tier.CRITICAL, 1, NOW);
        transactions.run(connection -> {
            assertEquals(Optional.of(Duration.ZERO), CallLine.findTurn(connection, OFTEN, NOW));
            CallLine.leave(connection, CallLine.findNext(connection, NOW).orElseThrow(), 0.1, NOW);
            return 1;
        });
        Duration wait = transactions
                .run(connection -> CallLine.findTurn(connection, 0.1, NOW))
                .orElseThrow();

        assertTrue(wait.compareTo(Duration.ofSeconds(5)) > 0 && wait.compareTo(Duration.ofSeconds(10)) <= 0, "" + wait);
    }

    @Test
    void whenTheDatabasesClockIsSetBackCallsGoOn() {
        call(1, Tier.CRITICAL, 1, NOW);
        execute("update call_pace set free_at = clock_timestamp() + interval '10 hours'");

        assertEquals(Optional.of(Duration.ZERO), transactions.run(connection -> CallLine.findTurn(connection, 1, NOW)));
        assertEquals(List.of(1), leaveAll());
        execute("update call_pace set free_at = clock_timestamp() + interval '10 hours'");
        assertTrue(tryTurn());
        assertEquals(
                1,
                count(
                        "select count(*)::int as n from call_pace where free_at < clock_timestamp() + interval '1 minute'"));
    }

    @Test
    void aTestRingGoesWhenNobodyWaits() {
        call(1, Tier.CRITICAL, 1, NOW);
        assertFalse(tryTurn());
        leaveAll();

        assertTrue(tryTurn());
        assertEquals(Optional.empty(), transactions.run(connection -> CallLine.findTurn(connection, OFTEN, NOW)));
    }

    @Test
    void whoeverStoodStillUntilItsCallWasPutBackMakesItNoMore() {
        call(1, Tier.CRITICAL, 1, NOW);
        call(1, Tier.URGENT, 1, NOW);
        UUID call = next().attemptId();
        leave(NOW);
        assertTrue(ask(call, NOW));
        Instant later = NOW.plusSeconds(36);

        assertTrue(putBack(call, later));
        assertEquals(2, count("select count(*)::int as n from escalation_attempt where placed_at is null"));
        assertFalse(ask(call, NOW), "it waits again");
        assertEquals(call, next().attemptId());
        leave(later);
        assertFalse(ask(call, NOW), "somebody else has it");
        assertTrue(ask(call, later));
        transactions.run(
                connection -> AttemptReports.report(connection, call, AttemptState.CANCELED, null, null, later));
        assertFalse(ask(call, later), "it was withdrawn");
        assertFalse(putBack(call, later));
    }

    @Test
    void aCallIsNotPutBackWhileThePhoneRingsForSomethingElse() {
        call(1, Tier.CRITICAL, 1, NOW);
        UUID lost = next().attemptId();
        leave(NOW);
        Instant later = NOW.plusSeconds(36);
        call(1, Tier.CRITICAL, 1, later);
        UUID other = next().attemptId();

        assertFalse(putBack(lost, later));
        transactions.run(connection -> AttemptReports.report(connection, other, AttemptState.BUSY, null, null, later));
        assertTrue(putBack(lost, later));
    }

    private Attempt next() {
        return transactions
                .run(connection -> CallLine.findNext(connection, NOW))
                .orElseThrow();
    }

    private void leave(Instant at) {
        Attempt call = next();
        transactions.run(connection -> {
            CallLine.leave(connection, call, OFTEN, at);
            return true;
        });
    }

    private boolean ask(UUID call, Instant takenAt) {
        return transactions.run(connection -> CallLine.ask(connection, call, takenAt, takenAt));
    }

    private boolean putBack(UUID call, Instant now) {
        return transactions.run(connection -> SilentAttempts.putBack(
                connection, Attempts.find(connection, call).orElseThrow(), now));
    }

    private boolean tryTurn() {
        return transactions.run(connection -> CallLine.tryTurn(connection, OFTEN, NOW));
    }

    /// A call to this caseworker for a new alert.
    private Attempts.Call call(int caseworker, Tier tier, int step, Instant at) {
        return transactions.run(connection -> {
            UUID alert = Sql.on(connection, """
                            insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment)
                            values (1, 'family-' || gen_random_uuid(), :tier, 'escalating', '-', '-', now())
                            returning alert_id""").with("tier", tier.word()).get(row -> row.uuid("alert_id"));
            var person = Alert.Person.caseworker(caseworker, new UUID(0, caseworker), "담당 " + caseworker);
            var recipient = new Recipient(person, "+8210%08d".formatted(caseworker), "ko");
            return Attempts.addCall(
                    connection,
                    new Attempts.New(alert, List.of(Tier.values()).indexOf(tier), step, Purpose.ALERT, recipient, at));
        });
    }

    /// Lets all calls out of the line, and gives whom they call.
    private List<Integer> leaveAll() {
        List<Integer> order = new ArrayList<>();
        while (transactions
                .run(connection -> CallLine.findTurn(connection, OFTEN, NOW))
                .isPresent()) {
            order.add(transactions.run(connection -> {
                Attempt next = CallLine.findNext(connection, NOW).orElseThrow();
                CallLine.leave(connection, next, OFTEN, NOW);
                return next.person().number();
            }));
        }
        return order;
    }

    private int count(String query) {
        return transactions.run(connection -> Sql.on(connection, query).get(row -> row.number("n")));
    }

    private void execute(String statement) {
        transactions.run(connection -> Sql.on(connection, statement).update());
    }
}
