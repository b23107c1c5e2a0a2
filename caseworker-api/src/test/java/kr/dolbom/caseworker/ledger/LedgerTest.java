package kr.dolbom.caseworker.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.DatabaseException;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.notice.Notice;
import kr.dolbom.caseworker.notice.Notices;
import kr.dolbom.caseworker.secrecy.TestKeys;
import kr.dolbom.db.fixture.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Three alerts of five entries each, two of them sealed. Whoever tampers does so in a transaction that is rolled back,
/// as the owner of the tables who has switched the refusal off.
class LedgerTest {
    private static final UUID FIRST = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID SECOND = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final UUID UNSEALED = UUID.fromString("00000000-0000-4000-8000-000000000003");
    private static final Instant AT = Instant.parse("2026-11-03T17:10:07.123456Z");

    private static TestDatabase database;
    private static Transactions transactions;
    private static LedgerSealer sealer;

    @BeforeAll
    static void write() {
        database = TestDatabase.create();
        transactions = new Transactions(database.dataSource(), TestKeys.SECRECY);
        sealer = new LedgerSealer(transactions, Clock.fixed(AT, ZoneOffset.UTC));
        transactions.run(connection -> {
            execute(connection, "insert into office (name_ko, name_en, short_name) values ('가', 'A', '가')");
            return execute(connection, """
                    insert into resident (office_no, name, birth_year, neighbourhood, address)
                    select 1, '김' || n, 1941, '대화동', '대화로' from generate_series(1, 20) n""");
        });
        addAlert(FIRST, 1);
        addAlert(SECOND, 2);
        assertEquals(1, sealer.seal().orElseThrow().sealNo());
        addAlert(UNSEALED, 3);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aLedgerThatNobodyTouchedVerifies() {
        LedgerVerdict verdict = tamper(connection -> new LedgerWalk(connection).check(null));

        assertTrue(verdict.verifies(), verdict.toString());
        assertEquals(3, verdict.alerts());
        assertEquals(15, verdict.entries());
        assertEquals(1, verdict.unsealedAlerts());
    }

    @Test
    void theFirstEntrySaysWhatTheAlertIsAndTimesHaveTheirMicroseconds() {
        Chain chain = transactions.run(connection -> Ledger.chain(connection, FIRST));

        LedgerEntry first = chain.entries().getFirst();
        assertTrue(
                first.detail().startsWith("{\"alert.drill\":\"false\",\"alert.family\":\"emergency\""), first.detail());
        assertEquals(AT, first.at());
        assertEquals(
                List.of("raised", "people-called", "attempt", "provider-status", "acknowledged"),
                chain.entries().stream().map(LedgerEntry::type).toList());
        assertEquals("{\"a\\\"b\":\"줄\\n바꿈\"}", chain.entries().get(3).detail());
    }

    /// What is done to FIRST, and what the check must name.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            changed   | 3 | update ledger_entry l set at = at - interval '1 minute' where entry_no = 3
            changed   | 3 | update ledger_entry l set detail = '{"by":"console"}' where entry_no = 3
            changed   | 3 | update ledger_entry l set actor = 'x', hash = ledger_hash((alert_id, entry_no, at, recorded_at, event_no, type, 'x', detail, previous, null)) where entry_no = 3
            changed   | 5 | update ledger_entry l set hash = sha256('x') where entry_no = 5
            removed   | 1 | delete from ledger_entry l where entry_no = 1
            removed   | 3 | delete from ledger_entry l where entry_no = 3
            removed   | 5 | delete from ledger_entry l where entry_no = 5
            removed   | 3 | delete from ledger_entry l where entry_no = 3; update ledger_entry l set entry_no = entry_no - 1 where entry_no > 3
            removed   | 1 | delete from ledger_entry l where true
            removed   | 5 | delete from ledger_entry l where true; delete from ledger_head l where true
            removed   | 5 | delete from ledger_entry l where entry_no = 5; update ledger_head l set entries = 4, hash = (select hash from ledger_entry e where e.alert_id = l.alert_id and entry_no = 4) where true
            inserted  | 1 | delete from ledger_head l where true
            inserted  | 3 | update ledger_entry l set entry_no = entry_no + 100 where entry_no >= 3; insert into ledger_entry select alert_id, 3, at, recorded_at, -1, type, actor, '{}', hash, hash from ledger_entry l where entry_no = 2; update ledger_entry l set entry_no = entry_no - 99 where entry_no > 100
            inserted  | 6 | insert into ledger_entry select alert_id, 6, at, recorded_at, -1, type, actor, detail, hash, hash from ledger_entry l where entry_no = 5
            reordered | 2 | update ledger_entry l set entry_no = 100 where entry_no = 2; update ledger_entry l set entry_no = 2 where entry_no = 3; update ledger_entry l set entry_no = 3 where entry_no = 100
            reordered | 2 | update ledger_entry l set entry_no = 100 where entry_no = 2; update ledger_entry l set entry_no = entry_no - 1 where entry_no in (3, 4, 5); update ledger_entry l set entry_no = 5 where entry_no = 100
            """)
    void everyChangeIsFoundAndTheFirstBrokenEntryIsNamed(String kind, int entryNo, String statements) {
        LedgerVerdict verdict = tamper(connection -> {
            for (String statement : statements.split("; ", -1)) {
                execute(connection, statement + (statement.contains(" l ") ? " and l.alert_id = '" + FIRST + "'" : ""));
            }
            return new LedgerWalk(connection).check(null);
        });

        LedgerFault fault = verdict.faults().getFirst();
        assertEquals(
                List.of(kind, FIRST, entryNo), List.of(fault.kind(), fault.alertId(), fault.entryNo()), fault.detail());
        assertEquals(1, verdict.faults().size(), verdict.toString());
    }

    @Test
    void aChainThatWasWrittenAnewFromTheLastEntryOnIsFoundByTheSeal() {
        LedgerVerdict verdict = tamper(connection -> {
            execute(connection, """
                    update ledger_entry set actor = 'x', hash = ledger_hash(
                        (alert_id, entry_no, at, recorded_at, event_no, type, 'x', detail, previous, null))
                     where entry_no = 5 and alert_id = '%s'""".formatted(FIRST));
            execute(connection, """
                    update ledger_head h set hash = l.hash from ledger_entry l
                     where l.alert_id = h.alert_id and l.entry_no = 5 and l.alert_id = '%s'""".formatted(FIRST));
            return new LedgerWalk(connection).check(null);
        });

        LedgerFault fault = verdict.faults().getFirst();
        assertEquals("changed", fault.kind());
        assertEquals(1, fault.sealNo());
        assertEquals(5, fault.entryNo());
    }

    @Test
    void aWholeLedgerThatVanishedIsMissedWhetherSealedOrNot() {
        LedgerVerdict verdict = tamper(connection -> {
            execute(connection, "delete from ledger_entry");
            execute(connection, "delete from ledger_head");
            execute(connection, "delete from alert_event where alert_id = '%s'".formatted(FIRST));
            return new LedgerWalk(connection).check(null);
        });

        assertEquals(
                List.of("removed 5 of " + FIRST, "removed 5 of " + SECOND, "removed 1 of " + UNSEALED),
                verdict.faults().stream()
                        .map(fault -> fault.kind() + " " + fault.entryNo() + " of " + fault.alertId())
                        .toList());
    }

    @Test
    void sealsThatWereRemovedOrChangedAreFound() {
        LedgerVerdict changed = tamper(connection -> {
            execute(connection, "update ledger_seal set at = at + interval '1 second'");
            return new LedgerWalk(connection).check(null);
        });
        LedgerVerdict removed = tamper(connection -> {
            execute(connection, "delete from ledger_seal_head");
            execute(connection, "delete from ledger_seal");
            return new LedgerWalk(connection).check(null);
        });

        assertEquals(1, changed.faults().getFirst().sealNo());
        assertEquals(
                List.of(FIRST, SECOND),
                removed.faults().stream().map(LedgerFault::alertId).toList());
    }

    @Test
    void aSealThatWasKeptOutsideMustStillBeThere() {
        String hash =
                transactions.run(Ledger::findLastSeal).map(LedgerSeal::hash).orElseThrow();
        assertTrue(tamper(connection -> new LedgerWalk(connection).check(new LedgerCheck.KeptSeal(1, hash)))
                .verifies());

        LedgerVerdict other =
                tamper(connection -> new LedgerWalk(connection).check(new LedgerCheck.KeptSeal(1, Sha256.of("x"))));
        assertEquals("changed", other.faults().getFirst().kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger_entry set actor = 'x'",
                "delete from ledger_entry",
                "truncate ledger_entry",
                "update ledger_seal set at = now()",
                "delete from ledger_seal_head",
                "truncate ledger_seal, ledger_seal_head"
            })
    void theDatabaseRefusesToChangeWhatStands(String statement) {
        var refused = assertThrows(
                DatabaseException.class, () -> transactions.run(connection -> execute(connection, statement)));

        assertTrue(refused.toString().contains("is only ever added to"), refused.toString());
    }

    @Test
    void anEventThatCannotBeChainedStopsNobodyIsToldToOperatorsAndMadeUpForByTheNextSeal() throws Exception {
        try (var own = TestDatabase.create()) {
            var work = new Transactions(own.dataSource(), TestKeys.SECRECY);
            work.run(connection -> {
                execute(connection, "insert into office (name_ko, name_en, short_name) values ('가', 'A', '가')");
                execute(connection, """
                        insert into resident (office_no, name, birth_year, neighbourhood, address)
                        values (1, '김', 1941, '대화동', '대화로')""");
                return execute(connection, """
                        insert into alert (alert_id, resident_no, family, tier, reason_ko, reason_en, moment)
                        values ('%s', 1, 'emergency', 'critical', '-', '-', now())""".formatted(FIRST));
            });
            work.run(connection -> execute(connection, "alter table ledger_head rename to elsewhere"));
            work.run(connection -> {
                Timeline.add(connection, FIRST, AT, EventType.RAISED, Timeline.PLATFORM, Map.of());
                return null;
            });
            work.run(connection -> execute(connection, "alter table elsewhere rename to ledger_head"));
            var check = new LedgerCheck(work, Clock.systemUTC());
            LedgerVerdict before = check.check(null);
            check.checkOrLog();
            List<Notice> told = work.run(connection -> Notices.listOpen(connection, null));
            new LedgerSealer(work, Clock.systemUTC()).seal();
            LedgerVerdict after = check.check(null);
            check.checkOrLog();

            assertEquals("removed", before.faults().getFirst().kind());
            assertEquals("ledger-broken", told.getFirst().kind());
            assertEquals(List.of(), work.run(connection -> Notices.listOpen(connection, null)));
            assertTrue(after.verifies(), after.toString());
            assertEquals(1, after.entries());
        }
    }

    /// Transactions that add to several alerts in any order, and a seal in between.
    @Test
    void manyWritersOfTheSameAlertsLeaveOneUnbrokenChainEach() throws Exception {
        List<UUID> alerts = new ArrayList<>();
        for (int resident = 11; resident <= 14; resident++) {
            UUID alertId = UUID.randomUUID();
            insertAlert(alertId, resident);
            alerts.add(alertId);
        }
        int writers = 8;
        int rounds = 15;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<@Nullable Object>> tasks = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int first = writer;
                tasks.add(() -> {
                    for (int round = 0; round < rounds; round++) {
                        UUID one = alerts.get((first + round) % alerts.size());
                        UUID other = alerts.get((first * 3 + round + 1) % alerts.size());
                        transactions.run(connection -> {
                            Timeline.add(connection, one, Instant.now(), EventType.AGAIN, "platform", Map.of());
                            Timeline.add(connection, other, Instant.now(), EventType.AGAIN, "platform", Map.of());
                            return null;
                        });
                    }
                    return null;
                });
            }
            for (Future<?> future : threads.invokeAll(tasks)) {
                future.get();
            }
        }
        int written = transactions.run(connection -> Sql.on(connection, """
                        select count(*)::int as entries from ledger_entry l join alert_event e using (event_no)
                         where e.type = 'again'""").get(row -> row.number("entries")));
        List<LedgerFault> faults = transactions.run(connection -> alerts.stream()
                .flatMap(alert -> Ledger.chain(connection, alert).findFault().stream())
                .toList());
        transactions.run(connection -> {
            execute(connection, "alter table ledger_entry disable trigger ledger_entry_stays");
            alerts.forEach(alert -> {
                execute(connection, "delete from ledger_entry where alert_id = '%s'".formatted(alert));
                execute(connection, "delete from ledger_head where alert_id = '%s'".formatted(alert));
                execute(connection, "delete from alert_event where alert_id = '%s'".formatted(alert));
            });
            return execute(connection, "alter table ledger_entry enable always trigger ledger_entry_stays");
        });

        assertEquals(2 * writers * rounds, written);
        assertEquals(List.of(), faults);
    }

    @Test
    void theExampleOfTheDocumentationCanBeRecomputedAndTheDatabaseHashesItAlike() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "reference", "ledger.md"));
        Matcher examples = Pattern.compile("```text\n(.*?)\n```\n\nSHA-256: `([0-9a-f]{64})`", Pattern.DOTALL)
                .matcher(document);
        int found = 0;
        while (examples.find()) {
            found++;
            String text = examples.group(1);
            assertEquals(examples.group(2), Sha256.of(text));
            if (text.startsWith("dolbom-ledger 1")) {
                List<String> line = text.lines().toList();
                LedgerEntry entry = new LedgerEntry(
                        UUID.fromString(line.get(2)),
                        Integer.parseInt(line.get(3)),
                        Instant.parse(line.get(4)),
                        Instant.parse(line.get(5)),
                        Long.parseLong(line.get(6)),
                        line.get(7),
                        line.get(8),
                        line.get(9),
                        line.get(1),
                        examples.group(2));
                assertEquals(text, entry.text());
                assertEquals(examples.group(2), hashOfTheDatabase(entry));
            } else {
                List<String> line = text.lines().toList();
                String last = text.substring(text.lastIndexOf('\n'));
                assertEquals(
                        last,
                        LedgerSeal.line("5f0c7a52-6d0b-4a6e-9f39-2f1d6f3c8b11", 2, last.substring(last.length() - 64)));
                assertEquals(
                        examples.group(2),
                        LedgerSeal.begin(1, Instant.parse(line.get(3)), 1, line.get(1))
                                .add(last)
                                .hex());
            }
        }
        assertEquals(3, found);
    }

    private static String hashOfTheDatabase(LedgerEntry entry) {
        return transactions.run(connection -> Sql.on(connection, """
                        select encode(ledger_hash((:alert::uuid, :no::int, :at::timestamptz, :recorded::timestamptz,
                                                   :event::bigint, :type::text, :actor::text, :detail::text,
                                                   decode(:previous::text, 'hex'), null)::ledger_entry), 'hex') as hash""")
                .with("alert", entry.alertId())
                .with("no", entry.entryNo())
                .with("at", entry.at())
                .with("recorded", entry.recordedAt())
                .with("event", entry.eventNo())
                .with("type", entry.type())
                .with("actor", entry.actor())
                .with("detail", entry.detail())
                .with("previous", entry.previous())
                .get(row -> row.text("hash")));
    }

    private static void addAlert(UUID alertId, int residentNo) {
        insertAlert(alertId, residentNo);
        transactions.run(connection -> {
            Timeline.add(connection, alertId, AT, EventType.RAISED, Timeline.PLATFORM, Map.of());
            Timeline.add(
                    connection, alertId, AT, EventType.PEOPLE_CALLED, Timeline.PLATFORM, Map.of("why", "critical"));
            return null;
        });
        transactions.run(connection -> {
            Timeline.add(connection, alertId, AT, EventType.ATTEMPT, Timeline.PROVIDER, Map.of("b", "1", "a", "2"));
            Timeline.addForLedger(connection, alertId, AT, "provider-status", "provider", Map.of("a\"b", "줄\n바꿈"));
            Timeline.add(connection, alertId, AT, EventType.ACKNOWLEDGED, "person", Map.of("by", "key"));
            return null;
        });
    }

    private static void insertAlert(UUID alertId, int residentNo) {
        transactions.run(connection -> execute(connection, """
                insert into alert (alert_id, resident_no, family, tier, reason_ko, reason_en, moment)
                values ('%s', %d, 'emergency', 'critical', '-', '-', now())""".formatted(alertId, residentNo)));
    }

    private static int execute(Connection connection, String statement) {
        return Sql.on(connection, statement).update();
    }

    /// Work whose changes are gone afterwards, with nothing refused.
    private static LedgerVerdict tamper(Function<Connection, LedgerVerdict> work) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                for (String table : List.of("ledger_entry", "ledger_seal", "ledger_seal_head")) {
                    execute(connection, "alter table %s disable trigger %s_stays".formatted(table, table));
                }
                return work.apply(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
