package kr.dolbom.caseworker.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;
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

    /// One of what is counted, told as if it were many.
    private static final Pattern ONE_OF_MANY =
            Pattern.compile("(?<![0-9.–-])\\b1 (alerts|bytes|cases|caseworkers|characters"
                    + "|days|devices|entries|findings|gaps|guardians|homes|hours|messages|minutes|months|nights|people|reminders"
                    + "|requests|residents|rounds|rows|seconds|talks|times|turns|visits)\\b|\\(s\\)");

    /// Texts in which a name or a word stands before one of these, and no number.
    private static final Set<String> WITH_NAMES = Set.of("fleet.incident.vendor", "people.policy.edit");

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @Test
    void bothLanguagesHaveTheSameTextsWithTheSamePlaces() {
        assertEquals(new TreeSet<>(Words.KO.keys()), new TreeSet<>(Words.EN.keys()));
        for (String key : Words.KO.keys()) {
            assertEquals(places(Words.KO.text(key)), places(Words.EN.text(key)), key);
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
        for (String key : Words.KO.keys()) {
            if (key.matches("(sms|alimtalk|notice-kind)\\..*")) {
                assertTrue(Charset.forName("EUC-KR").newEncoder().canEncode(Words.KO.text(key)), key);
            }
        }
    }

    @Test
    void valuesAreFilledIntoTheirPlaces() {
        assertEquals("이민지 선생님이 확인했어요. 지금 가고 있어요.", Words.KO.text("robot.taken", "이민지"));
    }

    @Test
    void oneIsToldAsOneAndManyAsMany() {
        assertEquals("1 entry, all as written. Not sealed yet.", Words.EN.text("alert.ledger.whole", 1));
        assertEquals("12 entries, all as written. Not sealed yet.", Words.EN.text("alert.ledger.whole", 12));
        Object[] ones = Collections.nCopies(10, "1").toArray();
        for (String key : Words.EN.keys()) {
            String text = Words.EN.text(key, ones);
            assertFalse(text.contains("?") && text.contains("{"), key + ": " + text);
            if (Words.EN.text(key).contains("{") && !WITH_NAMES.contains(key)) {
                assertFalse(ONE_OF_MANY.matcher(text).find(), key + ": " + text);
            }
        }
    }

    private static Set<String> places(String text) {
        var places = new TreeSet<String>();
        PLACE.matcher(text).results().forEach(match -> places.add(match.group()));
        return places;
    }
}
