package kr.dolbom.sim.device;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kr.dolbom.broker.launcher.EmbeddedBroker;
import kr.dolbom.broker.launcher.TlsListener;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.identity.SecretHash;
import kr.dolbom.contract.telemetry.Inactivity;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.db.fixture.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device that enrols, renews its secret and speaks TLS, against the broker with the packaged
/// extension.
class CredentialsTest {
    private static final String PASSWORD = "not so secret";
    private static final DeviceThreads THREADS = new DeviceThreads();
    private static final AtomicInteger DEVICES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static EmbeddedBroker broker;

    private final List<SimulatedDevice> opened = new ArrayList<>();
    private final AtomicInteger secretsSet = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        keytool(
                "-genkeypair",
                "-keystore",
                "broker.p12",
                "-alias",
                "broker",
                "-dname",
                "CN=broker",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(
                "-genkeypair",
                "-keystore",
                "vendor.p12",
                "-alias",
                "vendor",
                "-dname",
                "CN=vendor",
                "-ext",
                "bc:c=ca:true");
        keytool("-exportcert", "-keystore", "vendor.p12", "-alias", "vendor", "-file", folder + "/vendor.cer");
        keytool(
                "-importcert",
                "-noprompt",
                "-keystore",
                "issuers.p12",
                "-alias",
                "vendor",
                "-file",
                folder + "/vendor.cer");
        keytool("-exportcert", "-keystore", "broker.p12", "-alias", "broker", "-file", folder + "/broker.cer");
        keytool(
                "-importcert",
                "-noprompt",
                "-keystore",
                "trust.p12",
                "-alias",
                "broker",
                "-file",
                folder + "/broker.cer");
        database = TestDatabase.create();
        broker = EmbeddedBroker.start(EmbeddedBroker.Settings.of(
                        folder.resolve("broker"), database.url(), database.user(), database.password())
                .withTls(new TlsListener(
                        "127.0.0.1",
                        0,
                        folder.resolve("broker.p12"),
                        PASSWORD,
                        folder.resolve("issuers.p12"),
                        PASSWORD)));
        await().atMost(Duration.ofSeconds(30)).until(broker::isReady);
    }

    @AfterAll
    static void stop() {
        broker.close();
        database.close();
        THREADS.shutdownNow();
    }

