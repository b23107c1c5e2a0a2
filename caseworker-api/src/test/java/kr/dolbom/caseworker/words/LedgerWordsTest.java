package kr.dolbom.caseworker.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import kr.dolbom.caseworker.alert.EventType;
import org.junit.jupiter.api.Test;

class LedgerWordsTest {
    @Test
    void everythingThatTheLedgerHoldsHasWordsInBothLanguages() {
        assertEquals(
                List.of(),
                Arrays.stream(EventType.values())
                        .map(type -> "ledger.type." + type.word())
                        .filter(key -> !Words.KO.has(key) || !Words.EN.has(key))
                        .toList());
    }
}
