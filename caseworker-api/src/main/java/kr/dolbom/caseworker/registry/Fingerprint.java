package kr.dolbom.caseworker.registry;

import java.util.HexFormat;
import java.util.Locale;

/// A certificate's SHA-256 fingerprint as people write it: `openssl x509 -noout -fingerprint -sha256`.
final class Fingerprint {
    static final String FORM = "[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}";
    static final String EXPECTED = "SHA-256 as 64 hexadecimal digits, with or without colons";

    private Fingerprint() {}

    /// Its 32 bytes.
    static byte[] bytes(String written) {
        return HexFormat.of().parseHex(written.replace(":", "").toLowerCase(Locale.ROOT));
    }

    /// In lower case without colons.
    static String text(byte[] fingerprint) {
        return HexFormat.of().formatHex(fingerprint);
    }
}
