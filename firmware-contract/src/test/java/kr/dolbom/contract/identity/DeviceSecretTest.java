package kr.dolbom.contract.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DeviceSecretTest {
    @Test
    void onlyTheSecretItselfMatchesItsHash() {
        DeviceSecret secret = DeviceSecret.generate();
        SecretHash stored = new SecretHash(secret.hash().salt(), secret.hash().hash());
        SecretHash hash = secret.hash();

        assertTrue(hash.matches(secret.text()));
        assertTrue(new SecretHash(hash.salt(), hash.hash()).matches(secret.text()));
        assertFalse(hash.matches(DeviceSecret.generate().text()));
        assertFalse(hash.matches(""));
        assertFalse(stored.matches(secret.text()), "salt and hash of two different hashings");
    }

    @Test
    void aSecretHas256BitsAndIsNotShown() {
        DeviceSecret secret = DeviceSecret.generate();

        assertEquals(43, secret.text().length());
        assertNotEquals(secret.text(), DeviceSecret.generate().text());
        assertFalse(secret.toString().contains(secret.text()));
    }
}
