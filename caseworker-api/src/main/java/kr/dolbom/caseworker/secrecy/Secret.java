package kr.dolbom.caseworker.secrecy;

/// A value that is to be stored encrypted; see [SecretColumn#of(String)].
///
/// @param column what it is
/// @param plain as people read it
public record Secret(SecretColumn column, String plain) {
    /// Never the value.
    @Override
    public String toString() {
        return "Secret[" + column.word() + "]";
    }
}
