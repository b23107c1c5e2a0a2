package kr.dolbom.contract.json;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// UUIDs of any version but 0 in their canonical 36 characters.
final class Uuids {
    static final String PATTERN =
            "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-9a-fA-F][0-9a-fA-F]{3}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";

    private static final int LENGTH = 36;
    private static final byte[] DIGITS = new byte[128];

    static {
        for (int c = 0; c < DIGITS.length; c++) {
            DIGITS[c] = (byte) Character.digit(c, 16);
        }
    }

    private Uuids() {}

    /// The UUID, or null where the bytes are none.
    static @Nullable UUID parse(byte[] in, int from, int to) {
        if (to - from != LENGTH
                || in[from + 8] != '-'
                || in[from + 13] != '-'
                || in[from + 18] != '-'
                || in[from + 23] != '-') {
            return null;
        }
        long a = hex(in, from, 8);
        long b = hex(in, from + 9, 4);
        long c = hex(in, from + 14, 4);
        long d = hex(in, from + 19, 4);
        long e = hex(in, from + 24, 12);
        if ((a | b | c | d | e) < 0 || c < 0x1000) {
            return null;
        }
        return new UUID((a << 32) | (b << 16) | c, (d << 48) | e);
    }

    private static long hex(byte[] in, int from, int digits) {
        long value = 0;
        int faults = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = in[i] < 0 ? -1 : DIGITS[in[i]];
            faults |= digit;
            value = (value << 4) | (digit & 0xF);
        }
        return faults < 0 ? -1 : value;
    }
}
