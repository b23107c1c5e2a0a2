package kr.dolbom.caseworker;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;

/// The one-time codes of an app on somebody's phone.
final class Codes {
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS_A_LETTER = 5;

    private Codes() {}

    /// @param secret as the page shows it
    static String at(Instant now, String secret) {
        try {
            var generator = new TimeBasedOneTimePasswordGenerator();
            return generator.generateOneTimePasswordString(
                    new SecretKeySpec(decode(secret), generator.getAlgorithm()), now);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] decode(String base32) {
        var bytes = new ByteArrayOutputStream();
        int held = 0;
        int bits = 0;
        for (int i = 0; i < base32.length(); i++) {
            held = (held << BITS_A_LETTER) | BASE_32.indexOf(base32.charAt(i));
            bits += BITS_A_LETTER;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes.write((held >> bits) & 255);
            }
            held &= (1 << bits) - 1;
        }
        return bytes.toByteArray();
    }
}
