package kr.dolbom.sim.phone.line;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
    @ParameterizedTest
    @ValueSource(strings = {"+821012345678", "+8223456789", "+82312345678", "+827012345678", "+14155550100"})
    void internationalNumbersAreDialled(String number) {
        assertTrue(PhoneNumbers.isValid(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01012345678",
                "821012345678",
                "+8201012345678",
                "+82 10 1234 5678",
                "+82-10-1234-5678",
                "+0101234567",
                "+82123",
                "+1234567890123456",
                "GOYANG"
            })
    void anythingElseIsNot(String number) {
        assertFalse(PhoneNumbers.isValid(number));
    }
}
