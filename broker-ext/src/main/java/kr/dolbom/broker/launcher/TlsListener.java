package kr.dolbom.broker.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The listener with TLS 1.2 and 1.3. A client certificate is asked for where there is a trust store,
/// and never demanded: a device may come by its secret instead.
///
/// @param bind               address to listen on
/// @param port               port to listen on; 0: any that is free
/// @param keyStore           the broker's own certificate with its private key, PKCS#12 or JKS
/// @param keyStorePassword   opens it and the key in it
/// @param trustStore         the certificates of those who issue devices' certificates; null: devices
///     have none
/// @param trustStorePassword opens it; null where there is none
public record TlsListener(
        String bind,
        int port,
        Path keyStore,
        String keyStorePassword,
        @Nullable Path trustStore,
        @Nullable String trustStorePassword) {
    private static final String KEY_STORE_PASSWORD = "DOLBOM_MQTT_TLS_KEYSTORE_PASSWORD";
    private static final String TRUST_STORE_PASSWORD = "DOLBOM_MQTT_TLS_TRUSTSTORE_PASSWORD";

    /// Opens the stores, since HiveMQ does so only when the first device comes.
    ///
    /// @throws BrokerStartException where one cannot be opened or lacks what it must have
    void check() {
        KeyStore keys = open(keyStore, keyStorePassword, "DOLBOM_MQTT_TLS_KEYSTORE", KEY_STORE_PASSWORD);
        if (!hasEntry(keys, KeyStore.PrivateKeyEntry.class)) {
            throw new BrokerStartException(
                    "The key store " + keyStore + " (DOLBOM_MQTT_TLS_KEYSTORE) has no private key."
                            + " Put the broker's certificate and key into it.",
                    null);
        }
        if (trustStore != null) {
            KeyStore trusted = open(
                    trustStore,
                    trustStorePassword == null ? "" : trustStorePassword,
                    "DOLBOM_MQTT_TLS_TRUSTSTORE",
                    TRUST_STORE_PASSWORD);
            if (!hasEntry(trusted, KeyStore.TrustedCertificateEntry.class)) {
                throw new BrokerStartException(
                        "The trust store " + trustStore + " (DOLBOM_MQTT_TLS_TRUSTSTORE) has no certificate."
                                + " Import those of the issuers with keytool -importcert.",
                        null);
            }
        }
    }

    private static KeyStore open(Path file, String password, String setting, String passwordSetting) {
        try (InputStream in = Files.newInputStream(file)) {
            // Reads both JKS and PKCS#12, as HiveMQ does.
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(in, password.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new BrokerStartException(
                    "The store " + file.toAbsolutePath() + " cannot be opened: " + e.getMessage() + ". Set " + setting
                            + " to a PKCS#12 file and " + passwordSetting + " to its password.",
                    e);
        }
    }

    private static boolean hasEntry(KeyStore store, Class<? extends KeyStore.Entry> type) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.entryInstanceOf(alias, type)) {
                    return true;
                }
            }
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a store that was loaded", e);
        }
    }

    /// The passwords by the names under which HiveMQ's configuration asks for them, so that they stand
    /// in no file.
    Map<String, String> passwords() {
        Map<String, String> passwords = new LinkedHashMap<>();
        passwords.put(KEY_STORE_PASSWORD, BrokerConfiguration.escaped(keyStorePassword));
        if (trustStorePassword != null) {
            passwords.put(TRUST_STORE_PASSWORD, BrokerConfiguration.escaped(trustStorePassword));
        }
        return passwords;
    }

    /// This listener in HiveMQ's configuration.
    String xml() {
        return """
                    <tls-tcp-listener>
                      <port>%d</port>
                      <bind-address>%s</bind-address>
                      <tls>
                        <protocols>
                          <protocol>TLSv1.3</protocol>
                          <protocol>TLSv1.2</protocol>
                        </protocols>
                        <keystore>
                          <path>%s</path>
                          <password>${%s}</password>
                          <private-key-password>${%s}</private-key-password>
                        </keystore>
                %s    </tls>
                    </tls-tcp-listener>
                """.formatted(
                        port,
                        BrokerConfiguration.escaped(bind),
                        path(keyStore),
                        KEY_STORE_PASSWORD,
                        KEY_STORE_PASSWORD,
                        trustStore == null
                                ? "        <client-authentication-mode>NONE</client-authentication-mode>\n"
                                : """
                                        <client-authentication-mode>OPTIONAL</client-authentication-mode>
                                        <truststore>
                                          <path>%s</path>
                                          <password>${%s}</password>
                                        </truststore>
                                """.formatted(path(trustStore), TRUST_STORE_PASSWORD));
    }

    private static String path(Path file) {
        return BrokerConfiguration.escaped(file.toAbsolutePath().toString());
    }

    /// Leaves the passwords out.
    @Override
    public String toString() {
        return "TlsListener[%s:%d, keyStore=%s, trustStore=%s]".formatted(bind, port, keyStore, trustStore);
    }
}
