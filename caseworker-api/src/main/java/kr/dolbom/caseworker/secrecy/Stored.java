package kr.dolbom.caseworker.secrecy;

import java.util.Arrays;
import java.util.Set;

/// A stored value taken apart.
///
/// @param keyId by which key it is encrypted
/// @param column what it says it is
/// @param bytes the ciphertext in base64url
record Stored(String keyId, SecretColumn column, String bytes) {
    private static final int PARTS = 4;

    static boolean isEncrypted(String value) {
        return value.startsWith(Keyset.PREFIX);
    }

    /// @param expected what it may be
    /// @throws UnreadableException when it is none of these
    static Stored parse(String value, Set<SecretColumn> expected) throws UnreadableException {
        String[] parts = value.split("\\.", PARTS);
        if (parts.length != PARTS) {
            throw new UnreadableException("the value is cut off");
        }
        SecretColumn column = Arrays.stream(SecretColumn.values())
                .filter(known -> known.word().equals(parts[2]))
                .findFirst()
                .orElseThrow(() -> new UnreadableException("nothing here is called " + parts[2]));
        if (!expected.contains(column)) {
            throw new UnreadableException("it is a value of " + column.word() + ", which does not belong here");
        }
        return new Stored(parts[1], column, parts[3]);
    }
}
