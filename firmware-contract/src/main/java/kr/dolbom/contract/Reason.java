package kr.dolbom.contract;

/// Why a connection or a message was refused. The [id][#id()] is stable; it opens the MQTT reason string, stands in
/// quarantine and in the documentation. The [code][#code()] is the MQTT 5 reason code that goes with it.
public enum Reason {
    /// The client id and the secret do not belong together, or the device is unknown or revoked.
    NOT_AUTHORIZED("not-authorized", 0x87),
    /// The topic belongs to another device.
    FOREIGN_TOPIC("foreign-topic", 0x87),
    /// The topic is not one of the contract's, or names an unknown kind or major version.
    UNKNOWN_TOPIC("unknown-topic", 0x90),
    /// Telemetry must be published with QoS 1.
    WRONG_QOS("wrong-qos", 0x87),
    /// Telemetry must not be retained.
    RETAINED("retained", 0x87),
    /// A device subscribes with no other wildcard than that of its own commands.
    WILDCARD_SUBSCRIPTION("wildcard-subscription", 0xA2),
    /// There are no shared subscriptions.
    SHARED_SUBSCRIPTION("shared-subscription", 0x9E),
    /// The client id has not the form of a device id.
    INVALID_CLIENT_ID("invalid-client-id", 0x85),
    /// The body has more than [Contract#MAX_PAYLOAD_BYTES] bytes.
    TOO_LARGE("too-large", 0x97),
    /// The body is not one well-formed JSON object in UTF-8.
    MALFORMED_JSON("malformed-json", 0x99),
    /// The JSON is well formed, but a member is missing, of a wrong type or out of its range.
    SCHEMA_VIOLATION("schema-violation", 0x99),
    /// The broker cannot take the message now; the connection closes and the device sends again after reconnecting.
    SERVER_BUSY("server-busy", 0x89);

    private final String id;
    private final int code;

    Reason(String id, int code) {
        this.id = id;
        this.code = code;
    }

    /// The stable id, in lower case with hyphens.
    public String id() {
        return id;
    }

    /// The MQTT 5 reason code, 0x80 to 0xFF.
    public int code() {
        return code;
    }
}
