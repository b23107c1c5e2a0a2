package kr.dolbom.broker.access;

import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import kr.dolbom.broker.registry.Fingerprints;
import org.jspecify.annotations.Nullable;

/// What a connection brings to prove who it is.
///
/// @param clientId    the MQTT client id
/// @param userName    the MQTT user name; null: none
/// @param password    the MQTT password; null: none
/// @param certificate the TLS client certificate, which TLS found to be of a trusted issuer and not
///     expired; null: none
record Proof(
        String clientId,
        @Nullable String userName,
        @Nullable String password,
        @Nullable Certificate certificate) {
    /// A TLS client certificate.
    ///
    /// @param commonName  its only common name; null where it has none or several
    /// @param fingerprint as [Fingerprints] writes it
    record Certificate(@Nullable String commonName, String fingerprint) {}

    /// Reads what a connection brings.
    ///
    /// @throws CertificateEncodingException where the certificate has no DER form
    static Proof of(SimpleAuthInput input) throws CertificateEncodingException {
        ConnectPacket connect = input.getConnectPacket();
        X509Certificate certificate = input.getConnectionInformation()
                .getClientTlsInformation()
                .flatMap(ClientTlsInformation::getClientCertificate)
                .orElse(null);
        return new Proof(
                input.getClientInformation().getClientId(),
                connect.getUserName().orElse(null),
                connect.getPassword().map(Proof::text).orElse(null),
                certificate == null
                        ? null
                        : new Certificate(
                                commonName(certificate.getSubjectX500Principal().getName()),
                                Fingerprints.of(certificate)));
    }

    /// The only common name in a distinguished name by RFC 2253.
    static @Nullable String commonName(String distinguishedName) {
        List<Object> names = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(distinguishedName).getRdns()) {
                // A part may itself have several attributes: CN=a+CN=b.
                Optional.ofNullable(part.toAttributes().get("CN")).ifPresent(attribute -> {
                    for (int i = 0; i < attribute.size(); i++) {
                        try {
                            names.add(attribute.get(i));
                        } catch (javax.naming.NamingException e) {
                            names.add(e);
                        }
                    }
                });
            }
        } catch (InvalidNameException e) {
            return null;
        }
        return names.size() == 1 && names.get(0) instanceof String name ? name : null;
    }

    private static String text(ByteBuffer password) {
        return StandardCharsets.UTF_8.decode(password.duplicate()).toString();
    }

    /// Leaves the password out.
    @Override
    public String toString() {
        return "Proof[" + clientId + "]";
    }
}
