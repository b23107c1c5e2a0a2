package kr.dolbom.caseworker.response;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Calls;
import kr.dolbom.caseworker.escalation.LinkSigner;
import kr.dolbom.caseworker.escalation.Purpose;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.secrecy.TestKeys;
import kr.dolbom.db.fixture.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatchTest {
    private static final String PHONE = "+821011110001";

    private final TestDatabase database = TestDatabase.create();
    private final Transactions transactions = new Transactions(database.dataSource(), TestKeys.SECRECY);
    private final Queue<UUID> placed = new ConcurrentLinkedQueue<>();
    private UUID alert = new UUID(0, 0);
    private UUID call = new UUID(0, 0);

    @BeforeEach
    void populate() {
        execute("insert into office (name_ko, name_en, short_name) values ('고양시청', 'Goyang City Hall', '고양시')");
        execute("insert into caseworker (office_no, name, phone) values (1, '이민지', '+821011110001')");
        execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                values (1, '김영자', 1941, '대화동', '대화로 12, 301호')""");
        execute("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment)
                values (1, 'emergency', 'critical', 'escalating', '-', '-', now())""");
        alert = transactions.run(
                connection -> Sql.on(connection, "select alert_id from alert").get(row -> row.uuid("alert_id")));
        var person = new Recipient(Alert.Person.caseworker(1, new UUID(0, 1), "이민지"), PHONE, "ko");
        call = transactions.run(connection -> Attempts.addCall(
                        connection, new Attempts.New(alert, 0, 1, Purpose.ALERT, person, Instant.now()))
                .attemptId());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aCallThatIsNeededIsPlaced() throws InterruptedException {
        Attempt attempt = send(new SendResult.Accepted("CA1"));

        assertEquals(List.of(call), List.copyOf(placed));
        assertEquals(AttemptState.ACCEPTED, attempt.state());
    }

    @Test
    void aCallWhoseAlertSomebodyTookMeanwhileIsNotPlaced() throws InterruptedException {
        execute("update alert set state = 'acknowledged', acknowledged_at = now(), acknowledged_by = 1");
        Attempt attempt = send(new SendResult.Accepted("CA1"));

        assertEquals(List.of(), List.copyOf(placed));
        assertEquals(AttemptState.CANCELED, attempt.state());
    }

    @Test
    void aCallWhoseAlertIsOverMeanwhileIsNotPlaced() throws InterruptedException {
        execute("update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm'");
        Attempt attempt = send(new SendResult.Accepted("CA1"));

        assertEquals(List.of(), List.copyOf(placed));
        assertEquals(AttemptState.CANCELED, attempt.state());
    }

    @Test
    void aCallThatCannotEvenBeAskedForHasFailed() throws InterruptedException {
        Attempt attempt = send(null);

        assertEquals(List.of(call), List.copyOf(placed));
        assertEquals(AttemptState.FAILED, attempt.state());
        assertEquals("IllegalArgumentException", attempt.error());
    }

    /// @param result null for a program error
    private Attempt send(@Nullable SendResult result) throws InterruptedException {
        var calls = new Calls() {
            @Override
            public SendResult place(UUID attemptId, String to) {
                placed.add(attemptId);
                if (result == null) {
                    throw new IllegalArgumentException("no such thing");
                }
                return result;
            }

            @Override
            public double perSecond() {
                return 10;
            }

            @Override
            public void cancel(String sid) {}

            @Override
            public void end(String sid) {}

            @Override
            public Duration ringTime() {
                return Duration.ofSeconds(30);
            }
        };
        var dispatch = new Dispatch(
                transactions,
                new Messages(new LinkSigner(transactions, Clock.systemUTC()), new PublicAddress("http://localhost")),
                (attemptId, to, body) -> new SendResult.Accepted("SM1"),
                calls,
                (attemptId, to, language, text, link) -> new SendResult.Accepted("at-1"),
                (attemptId, person, message) -> new SendResult.Accepted("push-1"),
                new Looks(),
                Clock.systemUTC());
        dispatch.start();
        dispatch.send();
        try {
            return await().atMost(Duration.ofSeconds(10))
                    .until(
                            () -> transactions
                                    .run(connection -> Attempts.find(connection, call))
                                    .orElseThrow(),
                            attempt -> attempt.state() != AttemptState.STARTING);
        } finally {
            dispatch.close();
        }
    }

    private void execute(String statement) {
        transactions.run(connection -> Sql.on(connection, statement).update());
    }
}
