package kr.dolbom.broker.access;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;

/// By what a connection was let in. It stays with the connection, so that a later one of the same
/// client does not change it.
///
/// @param kind        what was proved
/// @param number      the credential's number, of a service the account's
/// @param certificate the fingerprint of the TLS client certificate; empty where none was presented
public record Admission(Kind kind, int number, String certificate) {
    private static final String ATTRIBUTE = "kr.dolbom.admission";

    /// What was proved.
    public enum Kind {
        /// A device's secret.
        SECRET,
        /// A device's one-time claim code: it may set its secret, and nothing else.
        CLAIM,
        /// A device's certificate, without any password.
        CERTIFICATE,
        /// A service account's secret.
        SERVICE
    }

    /// By what a connection was let in.
    ///
    /// @throws IllegalStateException where it was not let in by this extension
    public static Admission of(ConnectionInformation connection) {
        String text = connection
                .getConnectionAttributeStore()
                .getAsString(ATTRIBUTE)
                .orElseThrow(() -> new IllegalStateException("a connection that was never let in"));
        String[] parts = text.split(" ", -1);
        return new Admission(Kind.valueOf(parts[0]), Integer.parseInt(parts[1]), parts[2]);
    }

    void attachTo(ConnectionInformation connection) {
        connection.getConnectionAttributeStore().putAsString(ATTRIBUTE, kind + " " + number + " " + certificate);
    }
}
