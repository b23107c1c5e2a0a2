package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.broker.launcher.BrokerStartException;
import kr.dolbom.broker.launcher.TlsListener;
import kr.dolbom.contract.identity.DeviceSecret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Devices that come by TLS, with a certificate or with their secrets.
class TlsTest {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int OLD_NOT_AUTHORIZED = 5;

    private static TestPki pki;
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        pki = TestPki.create();
        broker = TestBroker.start(settings -> settings.withTls(pki.listener(true)));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /// A device that may come by any certificate with its name.
    private static Device registerWithCertificate() {
        Device device = broker.registerDevice();
        allow(device, null);
        return device;
    }

    /// Lets a device come by its certificate.
    ///
    /// @param fingerprint of the only one; null: any with its name
    private static void allow(Device device, byte @Nullable [] fingerprint) {
        broker.texts(
                "insert into device_credential (device_no, kind, hash) values (?, 'certificate', decode(nullif(?, ''), 'hex'))",
                device.number(),
                fingerprint == null ? "" : HexFormat.of().formatHex(fingerprint));
    }

    private static String issueFor(Device device) throws Exception {
        return pki.issue("vendor", "CN=" + device.id() + ",O=Vendor");
    }

    private static RawClient open(@Nullable String certificate, int version) throws Exception {
        return RawClient.open(pki.device(certificate).createSocket("127.0.0.1", broker.tlsPort()), version);
    }

    private static RawClient.Packet byCertificate(Device device, String certificate, int version) throws Exception {
        try (RawClient client = open(certificate, version)) {
            return client.connect(device.id(), null, null, null);
        }
    }

