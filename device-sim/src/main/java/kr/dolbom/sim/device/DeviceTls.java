package kr.dolbom.sim.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// How a device speaks TLS. Made once for all devices that do so alike, but for a certificate, which is
/// a device's own.
public final class DeviceTls {
    private final SSLSocketFactory sockets;

    private DeviceTls(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    /// A PKCS#12 file.
    ///
    /// @param file the file
    /// @param password opens it
    public record Store(Path file, String password) {
        private KeyStore open() {
            try (InputStream in = Files.newInputStream(file)) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(in, password.toCharArray());
                return store;
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "%s cannot be opened as PKCS#12: %s".formatted(file, e.getMessage()), e);
            }
        }

        /// Leaves the password out.
        @Override
        public String toString() {
            return "Store[" + file + "]";
        }
    }

    /// Reads the stores.
    ///
    /// @param trusted the certificates that the broker's must come from; null: those that the JDK trusts
    /// @param certificate the device's own certificate with its key; null: none
    /// @throws IllegalArgumentException where a store cannot be opened; the message names it
    public static DeviceTls of(@Nullable Store trusted, @Nullable Store certificate) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted == null ? null : trusted.open());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(
                    certificate == null ? null : certificate.open(),
                    certificate == null ? null : certificate.password().toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new DeviceTls(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the device cannot speak TLS: " + e.getMessage(), e);
        }
    }

    SSLSocketFactory sockets() {
        return sockets;
    }
}
