package kr.dolbom.sim.stack;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Makes secrets.
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /// 128 random bits as 32 hexadecimal digits, the form of a Twilio auth token too.
    static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
