package kr.dolbom.contract.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kr.dolbom.contract.Reason;

/// What a refusal means to whoever meets it.
///
/// @param when what led to it, and with which MQTT packet it comes
/// @param whatToDo the way out
record Advice(String when, String whatToDo) {
    static Advice about(Reason reason) {
        return switch (reason) {
            case NOT_AUTHORIZED ->
                new Advice(
                        "CONNACK or DISCONNECT: device id and secret (or certificate) do not belong together, or the"
                                + " device is unknown or revoked",
                        "check client id = user name = device id, and the secret; enrol the device again");
            case FOREIGN_TOPIC ->
                new Advice(
                        "PUBACK or SUBACK: the topic belongs to another device, or to nobody (`$…`)",
                        "use topics with the device's own id alone");
            case UNKNOWN_TOPIC ->
                new Advice("PUBACK: no topic of the contract, unknown kind or major version", "see the contract");
            case WRONG_QOS -> new Advice("telemetry with QoS 0 or 2", "use QoS 1");
            case RETAINED -> new Advice("PUBACK: telemetry with the retain flag", "clear the flag");
            case WILDCARD_SUBSCRIPTION ->
                new Advice(
                        "SUBACK: a filter with another wildcard than the device's own commands have",
                        "subscribe to `dolbom/v1/{own id}/command/+`");
            case SHARED_SUBSCRIPTION -> new Advice("SUBACK: a shared subscription", "subscribe without `$share`");
            case INVALID_CLIENT_ID ->
                new Advice("CONNACK: the client id has not the form of a device id", "use the device id");
            case TOO_LARGE -> new Advice("PUBACK: the body has more than 16 KiB", "split or shorten it");
            case MALFORMED_JSON ->
                new Advice(
                        "PUBACK: not one JSON object in UTF-8",
                        "mend the encoder; line and column are in the reason string");
            case SCHEMA_VIOLATION ->
                new Advice(
                        "PUBACK: a member is missing, there twice, of a wrong type or out of range",
                        "the requirement's id and the JSON pointer in the reason string name it");
            case UNSUPPORTED_CONTENT_TYPE ->
                new Advice(
                        "PUBACK: the MQTT 5 content type is not JSON", "set it to `application/json`, or leave it out");
            case RAW_AUDIO ->
                new Advice(
                        "PUBACK: the message carries sound, or what looks like it",
                        "send what was recognised, never what was heard");
            case RATE_EXCEEDED ->
                new Advice(
                        "DISCONNECT: the device sends more than it may",
                        "reconnect after the time in the reason string, send again what was not acknowledged");
            case CONNECTION_RATE_EXCEEDED ->
                new Advice(
                        "CONNACK: too many devices connect at once",
                        "try again after the time in the reason string; with an emergency at once, with the user"
                                + " property `urgent` = `emergency`");
            case SERVER_BUSY ->
                new Advice(
                        "DISCONNECT: the platform cannot take messages now",
                        "reconnect with back-off, send again what was not acknowledged");
        };
    }

    /// The table of all refusals, as it stands in the contract and in `docs/reference/errors.md`.
    static Block.Table table() {
        List<List<String>> rows = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            Advice advice = about(reason);
            rows.add(List.of(
                    "`" + reason.id() + "`",
                    String.format(Locale.ROOT, "0x%02X", reason.code()),
                    advice.when,
                    advice.whatToDo));
        }
        return new Block.Table(List.of("Id", "Code", "When", "What to do"), rows);
    }
}