    private static RawClient.Packet connack(int code) {
        return new RawClient.Packet(RawClient.CONNACK, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aDeviceComesByItsSecret(String protocol) throws Exception {
        Device device = broker.registerDevice();
        SSLSocket socket = (SSLSocket) pki.device(null).createSocket("127.0.0.1", broker.tlsPort());
        socket.setEnabledProtocols(new String[] {protocol});
        try (RawClient client = RawClient.open(socket, 5)) {
            assertEquals(connack(0), client.connect(device.id(), device.id(), device.secret(), null));
            assertEquals(protocol, socket.getSession().getProtocol());
            assertEquals(
                    new RawClient.Packet(RawClient.PUBACK, 0),
                    client.publish(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY), 1, false));
            assertEquals(1, broker.telemetryRows(device));
        }
    }

    /// Said by hand, as the JDK does not speak them any more.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anOldTlsIsNotSpoken(int minor) throws Exception {
        byte[] hello = new byte[52];
        byte[] start = {22, 3, 1, 0, 47, 1, 0, 0, 43, 3, (byte) minor};
        System.arraycopy(start, 0, hello, 0, start.length);
        // 32 bytes of random and no session, then two cipher suites and no compression.
        byte[] end = {0, 4, (byte) 0xC0, 0x13, 0, 0x2F, 1, 0};
        System.arraycopy(end, 0, hello, hello.length - end.length, end.length);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.tlsPort())) {
            socket.getOutputStream().write(hello);

            byte[] alert = socket.getInputStream().readNBytes(7);

            assertEquals("21 2 70", alert[0] + " " + alert[5] + " " + alert[6], "a fatal alert: protocol version");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aWrongSecretIsNotAuthorized(int version) throws Exception {
        Device device = broker.registerDevice();
        try (RawClient client = open(null, version)) {
            assertEquals(
                    connack(version == 5 ? NOT_AUTHORIZED : OLD_NOT_AUTHORIZED),
                    client.connect(
                            device.id(), device.id(), DeviceSecret.generate().text(), null));
        }
    }

    @Test
    void aStockClientComesByItsSecretAndByItsCertificate() throws Exception {
        Device device = registerWithCertificate();
        SSLSocketFactory factory = pki.device(issueFor(device));
        try (TestClient client =
                TestClient.connect(broker.tlsUri(), device, options -> options.setSocketFactory(factory))) {
            assertEquals(0, client.publish(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY)));
        }
        try (TestClient client = TestClient.connect(broker.tlsUri(), device, options -> {
            options.setSocketFactory(factory);
            options.setUserName(null);
            options.setPassword(null);
        })) {
            assertEquals(0, client.publish(device.topic("activity"), Bodies.message(2, Bodies.ACTIVITY)));
            client.subscribe("dolbom/v1/" + device.id() + "/command/+");
        }
        assertEquals(2, broker.telemetryRows(device));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aDeviceComesByItsCertificate(int version) throws Exception {
        Device device = registerWithCertificate();

        assertEquals(connack(0), byCertificate(device, issueFor(device), version));
    }

    @Test
    void aUserNameBesideTheCertificateMustBeTheDevicesOwn() throws Exception {
        Device device = registerWithCertificate();
        String certificate = issueFor(device);
        try (RawClient client = open(certificate, 5)) {
            assertEquals(connack(0), client.connect(device.id(), device.id(), null, null));
        }
        try (RawClient client = open(certificate, 5)) {
            assertEquals(connack(NOT_AUTHORIZED), client.connect(device.id(), "another", null, null));
        }
    }

    @Test
    void aWrongPasswordIsNotMadeGoodByACertificate() throws Exception {
        Device device = registerWithCertificate();
        try (RawClient client = open(issueFor(device), 5)) {
            assertEquals(connack(NOT_AUTHORIZED), client.connect(device.id(), device.id(), "wrong", null));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aCertificateOfAnotherDeviceIsNotAuthorized(int version) throws Exception {
        Device device = registerWithCertificate();
        Device other = registerWithCertificate();
        int code = version == 5 ? NOT_AUTHORIZED : OLD_NOT_AUTHORIZED;

        assertEquals(connack(code), byCertificate(device, issueFor(other), version));
        try (RawClient client = open(issueFor(other), version)) {
            assertEquals(
                    connack(code),
                    client.connect(device.id(), device.id(), device.secret(), null),
                    "nor together with the right secret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=ID+CN=another",
                "CN=another,CN=ID",
                "O=ID",
                "CN=another\\,CN\\=ID",
                "CN= ID\\ ",
                "CN=UPPER",
                "OU=ID,CN=ID.example",
            })
    void aNameByTrickIsNotTheDevicesOwn(String pattern) throws Exception {
        Device device = registerWithCertificate();
        String subject =
                pattern.replace("ID", device.id()).replace("UPPER", device.id().toUpperCase(Locale.ROOT));

        assertEquals(connack(NOT_AUTHORIZED), byCertificate(device, pki.issue("vendor", subject), 5));
    }

    @Test
    void aDeviceThatMayNotComeByCertificateIsNotAuthorized() throws Exception {
        Device device = broker.registerDevice();

        assertEquals(connack(NOT_AUTHORIZED), byCertificate(device, issueFor(device), 5));
    }

    @Test
    void aRevokedOrUnknownDeviceIsNotAuthorizedByItsCertificate() throws Exception {
        Device device = registerWithCertificate();
        broker.texts("update device set revoked_at = now() where device_no = ?", device.number());
        Device unknown = new Device("nobody-knows-me", "", 0, 0);

        assertEquals(connack(NOT_AUTHORIZED), byCertificate(device, issueFor(device), 5));
        assertEquals(connack(NOT_AUTHORIZED), byCertificate(unknown, issueFor(unknown), 5));
    }

    @Test
    void aPinnedDeviceComesByThatCertificateAlone() throws Exception {
        Device device = broker.registerDevice();
        String first = issueFor(device);
        String second = issueFor(device);
        allow(device, pki.fingerprint(first));

        assertEquals(connack(0), byCertificate(device, first, 5));
        assertEquals(connack(NOT_AUTHORIZED), byCertificate(device, second, 5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRevokedCertificateIsNotAuthorizedAndWhoeverIsConnectedByItIsDisconnected(boolean told) throws Exception {
        Device device = registerWithCertificate();
        String certificate = issueFor(device);
        try (RawClient client = open(certificate, 5)) {
            assertEquals(connack(0), client.connect(device.id(), device.id(), device.secret(), null));

            broker.texts(
                    "insert into revoked_certificate (fingerprint, note) values (?, 'stolen')",
                    pki.fingerprint(certificate));
            if (told) {
                broker.texts("select pg_notify('dolbom_device', '')");
            }

            long begun = System.nanoTime();
            assertEquals(new RawClient.Packet(RawClient.DISCONNECT, NOT_AUTHORIZED), client.read());
            assertTrue(Duration.ofNanos(System.nanoTime() - begun).compareTo(Duration.ofSeconds(5)) < 0);
        }
        assertEquals(connack(NOT_AUTHORIZED), byCertificate(device, certificate, 5));
        assertEquals(connack(OLD_NOT_AUTHORIZED), byCertificate(device, certificate, 4));
        assertEquals(
                connack(0), byCertificate(device, issueFor(device), 5), "another certificate is as good as before");
    }

    @Test
    void aCertificateThatIsNotAllowedAnyMoreDisconnects() throws Exception {
        Device device = registerWithCertificate();
        try (RawClient client = open(issueFor(device), 5)) {
            assertEquals(connack(0), client.connect(device.id(), null, null, null));

            broker.texts(
                    "update device_credential set dropped_at = now() where device_no = ? and kind = 'certificate'",
                    device.number());

            assertEquals(new RawClient.Packet(RawClient.DISCONNECT, NOT_AUTHORIZED), client.read());
        }
    }

    /// TLS ends before MQTT begins, so that there is no MQTT code.
    @ParameterizedTest
    @ValueSource(strings = {"stranger", "itself"})
    void aCertificateOfAnUntrustedIssuerEndsTls(String issuer) throws Exception {
        Device device = registerWithCertificate();
        String certificate = pki.issue(issuer, "CN=" + device.id());

        assertThrows(SSLException.class, () -> byCertificate(device, certificate, 5));
        assertEquals(0, broker.number("select count(*) from presence_event where device_no = ?", device.number()));
    }

    @Test
    void anExpiredCertificateEndsTls() throws Exception {
        Device device = registerWithCertificate();
        String expired = pki.issue("vendor", "CN=" + device.id(), "-startdate", "-10d", "-validity", "5");
        String early = pki.issue("vendor", "CN=" + device.id(), "-startdate", "+5d", "-validity", "5");

        assertThrows(SSLException.class, () -> byCertificate(device, expired, 5));
        assertThrows(SSLException.class, () -> byCertificate(device, early, 5));
    }

    @Test
    void aCertificateThatADeviceUsesAsIssuerEndsTls() throws Exception {
        Device device = registerWithCertificate();
        Device other = registerWithCertificate();
        String certificate = pki.issue(issueFor(other), "CN=" + device.id());

        assertThrows(SSLException.class, () -> byCertificate(device, certificate, 5));
    }

    @Test
    void aDeviceThatCameByItsCertificateSetsNoSecret() throws Exception {
        Device device = registerWithCertificate();
        try (RawClient client = open(issueFor(device), 5)) {
            client.connect(device.id(), null, null, null);

            assertEquals(
                    new RawClient.Packet(RawClient.PUBACK, NOT_AUTHORIZED),
                    client.publish(device.renewalTopic(), EnrolmentTest.renewal(DeviceSecret.generate()), 1, false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5 5 tls", "4 5 tls", "5 4 tls", "4 4 tls", "5 5 tcp", "4 5 tcp", "5 4 tcp", "4 4 tcp"})
    void aDeviceHasOneConnectionAndItIsTheLast(String which) throws Exception {
        String[] words = which.split(" ", -1);
        int first = Integer.parseInt(words[0]);
        int second = Integer.parseInt(words[1]);
        Device device = registerWithCertificate();
        String certificate = issueFor(device);
        try (RawClient old = words[2].equals("tls") ? open(certificate, first) : RawClient.open(broker.port(), first);
                RawClient young = open(certificate, second)) {
            assertEquals(connack(0), old.connect(device.id(), device.id(), device.secret(), null));
            assertEquals(connack(0), young.connect(device.id(), null, null, null));

            assertEquals(
                    first == 5
                            ? new RawClient.Packet(RawClient.DISCONNECT, 0x8E)
                            : new RawClient.Packet(RawClient.CLOSED, 0),
                    old.read());
            assertEquals(
                    new RawClient.Packet(RawClient.PUBACK, 0),
                    young.publish(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY), 1, false));
        }
        await().until(() -> broker.texts("select reason from presence_event where device_no = ?", device.number())
                .contains("taken-over"));
    }

    @Test
    void withoutATrustStoreNoCertificateIsAskedFor() throws Exception {
        try (TestBroker own = TestBroker.start(settings -> settings.withTls(pki.listener(false)))) {
            Device device = own.registerDevice();
            own.texts("insert into device_credential (device_no, kind) values (?, 'certificate')", device.number());
            String certificate = issueFor(device);
            try (RawClient client =
                    RawClient.open(pki.device(certificate).createSocket("127.0.0.1", own.tlsPort()), 5)) {
                assertEquals(connack(NOT_AUTHORIZED), client.connect(device.id(), null, null, null));
            }
            try (RawClient client = RawClient.open(pki.device(null).createSocket("127.0.0.1", own.tlsPort()), 5)) {
                assertEquals(connack(0), client.connect(device.id(), device.id(), device.secret(), null));
            }
        }
    }

    @Test
    void aStoreThatCannotBeOpenedIsNamedWithTheWayOut() {
        TlsListener good = pki.listener(true);
        TlsListener wrong =
                new TlsListener("127.0.0.1", 0, good.keyStore(), "wrong", good.trustStore(), good.trustStorePassword());

        String message = assertThrows(
                        BrokerStartException.class,
                        () -> TestBroker.start(settings -> settings.withTls(wrong))
                                .close())
                .getMessage();

        assertNotNull(message);
        assertTrue(message.contains(good.keyStore().toAbsolutePath().toString()), message);
        assertTrue(message.contains("DOLBOM_MQTT_TLS_KEYSTORE_PASSWORD"), message);
        assertFalse(message.contains("wrong"), message);
    }

    @Test
    void noPasswordStandsInHivemqsConfiguration() throws IOException {
        String configuration =
                Files.readString(broker.settings.folder().resolve("conf").resolve("config.xml"));

        assertTrue(configuration.contains("<tls-tcp-listener>"), configuration);
        assertEquals(2, configuration.split("<protocol>TLSv1.[23]</protocol>", -1).length - 1);
        assertEquals(2, configuration.split("<protocol>", -1).length - 1);
        assertFalse(configuration.contains("pass&lt;"), configuration);
        assertFalse(configuration.contains("pass<"), configuration);
    }
}
