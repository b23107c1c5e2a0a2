package kr.dolbom.caseworker.console.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

final class VendorViewTest {

    @Test
    void theFormStaysAndWordsAreHidden() {
        assertEquals(
                "{\"kind\":\"voice\",\"confidence\":7.5,\"transcript\":\"•••\",\"ok\":true}",
                VendorView.body("{\"kind\":\"voice\",\"confidence\":7.5,\"transcript\":\"살려줘\",\"ok\":true}"));
        assertEquals("{\"transcript\" : \"•••\"}", VendorView.body("{\"transcript\" : \"help\"}"));
    }

    @Test
    void aBrokenMessageShowsNoWordEither() {
        for (String body : List.of(
                "{\"transcript\":\"Youngja says \\\"help\\\" now",
                "Youngja says help",
                "{\"transcript\":Youngja}",
                "{\"Youngja Kim\":1}",
                "{'transcript':'Youngja'}",
                "{\"data\":{\"transcript\":[\"Youngja Kim\"]}}",
                "영자 Youngja")) {
            assertFalse(VendorView.body(body).contains("Youngja"), VendorView.body(body));
            assertFalse(VendorView.body(body).contains("영자"), VendorView.body(body));
        }
    }

    @Test
    void whatWasFoundIsHiddenInSentencesAndPaths() {
        assertEquals("found •••, expected 0 to 1", VendorView.detail("found '살려줘', expected 0 to 1"));
        assertEquals("/data/•••/0", VendorView.path("/data/김영자/0"));
    }
}
