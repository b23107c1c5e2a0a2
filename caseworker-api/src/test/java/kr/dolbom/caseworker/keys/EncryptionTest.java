package kr.dolbom.caseworker.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import kr.dolbom.caseworker.database.DatabaseException;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.secrecy.KeysetException;
import kr.dolbom.caseworker.secrecy.Secrecy;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.caseworker.secrecy.TestKeys;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class EncryptionTest {
    private static final int RESIDENTS = 1700;

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    Path folder;

    private Secrecy secrecy = Secrecy.none();

    @BeforeEach
    void populate() {
        secrecy = keys("keyset.json");
        execute("insert into office (name_ko, name_en, short_name) values ('고양시청', 'Goyang', '고양시')");
        execute("insert into caseworker (office_no, name, phone) values (1, '이민지', '+821011110001')");
        execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address, phone)
                select 1, '주민' || n, 1941, '대화동', '대화로 ' || n, '+8231900' || 1000 + n
                  from generate_series(1, %d) n""".formatted(RESIDENTS));
        execute("""
                insert into phone_trouble (phone, channel, code, since) values ('+821011110001', 'sms', '30003', now())""");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasPlainIsEncryptedByTwoAtOnceAndReadAsBefore() {
        CompletableFuture<Void> other =
                CompletableFuture.runAsync(() -> encryption(secrecy).run());
        encryption(secrecy).run();
        other.join();
        encryption(secrecy).run();

        assertEquals(0, plain());
        assertEquals("주민1700 대화로 1700 +82319002700", resident(secrecy, RESIDENTS));
    }

    @Test
    void killedInTheMiddleItGoesOnWhereItWas() {
        var starved = new Transactions(failingAfter(3), secrecy);
        assertThrows(DatabaseException.class, () -> new Encryption(starved, secrecy, Clock.systemUTC()).run());
        int left = number("select count(*)::int as n from resident where name not like 'enc1.%'");
        assertEquals(RESIDENTS - 3 * 500, left, "three steps were done");
        assertEquals("주민1 대화로 1 +82319001001", resident(secrecy, 1));
        assertEquals("주민1700 대화로 1700 +82319002700", resident(secrecy, RESIDENTS));

        encryption(secrecy).run();
        assertEquals(0, plain());
    }

    @Test
    void afterARotationEverythingGetsTheNewKeyAndTheOldOneMayGo() {
        check(secrecy);
        encryption(secrecy).run();
        String old = secrecy.keyId(SecretColumn.PHONE);
        // What an instance that still has the old key learns meanwhile of the same number.
        rotate();
        Secrecy after = Secrecy.open(folder.resolve("keyset.json"));
        execute("insert into phone_trouble (phone, channel, code, since) values ('%s', 'sms', '21610', now())"
                .formatted(after.encrypt(SecretColumn.PHONE, "+821011110001")));
        check(after);
        assertEquals(4, number("select count(*)::int as n from secrecy_key"));
        encryption(after).run();

        assertEquals(2, number("select count(*)::int as n from secrecy_key"));
        assertEquals(0, number("select count(*)::int as n from resident where phone like 'enc1.%s.%%'".formatted(old)));
        assertEquals(1, number("select count(*)::int as n from phone_trouble"));
        assertEquals("주민7 대화로 7 +82319001007", resident(after, 7));
    }

    @Test
    void whatOneTimeCodesAreWorkedOutFromOutlivesTheKeyItWasStoredBy() {
        check(secrecy);
        execute(
                "insert into account (login, password_hash, role, totp_secret) values ('operator', 'x', 'operator', '%s')"
                        .formatted(secrecy.encrypt(SecretColumn.SIGN_IN_SECRET, "JBSWY3DPEHPK3PXP")));
        String old = secrecy.keyId(SecretColumn.SIGN_IN_SECRET);
        rotate();
        Secrecy after = Secrecy.open(folder.resolve("keyset.json"));
        check(after);
        encryption(after).run();
        TestKeys.drop(folder.resolve("keyset.json"), old);
        Secrecy without = Secrecy.open(folder.resolve("keyset.json"));

        assertEquals(
                "JBSWY3DPEHPK3PXP",
                new Transactions(database.dataSource(), without)
                        .run(connection -> Sql.on(connection, "select totp_secret from account")
                                .get(row -> row.secret("totp_secret", SecretColumn.SIGN_IN_SECRET))));
    }

    @Test
    void everyKindOfSecretHasAPlaceInWhichARotationFindsIt() {
        Set<SecretColumn> found = Stream.concat(Place.ALL.stream(), Place.SPOKEN.stream())
                .map(Place::secret)
                .collect(Collectors.toSet());

        assertEquals(Set.of(SecretColumn.values()), found);
    }

    @Test
    void withOtherKeysNothingStartsAndWhatIsMissingAndWhatToDoIsSaid() {
        check(secrecy);
        Secrecy other = keys("other.json");
        KeysetException e = assertThrows(KeysetException.class, () -> check(other));

        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(secrecy.keyId(SecretColumn.PHONE)), message);
        assertTrue(message.contains(folder.resolve("other.json").toString()), message);
        assertTrue(message.contains("nothing was changed"), message);
        assertTrue(message.contains("from its backup"), message);
        assertEquals(2, number("select count(*)::int as n from secrecy_key"), "the wrong keys are not noted");
        check(secrecy);
    }

    @Test
    void aValueThatCannotBeReadStaysAsItIsAndTheOthersAreEncrypted() {
        String foreign = keys("other.json").encrypt(SecretColumn.RESIDENT_NAME, "누구");
        execute("update resident set name = '%s' where resident_no = 5".formatted(foreign));
        encryption(secrecy).run();

        assertEquals(Secrecy.UNREADABLE + " 대화로 5 +82319001005", resident(secrecy, 5));
        assertEquals(1, number("select count(*)::int as n from resident where name = '%s'".formatted(foreign)));
        assertEquals(0, plain());
    }

    @Test
    void aValueThatCannotBeReadIsToldOnceAndTriedAgainAfterAnHour() {
        String foreign = keys("other.json").encrypt(SecretColumn.RESIDENT_NAME, "누구");
        execute("update resident set name = '%s' where resident_no = 5".formatted(foreign));
        var now = new AtomicReference<>(Instant.parse("2026-11-23T00:00:00Z"));
        InstantSource source = now::get;
        var encryption = new Encryption(
                new Transactions(database.dataSource(), secrecy), secrecy, source.withZone(ZoneOffset.UTC));
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        var log = (Logger) LoggerFactory.getLogger(Encryption.class);
        log.addAppender(appender);
        try {
            encryption.run();
            execute("update resident set name = 'plain' where resident_no = 6");
            now.updateAndGet(time -> time.plusSeconds(60));
            encryption.run();
            assertEquals(1, number("select count(*)::int as n from resident where name = 'plain'"), "not in a minute");
            now.updateAndGet(time -> time.plusSeconds(3600));
            encryption.run();
            assertEquals(0, number("select count(*)::int as n from resident where name = 'plain'"));
        } finally {
            log.detachAppender(appender);
        }
        assertEquals(
                List.of("A stored value cannot be read table=resident column=name key=5"),
                appender.list.stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                        .map(event -> event.getFormattedMessage().replaceFirst(" reason=.*", ""))
                        .toList());
    }

    private Secrecy keys(String file) {
        TestKeys.make(folder.resolve(file));
        return Secrecy.open(folder.resolve(file));
    }

    private void rotate() {
        TestKeys.rotate(folder.resolve("keyset.json"));
    }

    private void check(Secrecy keys) {
        new KeyCheck(new Transactions(database.dataSource(), keys), keys).check();
    }

    private Encryption encryption(Secrecy keys) {
        return new Encryption(new Transactions(database.dataSource(), keys), keys, Clock.systemUTC());
    }

    private int plain() {
        return number("""
                select count(*)::int as n from resident
                 where name not like 'enc1.%' or address not like 'enc1.%' or phone not like 'enc1.%'""");
    }

    private String resident(Secrecy keys, int number) {
        return new Transactions(database.dataSource(), keys)
                .run(connection -> Sql.on(
                                connection, "select name, address, phone from resident where resident_no = :n")
                        .with("n", number)
                        .get(row -> String.join(
                                " ",
                                List.of(
                                        row.secret("name", SecretColumn.RESIDENT_NAME),
                                        row.secret("address", SecretColumn.RESIDENT_ADDRESS),
                                        row.secret("phone", SecretColumn.PHONE)))));
    }

    private int number(String query) {
        return new Transactions(database.dataSource())
                .run(connection -> Sql.on(connection, query).get(row -> row.number("n")));
    }

    private void execute(String statement) {
        new Transactions(database.dataSource())
                .run(connection -> Sql.on(connection, statement).update());
    }

    /// The database, until it has given this many connections.
    private DataSource failingAfter(int connections) {
        var given = new AtomicInteger();
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection") && given.incrementAndGet() > connections) {
                        throw new SQLException("killed");
                    }
                    try {
                        return method.invoke(database.dataSource(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
