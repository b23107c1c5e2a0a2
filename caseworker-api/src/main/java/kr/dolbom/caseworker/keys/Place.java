package kr.dolbom.caseworker.keys;

import java.util.List;
import kr.dolbom.caseworker.secrecy.SecretColumn;

/// A column whose values are encrypted.
///
/// @param table where it stands
/// @param key the table's key, one column
/// @param keyType the key's type
/// @param column its name
/// @param secret what it is
/// @param condition which rows may be changed: SQL, `true` for all
record Place(String table, String key, String keyType, String column, SecretColumn secret, String condition) {
    private static final String NOT_ON_ITS_WAY = "state not in ('pending', 'sent')";

    /// All there are.
    static final List<Place> ALL = List.of(
            numbered("resident", "name", SecretColumn.RESIDENT_NAME),
            numbered("resident", "spoken_name", SecretColumn.RESIDENT_NAME),
            numbered("resident", "address", SecretColumn.RESIDENT_ADDRESS),
            numbered("resident", "phone", SecretColumn.PHONE),
            numbered("caseworker", "name", SecretColumn.CASEWORKER_NAME),
            numbered("caseworker", "phone", SecretColumn.PHONE),
            numbered("guardian", "name", SecretColumn.GUARDIAN_NAME),
            numbered("guardian", "phone", SecretColumn.PHONE),
            numbered("account", "totp_secret", SecretColumn.SIGN_IN_SECRET),
            named("escalation_attempt", "attempt_id", "destination", SecretColumn.PHONE),
            named("phone_trouble", "trouble_id", "phone", SecretColumn.PHONE),
            named("test_ring", "ring_id", "phone", SecretColumn.PHONE),
            named("check_in_call", "call_id", "phone", SecretColumn.PHONE),
            named("people_import", "import_id", "content", SecretColumn.STAGED_FILE),
            named("notice", "notice_id", "text_ko", SecretColumn.NOTICE_TEXT),
            named("notice", "notice_id", "text_en", SecretColumn.NOTICE_TEXT));

    /// What devices were to say. The broker reads it while it is on its way, and has no keys.
    static final List<Place> SPOKEN = List.of(spoken("text"), spoken("question"));

    private static Place numbered(String table, String column, SecretColumn secret) {
        return new Place(table, table + "_no", "integer", column, secret, "true");
    }

    private static Place named(String table, String key, String column, SecretColumn secret) {
        return new Place(table, key, "uuid", column, secret, "true");
    }

    private static Place spoken(String member) {
        return new Place("device_command", "command_id", "uuid", member, SecretColumn.SPOKEN, NOT_ON_ITS_WAY);
    }

    /// How the value is read in SQL.
    String value() {
        return secret == SecretColumn.SPOKEN ? "data ->> '" + column + "'" : column;
    }

    /// What is set in SQL to change the value to `v.after`.
    String change() {
        return secret == SecretColumn.SPOKEN
                ? "data = jsonb_set(data, '{" + column + "}', to_jsonb(v.after))"
                : column + " = v.after";
    }
}
