package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import kr.dolbom.broker.launcher.EmbeddedBroker;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.identity.SecretHash;
import kr.dolbom.db.fixture.TestDatabase;
import org.jspecify.annotations.Nullable;

/// A broker with a database of its own, and what tests ask that database.
final class TestBroker implements AutoCloseable {
    private static final AtomicInteger DEVICES = new AtomicInteger();
    private static @Nullable TestBroker shared;

    final TestDatabase database;
    final EmbeddedBroker.Settings settings;
    private EmbeddedBroker broker;
    private int stoppedPort;

    private TestBroker(TestDatabase database, EmbeddedBroker.Settings settings) {
        this.database = database;
        this.settings = settings;
        this.broker = EmbeddedBroker.start(settings);
    }

    /// The one that all tests use which do it no harm; it lives as long as the process.
    static synchronized TestBroker shared() {
        TestBroker broker = shared;
        if (broker == null) {
            broker = start(settings -> settings);
            broker.installMischief();
            shared = broker;
        }
        return broker;
    }

    /// One of a test's own, ready.
    static TestBroker start(UnaryOperator<EmbeddedBroker.Settings> with) {
        TestDatabase database = TestDatabase.create();
        TestBroker broker = new TestBroker(database, with.apply(settings(database)));
        broker.awaitReady();
        return broker;
    }

    static EmbeddedBroker.Settings settings(TestDatabase database) {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "broker");
            return EmbeddedBroker.Settings.of(folder, database.url(), database.user(), database.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(30)).until(() -> broker.isReady());
    }

    boolean isReady() {
        return broker.isReady();
    }

    String uri() {
        return broker.uri();
    }

    void stop() {
        stoppedPort = broker.port();
        broker.close();
    }

    /// Starts what was stopped, on the same port.
    void startAgain() {
        startWithoutWaiting();
        awaitReady();
    }

    void startWithoutWaiting() {
        broker = EmbeddedBroker.start(settings.withPort(stoppedPort));
    }

    int port() {
        return broker.port();
    }

    int tlsPort() {
        return broker.tlsPort();
    }

    String tlsUri() {
        return "ssl://127.0.0.1:" + broker.tlsPort();
    }

    /// A device in the home of a new resident.
    Device registerDevice() {
        return registerDevice(false);
    }

    Device registerDevice(boolean transcriptConsent) {
        String id = "robot-" + DEVICES.incrementAndGet() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        DeviceSecret secret = DeviceSecret.generate();
        SecretHash hash = secret.hash();
        int resident = number("""
                with office as (
                    insert into office (name_ko, name_en, short_name) values ('시험과', 'Test office', '시험')
                    returning office_no
                )
                insert into resident (office_no, name, birth_year, neighbourhood, address, transcript_consent)
                select office_no, '시험', 1940, '시험동', '시험로 1', ? from office
                returning resident_no""", transcriptConsent);
        int device = number("""
                with device as (
                    insert into device (device_id, resident_no, vendor, model) values (?, ?, 'test', 'test')
                    returning device_no
                )
                insert into device_credential (device_no, kind, salt, hash)
                select device_no, 'secret', ?, ? from device
                returning device_no""", id, resident, hash.salt(), hash.hash());
        return new Device(id, secret.text(), device, resident);
    }

    /// A device in its box: no secret yet, and nobody's.
    Boxed registerBoxed() {
        String id = "boxed-" + DEVICES.incrementAndGet() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        int number = number(
                "insert into device (device_id, vendor, model) values (?, 'test', 'test') returning device_no", id);
        return new Boxed(id, number, addClaim(number, "1 hour"));
    }

    /// Gives a device another claim code.
    ClaimCode addClaim(int device, String within) {
        ClaimCode code = ClaimCode.generate();
        SecretHash hash = code.hash();
        number("""
                insert into device_credential (device_no, kind, salt, hash, expires_at)
                values (?, 'claim', ?, ?, now() + ?::interval)
                returning credential_no""", device, hash.salt(), hash.hash(), within);
        return code;
    }

    record Boxed(String id, int number, ClaimCode code) {
        String renewalTopic() {
            return "dolbom/v1/" + id + "/credential/renew";
        }

        /// The device after it has set its secret.
        Device with(DeviceSecret secret) {
            return new Device(id, secret.text(), number, 0);
        }
    }

    /// Kinds of the credentials that a device has, oldest first.
    List<String> credentials(int device) {
        return texts("""
                select kind from device_credential where device_no = ? and dropped_at is null
                 order by credential_no""", device);
    }

    record Device(String id, String secret, int number, int resident) {
        String renewalTopic() {
            return "dolbom/v1/" + id + "/credential/renew";
        }

        String topic(String kind) {
            return "dolbom/v1/" + id + "/telemetry/" + kind;
        }

        /// The filter for all of its commands.
        String commands() {
            return "dolbom/v1/" + id + "/command/+";
        }
    }

    int number(String sql, Object... parameters) {
        return Integer.parseInt(text(sql, parameters));
    }

    /// The first column of the only row.
    String text(String sql, Object... parameters) {
        List<String> rows = texts(sql, parameters);
        if (rows.size() != 1) {
            throw new AssertionError("expected one row, found " + rows + " by " + sql);
        }
        return rows.get(0);
    }

    /// The first column of all rows; null as `null`.
    List<String> texts(String sql, Object... parameters) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> rows = new ArrayList<>();
            if (statement.execute()) {
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next()) {
                        rows.add(String.valueOf(result.getString(1)));
                    }
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    int telemetryRows(Device device) {
        return number("select count(*) from telemetry where device_no = ?", device.number());
    }

    /// `reason|code|pointer|bytes of payload`, oldest first.
    List<String> quarantine(Device device) {
        return texts("""
                select reason || '|' || reason_code || '|' || pointer || '|' || length(payload)
                  from quarantine where device_id = ? order by quarantine_no""", device.id());
    }

    /// Lets the database stop at a message until the lock is released, and refuse another as data that
    /// it cannot store.
    static final int STOPPING_SEQ = 424_242;

    static final int POISON_SEQ = 666_666;

    private void installMischief() {
        texts("""
                create function mischief() returns trigger language plpgsql as $$
                begin
                    if new.seq = 424242 then
                        perform pg_advisory_xact_lock(424242);
                    elsif new.seq = 666666 then
                        raise 'poison' using errcode = '22023';
                    end if;
                    return new;
                end $$""");
        texts("create trigger mischief before insert on telemetry for each row execute function mischief()");
    }

    /// The lock at which messages with [#STOPPING_SEQ] stop; closing the connection releases it.
    Connection stopper() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_lock(424242)")) {
            lock.execute();
        }
        return connection;
    }

    @Override
    public void close() {
        broker.close();
        database.close();
    }
}
