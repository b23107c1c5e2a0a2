package kr.dolbom.broker.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// Names certificates by SHA-256 over their DER form.
public final class Fingerprints {
    private Fingerprints() {}

    /// The fingerprint of a certificate, in 64 lower-case hexadecimal digits.
    ///
    /// @throws CertificateEncodingException where the certificate has no DER form
    public static String of(X509Certificate certificate) throws CertificateEncodingException {
        try {
            return text(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String text(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
