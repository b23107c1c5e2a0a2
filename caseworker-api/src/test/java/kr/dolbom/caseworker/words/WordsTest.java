package kr.dolbom.caseworker.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Outcome;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.escalation.AttemptState;
import org.junit.jupiter.api.Test;

class WordsTest {
    /// How far a written message can come.
    private static final List<AttemptState> WRITTEN = List.of(
            AttemptState.STARTING,
            AttemptState.ACCEPTED,
            AttemptState.DELIVERED,
            AttemptState.FAILED,
            AttemptState.CANCELED,
            AttemptState.REACHED);

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");
    private final ResourceBundle korean = bundle(Locale.KOREAN);
    private final ResourceBundle english = bundle(Locale.ENGLISH);

    @Test
    void bothLanguagesHaveTheSameTextsWithTheSamePlaces() {
        assertEquals(new TreeSet<>(korean.keySet()), new TreeSet<>(english.keySet()));
        for (String key : korean.keySet()) {
            assertEquals(places(korean.getString(key)), places(english.getString(key)), key);
        }
    }

    @Test
    void everyTierOutcomeAndAttemptHasAText() {
        for (Words words : Words.values()) {
            for (Tier tier : Tier.values()) {
                assertTrue(words.has("tier." + tier.word()), tier.word());
            }
            for (Outcome outcome : Outcome.values()) {
                assertTrue(words.has("outcome." + outcome.word()), outcome.word());
            }
            for (EventType type : List.of(EventType.AGAIN, EventType.RETRACTED)) {
                assertTrue(words.has("event." + type.word()), type.word());
            }
            for (AttemptState state : AttemptState.values()) {
                assertTrue(words.has("attempt.voice." + state.word()) || state == AttemptState.DELIVERED, state.word());
            }
            for (String channel : List.of("sms", "alimtalk", "push")) {
                for (AttemptState state : WRITTEN) {
                    assertTrue(words.has("attempt." + channel + "." + state.word()), channel + " " + state.word());
                }
            }
        }
    }

    @Test
    void textMessagesHaveNoCharacterThatKoreanCarriersCannotShow() {
        for (String key : korean.keySet()) {
            if (key.matches("(sms|alimtalk|notice-kind)\\..*")) {
                assertTrue(Charset.forName("EUC-KR").newEncoder().canEncode(korean.getString(key)), key);
            }
        }
    }

    @Test
    void valuesAreFilledIntoTheirPlaces() {
        assertEquals("이민지 선생님이 확인했어요. 지금 가고 있어요.", Words.KO.text("robot.taken", "이민지"));
    }

    private static Set<String> places(String text) {
        var places = new TreeSet<String>();
        PLACE.matcher(text).results().forEach(match -> places.add(match.group()));
        return places;
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle("kr.dolbom.caseworker.words.words", locale);
    }
}