    @AfterEach
    void closeDevices() {
        opened.forEach(SimulatedDevice::close);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0, output);
    }

    private static DeviceId register() throws SQLException {
        String id = "sim-" + DEVICES.incrementAndGet();
        text("insert into device (device_id, vendor, model) values (?, 'test', 'test') returning device_no", id);
        return new DeviceId(id);
    }

    private static void give(DeviceId device, String kind, SecretHash hash) throws SQLException {
        text("""
                insert into device_credential (device_no, kind, salt, hash, expires_at)
                select device_no, ?, ?, ?, now() + interval '1 day' from device where device_id = ?
                returning credential_no""", kind, hash.salt(), hash.hash(), device.value());
    }

    private static ClaimCode claim(DeviceId device) throws SQLException {
        ClaimCode code = ClaimCode.generate();
        give(device, "claim", code.hash());
        return code;
    }

    private static String credentials(DeviceId device) throws SQLException {
        return text("""
                select coalesce(string_agg(kind, ' ' order by credential_no), 'none')
                  from device_credential join device using (device_no)
                 where device_id = ? and dropped_at is null""", device.value());
    }

    private static String text(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                assertTrue(rows.next(), sql);
                return String.valueOf(rows.getString(1));
            }
        }
    }

    private SimulatedDevice device(DeviceId id, Secrets.Store secrets, URI uri, @Nullable DeviceTls tls) {
        DeviceListener listener = new DeviceListener() {
            @Override
            public void secretSet(boolean enrolled) {
                secretsSet.incrementAndGet();
            }
        };
        SimulatedDevice device = new SimulatedDevice(
                new DeviceConfig(id, secrets, uri, tls).withReconnect(Duration.ofMillis(100), Duration.ofMillis(500)),
                listener,
                Clock.system(ZoneId.of("Asia/Seoul")),
                THREADS);
        opened.add(device);
        return device;
    }

    private SimulatedDevice device(DeviceId id, Secrets.Store secrets) {
        return device(id, secrets, URI.create(broker.uri()), null);
    }

    private static void assertStored(SimulatedDevice device) throws Exception {
        assertTrue(
                device.send(new Inactivity(60, null)).get(10, TimeUnit.SECONDS).accepted());
    }

    @Test
    void aDeviceInItsBoxEnrolsAndKeepsItsSecret() throws Exception {
        DeviceId id = register();
        Path kept = folder.resolve("kept");
        SecretFile store = new SecretFile(kept, id, Secrets.of(claim(id)));
        SimulatedDevice device = device(id, store);

        device.start().get(10, TimeUnit.SECONDS);

        assertStored(device);
        assertEquals(1, secretsSet.get());
        assertEquals("secret", credentials(id));
        Secrets after = store.read();
        assertNull(after.next());
        assertNull(after.claim());
        assertEquals(after, new SecretFile(kept, id, Secrets.NONE).read(), "it is in the file");
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(kept.resolve(id + ".json")));
        assertEquals(List.of(id + ".json"), fileNames(kept));
        device.close();
        device(id, new SecretFile(kept, id, Secrets.NONE)).start().get(10, TimeUnit.SECONDS);
    }

    private static List<String> fileNames(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aPowerCutBeforeTheSecretWasSentLocksNobodyOut() throws Exception {
        DeviceId id = register();
        DeviceSecret made = DeviceSecret.generate();
        Secrets.Store store = Secrets.Store.inMemory(new Secrets(made, null, claim(id)));

        device(id, store).start().get(10, TimeUnit.SECONDS);

        assertEquals(Secrets.of(made), store.read());
        assertEquals("secret", credentials(id));
    }

    @Test
    void aPowerCutAfterTheSecretWasStoredLocksNobodyOut() throws Exception {
        DeviceId id = register();
        DeviceSecret made = DeviceSecret.generate();
        ClaimCode code = claim(id);
        SimulatedDevice first = device(id, Secrets.Store.inMemory(new Secrets(made, null, code)));
        first.start().get(10, TimeUnit.SECONDS);
        first.powerOff();
        // The acknowledgement never reached the flash memory.
        Secrets.Store store = Secrets.Store.inMemory(new Secrets(made, null, code));

        device(id, store).start().get(10, TimeUnit.SECONDS);

        assertEquals(Secrets.of(made), store.read());
        assertEquals("secret", credentials(id));
    }

    @Test
    void aDeviceThatWasOffWhileItRenewedItsSecretFindsItsWay() throws Exception {
        for (boolean stored : new boolean[] {true, false}) {
            DeviceId id = register();
            DeviceSecret old = DeviceSecret.generate();
            DeviceSecret made = DeviceSecret.generate();
            give(id, "secret", old.hash());
            if (stored) {
                give(id, "secret", made.hash());
            }
            Secrets.Store store = Secrets.Store.inMemory(new Secrets(made, old, null));

            device(id, store).start().get(10, TimeUnit.SECONDS);

            await().until(() -> store.read().equals(Secrets.of(made)));
            await().until(() -> credentials(id).equals("secret"));
        }
    }

    @Test
    void aDeviceRenewsItsSecretOnCommandAndLosesNoMessage() throws Exception {
        DeviceId id = register();
        DeviceSecret old = DeviceSecret.generate();
        give(id, "secret", old.hash());
        Secrets.Store store = Secrets.Store.inMemory(Secrets.of(old));
        SimulatedDevice device = device(id, store);
        device.start().get(10, TimeUnit.SECONDS);
        text("""
                insert into device_command (device_no, kind, data, expires_at)
                select device_no, 'renew-secret', '{}', now() + interval '1 minute' from device where device_id = ?
                returning command_id""", id.value());
        text("select pg_notify('dolbom_command', '')");
        List<CompletableFuture<Acknowledgement>> sent = new ArrayList<>();
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    sent.add(device.send(new Inactivity(60, null)));
                    return secretsSet.get() == 1
                            && device.isConnected()
                            && store.read().next() == null;
                });

        assertNotEquals(Secrets.of(old), store.read());
        await().until(() -> credentials(id).equals("secret"));
        for (CompletableFuture<Acknowledgement> one : sent) {
            assertTrue(one.get(10, TimeUnit.SECONDS).accepted());
        }
        assertEquals(Integer.toString(sent.size()), text("""
                        select count(*) from telemetry join device using (device_no)
                         where device_id = ? and kind = 3""", id.value()));
    }

    @Test
    void aUsedClaimCodeIsToldAsRefused() throws Exception {
        DeviceId id = register();
        ClaimCode code = claim(id);
        device(id, Secrets.Store.inMemory(Secrets.of(code))).start().get(10, TimeUnit.SECONDS);
        SimulatedDevice twin = device(id, Secrets.Store.inMemory(Secrets.of(code)));

        Throwable why = assertThrows(
                        ExecutionException.class, () -> twin.start().get(10, TimeUnit.SECONDS))
                .getCause();

        assertEquals(
                0x87, assertInstanceOf(ConnectionRefusedException.class, why).reasonCode());
    }

    @Test
    void aDeviceSpeaksTlsAndComesByItsSecretOrItsCertificate() throws Exception {
        URI uri = DeviceConfig.ssl("127.0.0.1", broker.tlsPort());
        DeviceTls.Store trust = new DeviceTls.Store(folder.resolve("trust.p12"), PASSWORD);
        DeviceId byClaim = register();
        SimulatedDevice first =
                device(byClaim, Secrets.Store.inMemory(Secrets.of(claim(byClaim))), uri, DeviceTls.of(trust, null));
        first.start().get(10, TimeUnit.SECONDS);
        assertStored(first);

        DeviceId byCertificate = register();
        text("""
                insert into device_credential (device_no, kind)
                select device_no, 'certificate' from device where device_id = ? returning credential_no""", byCertificate.value());
        keytool(
                "-genkeypair",
                "-keystore",
                "vendor.p12",
                "-alias",
                "doll",
                "-signer",
                "vendor",
                "-dname",
                "CN=" + byCertificate);
        keytool(
                "-importkeystore",
                "-srckeystore",
                "vendor.p12",
                "-srcstorepass",
                PASSWORD,
                "-srcalias",
                "doll",
                "-destkeystore",
                "doll.p12",
                "-deststorepass",
                PASSWORD,
                "-noprompt");
        SimulatedDevice second = device(
                byCertificate,
                Secrets.Store.inMemory(Secrets.NONE),
                uri,
                DeviceTls.of(trust, new DeviceTls.Store(folder.resolve("doll.p12"), PASSWORD)));
        second.start().get(10, TimeUnit.SECONDS);
        assertStored(second);
    }
}
