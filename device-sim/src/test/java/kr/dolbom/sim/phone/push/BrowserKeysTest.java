package kr.dolbom.sim.phone.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class BrowserKeysTest {
    /// The example of RFC 8291, section 5 and appendix A.
    private static final String BODY = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
            + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
            + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    @Test
    void theExampleOfTheStandardIsOpened() throws Exception {
        assertEquals("When I grow up, I want to be a watermelon", example().open(decode(BODY)));
    }

    @Test
    void aBodyThatWasChangedOrIsTooShortIsNotOpened() throws Exception {
        byte[] changed = decode(BODY);
        changed[changed.length - 20] ^= 1;

        assertThrows(GeneralSecurityException.class, () -> example().open(changed));
        assertThrows(GeneralSecurityException.class, () -> example().open(new byte[40]));
        assertThrows(
                GeneralSecurityException.class, () -> BrowserKeys.generate().open(decode(BODY)));
    }

    private static BrowserKeys example() throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        var key = KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(
                        new BigInteger(1, decode("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")),
                        curve.getParameterSpec(ECParameterSpec.class)));
        return new BrowserKeys(
                key,
                decode("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
                decode("BTBZMqHH6r4Tts7J_aSIgg"));
    }

    private static byte[] decode(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }
}
