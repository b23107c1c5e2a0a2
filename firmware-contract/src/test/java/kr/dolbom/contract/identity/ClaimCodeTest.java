package kr.dolbom.contract.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimCodeTest {
    private static final ClaimCode CODE = new ClaimCode("0123456789ABCDEFGHJKMNPQRS");

    @Test
    void aCodeHas130BitsAndIsNotShown() {
        ClaimCode code = ClaimCode.generate();

        assertEquals(26, code.text().length());
        assertNotEquals(code, ClaimCode.generate());
        assertFalse(code.toString().contains(code.text()));
    }

    @Test
    void itIsPrintedInGroupsAndReadBack() {
        assertEquals("01234-56789-ABCDE-FGHJK-MNPQRS", CODE.grouped());
        assertEquals(Optional.of(CODE), ClaimCode.find(CODE.grouped()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdefghjkmnpqrs",
                "oI23456789abcdefghjkmnpqrs",
                "OL234-56789-ABCDE-FGHJK-MNPQRS",
                " oi234 56789 abcde fghjk mnpqrs ",
            })
    void itIsReadAsAPersonTypesIt(String typed) {
        assertEquals(Optional.of(CODE), ClaimCode.find(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789ABCDEFGHJKMNPQR",
                "0123456789ABCDEFGHJKMNPQRST",
                "0123456789ABCDEFGHJKMNPQRU",
                "0123456789ABCDEFGHJKMNPQR\u0000",
                "０123456789ABCDEFGHJKMNPQRS",
                "0123456789ABCDEFGHJKMNPQRS-------------------------------------------------------",
            })
    void whatIsNoCodeIsNotRead(String typed) {
        assertEquals(Optional.empty(), ClaimCode.find(typed));
    }

    @Test
    void aDeviceSecretIsNoClaimCode() {
        assertEquals(Optional.empty(), ClaimCode.find(DeviceSecret.generate().text()));
    }

    @Test
    void theMessageOfAFaultDoesNotRepeatTheCode() {
        String message = assertThrows(IllegalArgumentException.class, () -> new ClaimCode("not a code"))
                .getMessage();

        assertFalse(message != null && message.contains("not a code"), message);
    }

    @Test
    void onlyTheCodeItselfMatchesItsHash() {
        SecretHash hash = CODE.hash();

        assertTrue(hash.matches(CODE.text()));
        assertFalse(hash.matches(CODE.grouped()));
        assertFalse(hash.matches(ClaimCode.generate().text()));
    }
}
