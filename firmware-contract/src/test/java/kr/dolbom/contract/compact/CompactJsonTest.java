package kr.dolbom.contract.compact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompactJsonTest {
    private static final String ACTIVITY =
            "{\"windowSeconds\":600,\"counts\":[{\"sensor\":\"motion\",\"room\":\"lounge\",\"count\":4,\"lastSecondsBefore\":35},"
                    + "{\"sensor\":\"door\",\"room\":\"kitchen\",\"count\":12,\"lastSecondsBefore\":311}]}";

    @Test
    void anActivityOf170BytesTakesLessThan30() {
        byte[] stored = CompactJson.encode(bytes(ACTIVITY));

        assertTrue(stored.length < 30, "bytes: " + stored.length);
        assertEquals(ACTIVITY, text(CompactJson.decode(stored)));
    }

    @Test
    void whatWeDoNotKnowComesBackAsItWas() {
        String unknown = "{\"바닥\":\"나무\",\"motion\":[1.50,-0,1e400,\"\\u0001\\n\"],\"count\":\"counts\",\"x\":{}}";

        assertEquals(unknown, text(CompactJson.decode(CompactJson.encode(bytes(unknown)))));
    }

    @Test
    void jsonThatWasNeverShortenedIsReadAsItIs() {
        String plain = "{\n\t\"state\": \"birth\",\r\n \"firmware\": \"1\"}";

        assertEquals(plain, text(CompactJson.decode(bytes(plain))));
    }

    @Test
    void whateverIsPutTogetherOfPiecesAndOtherCharactersComesBack() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> parts = new ArrayList<>(CompactJson.pieces().keySet());
        parts.addAll(List.of(
                "{", "}", "[", "]", ",", ":", "\"", "0", "17", "\\u0000", "살려줘", "😀", "\u007f", " ", "\t", "\n"));
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                String part = parts.get(random.nextInt(parts.size()));
                text.append(part, 0, random.nextInt(4) == 0 ? random.nextInt(part.length() + 1) : part.length());
            }
            byte[] json = bytes(text.toString());

            byte[] stored = CompactJson.encode(json);

            assertTrue(stored.length <= json.length);
            assertArrayEquals(json, CompactJson.decode(stored), text::toString);
        }
    }

    @Test
    void anyBytesComeBackOrAreRefused() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 20_000; round++) {
            byte[] any = new byte[random.nextInt(40)];
            random.nextBytes(any);
            try {
                byte[] stored = CompactJson.encode(any);
                assertArrayEquals(any, CompactJson.decode(stored));
            } catch (IllegalArgumentException e) {
                assertTrue(String.valueOf(e.getMessage()).endsWith("is in no JSON text"), e.getMessage());
            }
        }
    }

    @Test
    void aCodeThatNobodyGaveIsNoText() {
        assertThrows(IllegalArgumentException.class, () -> CompactJson.decode(new byte[] {CompactJson.PREFIX, 0x7E}));
        assertThrows(IllegalArgumentException.class, () -> CompactJson.decode(new byte[] {CompactJson.PREFIX}));
    }

    /// What was stored must be readable for ever: where this fails a code has changed, which it must not. New pieces
    /// go to the ends, into `telemetry_token` by a migration, and into this figure.
    @Test
    void codesNeverChange() {
        assertEquals(
                CODES_SO_FAR,
                CompactJson.pieces().entrySet().stream()
                        .map(piece -> new java.math.BigInteger(1, piece.getValue()).toString(16) + "=" + piece.getKey())
                        .sorted()
                        .collect(Collectors.joining("\n"))
                        .hashCode());
    }

    private static final int CODES_SO_FAR = -712171456;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
