package kr.dolbom.sim.phone.line;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Twilio's `X-Twilio-Signature`: HMAC-SHA1, in Base64, of the whole address followed by every body
/// parameter's name and value, sorted by name, keyed with the auth token. For GET the parameters are
/// part of the address already.
final class Signature {
    private Signature() {}

    static String of(String authToken, String url, Map<String, String> bodyParameters) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(bodyParameters)
                .forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HmacSHA1", e);
        }
    }
}
