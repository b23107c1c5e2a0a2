package kr.dolbom.sim.phone.push;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A sender of push messages, written after RFC 8291 and RFC 8292 and independent of what is tested.
final class Sender {
    private final KeyPair vapid = newKey();

    String authorization(String audience, Instant end) throws GeneralSecurityException {
        String token = base64("{\"typ\":\"JWT\",\"alg\":\"ES256\"}") + "."
                + base64("{\"aud\":\"%s\",\"exp\":%d,\"sub\":\"mailto:a@a.example\"}"
                        .formatted(audience, end.getEpochSecond()));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(vapid.getPrivate());
        signature.update(token.getBytes(StandardCharsets.US_ASCII));
        return "vapid t=%s.%s, k=%s".formatted(token, base64(signature.sign()), base64(point(vapid)));
    }

    static byte[] encrypt(String text, String p256dh, String auth) throws GeneralSecurityException {
        byte[] receiver = Base64.getUrlDecoder().decode(p256dh);
        KeyPair own = newKey();
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(BrowserKeys.publicKey(receiver), true);
        byte[] key = hmac(Base64.getUrlDecoder().decode(auth), agreement.generateSecret());
        byte[] material = hmac(
                key, join("WebPush: info\0".getBytes(StandardCharsets.US_ASCII), receiver, point(own), new byte[] {1}));
        byte[] secret = hmac(salt, material);
        byte[] content =
                Arrays.copyOf(hmac(secret, "Content-Encoding: aes128gcm\0\1".getBytes(StandardCharsets.US_ASCII)), 16);
        byte[] nonce =
                Arrays.copyOf(hmac(secret, "Content-Encoding: nonce\0\1".getBytes(StandardCharsets.US_ASCII)), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(content, "AES"), new GCMParameterSpec(128, nonce));
        byte[] sealed = cipher.doFinal(join(text.getBytes(StandardCharsets.UTF_8), new byte[] {2, 0, 0}));
        return join(salt, new byte[] {0, 0, 16, 0, 65}, point(own), sealed);
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The last 65 bytes of the key's X.509 form are the uncompressed point.
    private static byte[] point(KeyPair pair) {
        byte[] encoded = ((ECPublicKey) pair.getPublic()).getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
