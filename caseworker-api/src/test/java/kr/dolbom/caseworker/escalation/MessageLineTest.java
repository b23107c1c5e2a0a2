package kr.dolbom.caseworker.escalation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.secrecy.TestKeys;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageLineTest {
    private static final Instant NOW = Instant.parse("2026-08-03T02:10:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final Transactions transactions = new Transactions(database.dataSource(), TestKeys.SECRECY);
    private final Recipient minji =
            new Recipient(Alert.Person.caseworker(1, new UUID(0, 1), "이민지"), "+821011110001", "ko");

    private int links;
    private LinkToken link = new LinkToken("link-0");
    private Instant now = NOW;

    @BeforeEach
    void populate() {
        execute("insert into office (name_ko, name_en, short_name) values ('고양시청', 'Goyang City Hall', '고양시')");
        execute("insert into caseworker (office_no, name, phone) values (1, '이민지', '+821011110001')");
        execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                values (1, '김영자', 1941, '대화동', '대화로 12')""");
        execute("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment)
                values (1, 'emergency', 'critical', 'escalating', '-', '-', now())""");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theMostUrgentGoesFirstThenFirstStepsThenTheOldest() {
        UUID later = add(0, 2, Channel.SMS, NOW.minusSeconds(60));
        UUID older = add(0, 1, Channel.ALIMTALK, NOW.minusSeconds(1));
        UUID newer = add(0, 1, Channel.PUSH, NOW);
        UUID lessUrgent = add(1, 1, Channel.SMS, NOW.minusSeconds(90));

        assertEquals(
                List.of(older, newer, later, lessUrgent),
                Stream.generate(this::take)
                        .takeWhile(Optional::isPresent)
                        .map(Optional::orElseThrow)
                        .map(Attempt::attemptId)
                        .toList());
    }

    @Test
    void whatOneTakesNobodyElseTakesAndWhoeverIsKilledBeforeTheCommitHasTakenNothing() {
        UUID first = add(0, 1, Channel.SMS, NOW);
        UUID second = add(0, 2, Channel.SMS, NOW);
        try {
            transactions.run(connection -> {
                assertEquals(
                        first,
                        MessageLine.take(connection, link(), NOW).orElseThrow().attemptId());
                assertEquals(second, take().orElseThrow().attemptId());
                assertEquals(Optional.empty(), take());
                throw new IllegalStateException("killed");
            });
        } catch (IllegalStateException e) {
            assertEquals("killed", e.getMessage());
        }

        assertEquals(first, take().orElseThrow().attemptId());
    }

    @Test
    void oneOfWhichNobodyHasHeardWaitsAgain() {
        add(0, 1, Channel.SMS, NOW);
        add(0, 2, Channel.SMS, NOW);
        Attempt silent = take().orElseThrow();
        UUID accepted = take().orElseThrow().attemptId();
        transactions.run(
                connection -> AttemptReports.report(connection, accepted, AttemptState.ACCEPTED, "SM1", null, NOW));

        assertTrue(putBack(silent));
        assertFalse(putBack(transactions
                .run(connection -> Attempts.find(connection, accepted))
                .orElseThrow()));
        now = NOW.plusSeconds(36);
        assertEquals(silent.attemptId(), take().orElseThrow().attemptId());
        assertEquals(Optional.empty(), take());
        assertFalse(putBack(silent), "it was taken again since the provider was asked");
    }

    @Test
    void whoeverStoodStillUntilItsMessageWasPutBackSendsItNoMore() {
        add(0, 1, Channel.SMS, NOW);
        Attempt taken = take().orElseThrow();
        LinkToken first = link;
        assertTrue(leave(taken, first));
        assertTrue(putBack(transactions
                .run(connection -> Attempts.find(connection, taken.attemptId()))
                .orElseThrow()));

        assertFalse(leave(taken, first), "it waits again");
        take();
        assertFalse(leave(taken, first), "somebody else has it");
        assertTrue(leave(taken, link));
        transactions.run(connection ->
                AttemptReports.report(connection, taken.attemptId(), AttemptState.CANCELED, null, null, NOW));
        assertFalse(leave(taken, link), "it was withdrawn");
    }

    @Test
    void oneThatIsHeldWaitsUntilThen() {
        UUID held = add(0, 1, Channel.SMS, NOW);
        Attempt taken = take().orElseThrow();
        transactions.run(connection -> {
            Attempts.hold(connection, taken.attemptId(), NOW.plusSeconds(60));
            return true;
        });

        assertEquals(Optional.empty(), take());
        now = NOW.plusSeconds(60);
        assertEquals(held, take().orElseThrow().attemptId());
    }

    @Test
    void aMessageToABrowserOfWhichNobodyHasHeardForLongWaitsAgain() {
        UUID push = add(0, 1, Channel.PUSH, NOW);
        UUID text = add(0, 1, Channel.SMS, NOW);
        take();
        take();

        assertEquals(0, putBackPushes(NOW));
        assertEquals(1, putBackPushes(NOW.plusSeconds(60)));
        assertEquals(push, take().orElseThrow().attemptId());
        assertEquals(Optional.empty(), take(), () -> "the text " + text);
    }

    private Optional<Attempt> take() {
        link = link();
        return transactions.run(connection -> MessageLine.take(connection, link, now));
    }

    private int putBackPushes(Instant takenBefore) {
        return transactions.run(connection -> MessageLine.putBackPushes(connection, takenBefore));
    }

    private LinkToken link() {
        return new LinkToken("link-" + ++links);
    }

    private boolean leave(Attempt attempt, LinkToken by) {
        return transactions.run(connection -> MessageLine.leave(connection, attempt.attemptId(), by, now));
    }

    private boolean putBack(Attempt asked) {
        return transactions.run(connection -> SilentAttempts.putBack(connection, asked, now));
    }

    private UUID add(int urgency, int step, Channel channel, Instant at) {
        return transactions.run(connection -> {
            UUID alert = Sql.on(connection, "select alert_id from alert").get(row -> row.uuid("alert_id"));
            return Attempts.addMessage(
                    connection, new Attempts.New(alert, urgency, step, Purpose.ALERT, minji, at), channel);
        });
    }

    private void execute(String statement) {
        transactions.run(connection -> Sql.on(connection, statement).update());
    }
}
