package kr.dolbom.sim.phone.push;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What a browser keeps for one subscription, and how it opens messages with it: RFC 8291 over RFC 8188, one record.
final class BrowserKeys {
    private static final int SALT = 16;
    private static final int POINT = 65;

    private final PrivateKey privateKey;
    private final byte[] publicPoint;
    private final byte[] auth;

    /// @param privateKey the browser's half of the key agreement, P-256
    /// @param publicPoint the other half, uncompressed
    /// @param auth the authentication secret, 16 bytes
    BrowserKeys(PrivateKey privateKey, byte[] publicPoint, byte[] auth) {
        this.privateKey = privateKey;
        this.publicPoint = publicPoint.clone();
        this.auth = auth.clone();
    }

    static BrowserKeys generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] auth = new byte[16];
        new SecureRandom().nextBytes(auth);
        return new BrowserKeys(pair.getPrivate(), point((ECPublicKey) pair.getPublic()), auth);
    }

    /// The public point as browsers tell it.
    String p256dh() {
        return base64(publicPoint);
    }

    /// The authentication secret as browsers tell it.
    String auth() {
        return base64(auth);
    }

    /// Opens the body of a push request.
    ///
    /// @throws GeneralSecurityException when it was not made for these keys, or is no such body
    String open(byte[] body) throws GeneralSecurityException {
        // salt (16), record size (4), length of the sender's key (1), the key (65)
        if (body.length < SALT + 5 + POINT || body[SALT + 4] != POINT) {
            throw new GeneralSecurityException("the body does not begin with a salt and a key of P-256");
        }
        byte[] salt = Arrays.copyOf(body, SALT);
        byte[] sender = Arrays.copyOfRange(body, SALT + 5, SALT + 5 + POINT);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(privateKey);
        agreement.doPhase(publicKey(sender), true);
        byte[] shared = hmac(auth, agreement.generateSecret());
        byte[] material = expand(shared, concat(ascii("WebPush: info\0"), publicPoint, sender), 32);
        byte[] secret = hmac(salt, material);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(expand(secret, ascii("Content-Encoding: aes128gcm\0"), 16), "AES"),
                new GCMParameterSpec(128, expand(secret, ascii("Content-Encoding: nonce\0"), 12)));
        byte[] padded = cipher.doFinal(body, SALT + 5 + POINT, body.length - SALT - 5 - POINT);
        int end = padded.length - 1;
        while (end >= 0 && padded[end] == 0) {
            end--;
        }
        if (end < 0 || padded[end] != 2) {
            throw new GeneralSecurityException("the last record does not end with the octet 2 and padding");
        }
        return new String(padded, 0, end, StandardCharsets.UTF_8);
    }

    /// The public key of an uncompressed point.
    static ECPublicKey publicKey(byte[] point) throws GeneralSecurityException {
        if (point.length != POINT || point[0] != 4) {
            throw new GeneralSecurityException("no uncompressed point of P-256: %d bytes".formatted(point.length));
        }
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint affine = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(point, 33, 65)));
        return (ECPublicKey) KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(affine, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static byte[] point(ECPublicKey key) {
        return concat(
                new byte[] {4},
                coordinate(key.getW().getAffineX()),
                coordinate(key.getW().getAffineY()));
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    /// HKDF-Expand of RFC 5869 for at most one block, which is all that is needed here.
    private static byte[] expand(byte[] key, byte[] info, int length) throws GeneralSecurityException {
        return Arrays.copyOf(hmac(key, concat(info, new byte[] {1})), length);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }
}
