package kr.dolbom.contract;

import org.jspecify.annotations.Nullable;

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
    /// The content type is not [Contract#CONTENT_TYPE].
    UNSUPPORTED_CONTENT_TYPE("unsupported-content-type", 0x99),
    /// The message carries sound, or what looks like it.
    RAW_AUDIO("raw-audio", 0x99),
    /// The device sends more than it may; the connection closes and the device sends again after a while.
    RATE_EXCEEDED("rate-exceeded", 0x97),
    /// Too many devices connect at once; the device tries again after a while.
    CONNECTION_RATE_EXCEEDED("connection-rate-exceeded", 0x9F),
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

    /// The id of the requirement that such a fault breaks; null where it may be one of many, which the fault then
    /// names, or where the platform is the cause.
    public @Nullable String requirement() {
        return switch (this) {
            case NOT_AUTHORIZED -> "DC-AUT-001";
            case FOREIGN_TOPIC -> "DC-CON-003";
            case UNKNOWN_TOPIC -> "DC-CON-004";
            case WRONG_QOS -> "DC-CON-005";
            case RETAINED -> "DC-CON-006";
            case WILDCARD_SUBSCRIPTION -> "DC-CON-012";
            case SHARED_SUBSCRIPTION -> "DC-CON-013";
            case INVALID_CLIENT_ID -> "DC-CON-002";
            case TOO_LARGE -> "DC-ENV-011";
            case MALFORMED_JSON -> "DC-ENV-010";
            case UNSUPPORTED_CONTENT_TYPE -> "DC-ENV-017";
            case RAW_AUDIO -> "DC-SEC-001";
            case RATE_EXCEEDED -> "DC-CON-016";
            case CONNECTION_RATE_EXCEEDED -> "DC-CON-017";
            case SCHEMA_VIOLATION, SERVER_BUSY -> null;
        };
    }
}
