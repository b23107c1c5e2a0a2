package kr.dolbom.sim.phone.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks by what a sender proves itself: `vapid t=JWT, k=KEY` of RFC 8292, signed with ES256.
final class Vapid {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FORM =
            Pattern.compile("vapid (?=.*\\bt=(?<token>[\\w-]+\\.[\\w-]+\\.[\\w-]+))(?=.*\\bk=(?<key>[\\w-]+)).*");
    private static final Duration LONGEST = Duration.ofHours(24);

    private Vapid() {}

    /// What is wrong with the header; empty when nothing is.
    static String fault(String authorization, String audience, Instant now) {
        Matcher form = FORM.matcher(authorization);
        if (!form.matches()) {
            return "Authorization is not \"vapid t=…, k=…\"";
        }
        String[] token = form.group("token").split("\\.", -1);
        try {
            if (!isSigned(token, form.group("key"))) {
                return "the token is not signed with the key";
            }
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(token[1]));
            Instant end = Instant.ofEpochSecond(claims.path("exp").asLong());
            if (!claims.path("aud").asText().equals(audience)) {
                return "aud is %s, expected \"%s\"".formatted(claims.path("aud"), audience);
            }
            if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
                return "exp is %s, expected within 24 hours from now".formatted(end);
            }
            return "";
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            return "the token cannot be read: " + e.getMessage();
        }
    }

    private static boolean isSigned(String[] token, String key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(BrowserKeys.publicKey(Base64.getUrlDecoder().decode(key)));
        signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(token[2]));
    }
}
