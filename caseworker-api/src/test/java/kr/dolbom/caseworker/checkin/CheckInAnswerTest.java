package kr.dolbom.caseworker.checkin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckInAnswerTest {
    @ParameterizedTest
    @CsvSource({
        "네, well",
        "응 잘 잤어, well",
        "괜찮아요, well",
        "다 먹었어, well",
        "아픈 데 없어요, well",
        "필요한 건 없어, well",
        "안 아파, well",
        "아픈 데는 없는데 잠을 못 잤어, not-well",
        "아니요, not-well",
        "안 괜찮아, not-well",
        "못 먹었어, not-well",
        "아직 안먹었어요, not-well",
        "무릎이 아파, not-well",
        "반찬이 없어, not-well",
        "살려줘, help",
        "119 좀 불러 줘, help",
        "네 근데 좀 도와 줘, help",
        "죽고 싶어, help",
        "오늘 날씨가, unclear",
        "yes, well",
        "no I am not, not-well",
        "please help me, help"
    })
    void wordsMean(String words, String meaning) {
        assertEquals(meaning, CheckInAnswer.of("", words).word());
    }

    @ParameterizedTest
    @CsvSource({"1, well", "2, not-well", "0, help", "7, unclear"})
    void aKeyGoesBeforeWords(String key, String meaning) {
        assertEquals(meaning, CheckInAnswer.of(key, "네").word());
    }

    @ParameterizedTest
    @CsvSource({"연결이 되지 않아 삐 소리 후 소리샘으로 연결되며 통화료가 부과됩니다", "지금은 전화를 받을 수 없으니 메시지를 남겨 주시기 바랍니다"})
    void aVoicemailsGreetingIsNoAnswer(String greeting) {
        assertEquals(CheckInAnswer.UNCLEAR, CheckInAnswer.of("", greeting));
    }
}
