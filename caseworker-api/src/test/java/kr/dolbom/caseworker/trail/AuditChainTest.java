package kr.dolbom.caseworker.trail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.DatabaseException;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every test tampers in a transaction that is rolled back, so that one database serves all.
class AuditChainTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Transactions TRANSACTIONS = new Transactions(DATABASE.dataSource());
    private static final Actor MINJI = new Actor("minji", "192.0.2.7");

    @BeforeAll
    static void populate() {
        execute("insert into office (name_ko, name_en, short_name) values ('고양시청', 'Goyang', '고양시')");
        execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                select 1, 'x', 1941, '대화동', 'x' from generate_series(1, 3)""");
        for (int i = 0; i < 20; i++) {
            int resident = 1 + i % 3;
            TRANSACTIONS.run(connection -> {
                AuditLog.write(connection, MINJI, "resident-read", resident);
                return resident;
            });
        }
        new AuditChain(TRANSACTIONS).run();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void anUntouchedLogVerifiesAndTheChainIsWhatTheDocumentationSays() throws NoSuchAlgorithmException {
        AuditVerdict verdict = new AuditCheck(TRANSACTIONS, Clock.systemUTC()).check();
        assertTrue(verdict.verifies(), verdict.toString());
        assertEquals(0, verdict.waiting());
        List<String> first = TRANSACTIONS.run(connection -> Sql.on(connection, """
                        select encode(x.hash, 'hex') as hash, x.chained_at, e.audit_no::text as audit_no, e.at, e.actor, e.action,
                               e.resident_no::text as resident_no, e.address
                          from audit_entry x join audit_event e using (audit_no) where entry_no = 1""")
                .get(row -> List.of(
                        row.text("hash"),
                        String.join(
                                "\n",
                                "dolbom-audit 1",
                                "0".repeat(64),
                                "1",
                                micros(row.instant("chained_at")),
                                row.text("audit_no"),
                                micros(row.instant("at")),
                                "minji",
                                "resident-read",
                                row.text("resident_no"),
                                "192.0.2.7",
                                "{}"))));
        assertEquals(
                first.getFirst(),
                HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(first.getLast().getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void whatIsChangedRemovedPutInReorderedCutOrBackdatedIsFoundAndTheFirstIsNamed() {
        assertEquals("changed 5", tampered("update audit_event set actor = 'junho' where audit_no = 5"));
        assertEquals("changed 6", tampered("update audit_event set resident_no = 2 where audit_no = 6"));
        assertEquals(
                "changed 7", tampered("update audit_event set at = at + interval '1 us' where audit_no in (7, 9)"));
        assertEquals("removed 8", tampered("delete from audit_event where audit_no in (8, 12)"));
        assertEquals("gap 10", tampered("delete from audit_entry where entry_no = 9"));
        assertEquals("removed 20", tampered("delete from audit_event where audit_no = 20"));
        assertEquals("cut null", tampered("""
                delete from audit_event where audit_no = (select audit_no from audit_entry order by entry_no desc limit 1);
                delete from audit_entry where entry_no = (select max(entry_no) from audit_entry)"""));
        assertEquals("changed 4", tampered("""
                update audit_entry set audit_no = -1 where audit_no = 3;
                update audit_entry set audit_no = 3 where audit_no = 4;
                update audit_entry set audit_no = 4 where audit_no = -1"""));
        assertEquals("unchained 1000", tampered("""
                update audit_head set below = 2000;
                insert into audit_event (audit_no, at, actor, action, address) overriding system value
                values (1000, now() - interval '1 day', 'x', 'y', 'z')"""));
        assertEquals("unlinked 2", tampered("""
                update audit_event set actor = 'junho' where audit_no = 1;
                update audit_entry x set hash = audit_hash(x.previous, x.entry_no, x.chained_at, e)
                  from audit_event e where x.audit_no = 1 and e.audit_no = 1"""));
        assertEquals("early 11", tampered(cutAt("10", "now()")), "the beginning went, and something stands for it");
        assertEquals("early 11", tampered(cutAt("10", "now() + interval '3 years'")));
        assertEquals(
                "early null", tampered(cutAt("(select max(entry_no) from audit_entry)", "now()")), "all of it went");
        assertEquals("changed 11", tampered(cutAt("10", "now()") + """
                ;update audit_event set at = at - interval '3 years' where audit_no = 11;
                update audit_entry set chained_at = chained_at - interval '3 years' where audit_no = 11"""));
        assertTrue(tampered("""
                insert into audit_event (at, actor, action, address) values (now() - interval '3 days', 'x', 'y', 'z');
                select audit_chain(10)""").startsWith("backdated "));
        assertTrue(new AuditCheck(TRANSACTIONS, Clock.systemUTC()).check().verifies(), "all was rolled back");
    }

    /// Removes the beginning, and says as the program does that two years had passed.
    private static String cutAt(String entry, String removedAt) {
        return """
                insert into audit_anchor (entry_no, hash, removed_at, until)
                select entry_no, hash, %2$s, now() - interval '2 years' from audit_entry where entry_no = %1$s;
                delete from audit_event where audit_no in (select audit_no from audit_entry where entry_no <= %1$s);
                delete from audit_entry where entry_no <= %1$s""".formatted(entry, removedAt);
    }

    @Test
    void theApplicationCannotChangeOrRemoveWhatIsYoung() {
        for (String statement : List.of(
                "update audit_event set actor = 'x'",
                "delete from audit_event",
                "truncate audit_event",
                "update audit_entry set audit_no = 0 where entry_no = 1",
                "delete from audit_entry",
                "truncate audit_entry",
                "delete from audit_anchor",
                "update audit_anchor set until = now()")) {
            DatabaseException e = assertThrows(DatabaseException.class, () -> execute(statement), statement);
            assertTrue(String.valueOf(e.getMessage()).contains("is only ever added to"), e.getMessage());
        }
    }

    @Test
    void whatIsOlderThanTwoYearsGoesAndTheRestStillVerifies() {
        try (TestDatabase own = TestDatabase.create()) {
            var work = new Transactions(own.dataSource());
            run(work, """
                    insert into audit_event (at, actor, action, address)
                    select now() - interval '26 months' + n * interval '1 day', 'minji', 'alert-listed', '192.0.2.7'
                      from generate_series(1, 120) n""");
            new AuditChain(work).run();
            // As the log stands where it was kept all the time.
            run(work, "update audit_head set founded = entries");
            AuditCheck check = new AuditCheck(work, Clock.systemUTC());
            AuditVerdict before = check.check();
            new AuditPruning(work).run();
            AuditVerdict after = check.check();

            assertTrue(before.verifies(), before.toString());
            assertTrue(after.verifies(), after.toString());
            assertEquals(120, after.entries());
            assertEquals(before.hash(), after.hash());
            assertTrue(after.removed() > 50 && after.removed() < 65, "two of four months: " + after.removed());
            int old = work.run(connection -> Sql.on(connection, """
                            select count(*)::int as old from audit_event where at < now() - interval '2 years'""").get(row -> row.number("old")));
            assertEquals(1, old, "the last stays as the witness of what went");
            assertEquals("removed", firstFault(work, """
                    delete from audit_event where audit_no in (select min(audit_no) from audit_event)""").split(" ", -1)[0]);
            run(work, "insert into audit_event (actor, action, address) values ('minji', 'alert-read', '192.0.2.7')");
            new AuditChain(work).run();
            new AuditPruning(work).run();
            assertTrue(check.check().verifies());
        }
    }

    @Test
    void twoHundredViewsAtOnceWaitForNobody() throws InterruptedException, ExecutionException {
        List<Long> alone = views(200, false);
        List<Long> chained = views(200, true);
        new AuditChain(TRANSACTIONS).run();

        System.out.printf(
                "audit: 200 views by 8 threads, p50/p99: not chained meanwhile %.1f/%.1f ms, chained meanwhile %.1f/%.1f ms%n",
                alone.get(100) / 1e6, alone.get(197) / 1e6, chained.get(100) / 1e6, chained.get(197) / 1e6);
        AuditVerdict verdict = new AuditCheck(TRANSACTIONS, Clock.systemUTC()).check();
        assertTrue(verdict.verifies(), verdict.toString());
        assertEquals(0, verdict.waiting());
    }

    /// How long each took, in nanoseconds, shortest first.
    private static List<Long> views(int count, boolean chaining) throws InterruptedException, ExecutionException {
        List<Long> took = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(chaining ? 9 : 8)) {
            Future<?> chain = threads.submit(() -> {
                for (int i = 0; chaining && i < 20; i++) {
                    new AuditChain(TRANSACTIONS).run();
                }
            });
            List<Callable<Long>> views = IntStream.range(0, count)
                    .<Callable<Long>>mapToObj(i -> () -> {
                        long began = System.nanoTime();
                        TRANSACTIONS.run(connection -> {
                            AuditLog.write(connection, MINJI, "alert-read", 1 + i % 3);
                            return i;
                        });
                        return System.nanoTime() - began;
                    })
                    .toList();
            for (Future<Long> view : threads.invokeAll(views)) {
                took.add(view.get());
            }
            chain.get();
        }
        Collections.sort(took);
        return took;
    }

    private static String tampered(String statements) {
        return firstFault(TRANSACTIONS, statements);
    }

    /// What the check says first after these statements, by somebody whom no trigger stops; then they are undone.
    private static String firstFault(Transactions work, String statements) {
        class Undone extends RuntimeException {
            private static final long serialVersionUID = 1;
            final String fault;

            Undone(String fault) {
                this.fault = fault;
            }
        }
        return assertThrows(
                        Undone.class,
                        () -> work.run(connection -> {
                            for (String trigger : List.of("audit_event", "audit_entry")) {
                                Sql.on(connection, "alter table " + trigger + " disable trigger user")
                                        .update();
                            }
                            for (String statement : statements.split(";", -1)) {
                                if (statement.strip().startsWith("select")) {
                                    Sql.on(connection, statement).list(row -> row);
                                } else {
                                    Sql.on(connection, statement).update();
                                }
                            }
                            throw new Undone(Sql.on(
                                            connection,
                                            "select kind || ' ' || coalesce(audit_no::text, 'null') as fault from audit_faults(1)")
                                    .find(row -> row.text("fault"))
                                    .orElse("none"));
                        }))
                .fault;
    }

    private static String micros(Instant instant) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    private static void execute(String statement) {
        run(TRANSACTIONS, statement);
    }

    private static void run(Transactions work, String statement) {
        work.run(connection -> Sql.on(connection, statement).update());
    }
}
