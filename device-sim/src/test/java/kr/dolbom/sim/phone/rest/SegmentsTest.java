package kr.dolbom.sim.phone.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Limits from 3GPP TS 23.040: 160 septets alone or 153 chained; 70 UCS-2 units alone or 67 chained.
class SegmentsTest {
    @Test
    void latinLettersFit160InOneSegmentAnd153InEachOfMany() {
        assertEquals(1, Segments.of("a".repeat(160)));
        assertEquals(2, Segments.of("a".repeat(161)));
        assertEquals(2, Segments.of("a".repeat(306)));
        assertEquals(3, Segments.of("a".repeat(307)));
    }

    @Test
    void koreanFits70InOneSegmentAnd67InEachOfMany() {
        assertEquals(1, Segments.of("가".repeat(70)));
        assertEquals(2, Segments.of("가".repeat(71)));
        assertEquals(2, Segments.of("가".repeat(134)));
        assertEquals(3, Segments.of("가".repeat(135)));
    }

    @Test
    void oneForeignCharacterMakesTheWholeTextUcs2() {
        assertEquals(1, Segments.of("a".repeat(100)));
        assertEquals(2, Segments.of("a".repeat(99) + "가"));
    }

    @Test
    void escapedCharactersCountTwiceAndAreNeverSplit() {
        assertEquals(1, Segments.of("€".repeat(80)));
        assertEquals(2, Segments.of("€".repeat(81)));
        // 152 + 1 left over: the escape does not fit, so each segment holds 76.
        assertEquals(2, Segments.of("€".repeat(152)));
        assertEquals(3, Segments.of("€".repeat(153)));
    }

    @Test
    void aSurrogatePairIsNeverSplit() {
        assertEquals(1, Segments.of("😀".repeat(35)));
        // 67 units hold 33 pairs.
        assertEquals(2, Segments.of("😀".repeat(66)));
        assertEquals(3, Segments.of("😀".repeat(67)));
    }
}
