package kr.dolbom.caseworker.account;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PasswordsTest {

    @Test
    void thePasswordMatchesItsHashAndNoOther() {
        String hash = Passwords.hash("비밀번호 하나");
        assertTrue(Passwords.matches("비밀번호 하나", hash));
        assertFalse(Passwords.matches("비밀번호 둘", hash));
        assertNotEquals(hash, Passwords.hash("비밀번호 하나"), "salted");
    }

    /// The hash stands in the reference implementation's own tests (phc-winner-argon2, src/test.c).
    @Test
    void aHashOfTheReferenceImplementationMatches() {
        assertTrue(Passwords.matches(
                "password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"));
    }

    @Test
    void whatIsNoHashIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Passwords.matches("x", "x"));
    }
}
