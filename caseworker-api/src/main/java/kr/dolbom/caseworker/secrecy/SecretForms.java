package kr.dolbom.caseworker.secrecy;

import java.util.List;

/// Values whose stored forms are looked for; see [SecretColumn#anyOf(String)].
///
/// @param column what they are
/// @param plain as people read them
public record SecretForms(SecretColumn column, List<String> plain) {
    /// Keeps its own copy.
    public SecretForms {
        plain = List.copyOf(plain);
    }

    /// Never the values.
    @Override
    public String toString() {
        return "SecretForms[" + column.word() + "]";
    }
}
