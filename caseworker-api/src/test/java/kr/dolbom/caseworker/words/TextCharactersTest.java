package kr.dolbom.caseworker.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class TextCharactersTest {
    @Test
    void whatNoPhoneShowsIsABoxAndNothingElseChanges() {
        assertTrue(TextCharacters.hasAll("[고양시 노인복지과] 위급 돌봄 알림 1건"));
        assertFalse(TextCharacters.hasAll("펲시청"));
        assertEquals("김설□ 선생님 ok □", TextCharacters.only("김설믜 선생님 ok 😀"));
        assertEquals("고양시", TextCharacters.only("고양시"));
        assertTrue(Charset.forName("EUC-KR").newEncoder().canEncode(TextCharacters.only("펲😀\u2028")));
    }
}
