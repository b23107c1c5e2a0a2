package kr.dolbom.broker;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import kr.dolbom.broker.launcher.TlsListener;
import org.jspecify.annotations.Nullable;

/// Certificates as the JDK's keytool makes them: the broker's own, two issuers of devices' certificates
/// of which the broker trusts the first, and devices' certificates.
final class TestPki {
    static final String PASSWORD = "pass<word>&\"$1";

    private final Path folder;
    private final Path store;

    private TestPki(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("everything.p12");
    }

    static TestPki create() throws Exception {
        TestPki pki = new TestPki(Files.createTempDirectory(Path.of("target"), "pki"));
        pki.keytool("-genkeypair", "-alias", "vendor", "-dname", "CN=Vendor issuer", "-ext", "bc:c=ca:true");
        pki.keytool("-genkeypair", "-alias", "stranger", "-dname", "CN=Vendor issuer", "-ext", "bc:c=ca:true");
        pki.keytool("-genkeypair", "-alias", "broker", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1");
        pki.copy("broker", true, pki.folder.resolve("broker.p12"));
        pki.copy("vendor", false, pki.folder.resolve("trusted.p12"));
        return pki;
    }

    /// The broker's listener.
    ///
    /// @param trusting whether it trusts the vendor's certificates
    TlsListener listener(boolean trusting) {
        return new TlsListener(
                "127.0.0.1",
                0,
                folder.resolve("broker.p12"),
                PASSWORD,
                trusting ? folder.resolve("trusted.p12") : null,
                trusting ? PASSWORD : null);
    }

    /// Makes a certificate.
    ///
    /// @param issuer `vendor`, `stranger`, or the new name itself for one that is signed by itself
    /// @return its name here
    String issue(String issuer, String subject, String... more) throws Exception {
        String alias = "c" + System.nanoTime();
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", subject));
        if (!issuer.equals("itself")) {
            arguments.addAll(List.of("-signer", issuer));
        }
        arguments.addAll(Arrays.asList(more));
        keytool(arguments.toArray(String[]::new));
        return alias;
    }

    byte[] fingerprint(String alias) throws Exception {
        return MessageDigest.getInstance("SHA-256")
                .digest(open(store).getCertificate(alias).getEncoded());
    }

    /// What a device connects by, trusting the broker's certificate alone.
    ///
    /// @param alias its own certificate; null: none
    SSLSocketFactory device(@Nullable String alias) throws Exception {
        KeyStore all = open(store);
        KeyStore trusted = empty();
        trusted.setCertificateEntry("broker", all.getCertificate("broker"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyStore own = empty();
        if (alias != null) {
            own.setKeyEntry(
                    "own",
                    all.getKey(alias, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    all.getCertificateChain(alias));
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        X509KeyManager manager = (X509KeyManager) keys.getKeyManagers()[0];
        context.init(alias == null ? null : new KeyManager[] {new Insistent(manager)}, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    /// Sends its certificate, whatever issuers the broker says that it trusts.
    private static final class Insistent extends X509ExtendedKeyManager {
        private final X509KeyManager keys;

        Insistent(X509KeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    private void copy(String alias, boolean withKey, Path target) throws Exception {
        KeyStore all = open(store);
        KeyStore copy = empty();
        if (withKey) {
            copy.setKeyEntry(
                    alias,
                    all.getKey(alias, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    all.getCertificateChain(alias));
        } else {
            copy.setCertificateEntry(alias, all.getCertificate(alias));
        }
        try (var out = Files.newOutputStream(target)) {
            copy.store(out, PASSWORD.toCharArray());
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD.toCharArray());
        return store;
    }

    private static KeyStore open(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-storepass:env",
                "STORE_PASSWORD",
                "-keystore",
                store.toString()));
        command.addAll(1, Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STORE_PASSWORD", PASSWORD);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(command + ": " + output);
        }
    }
}
