package kr.dolbom.contract.compact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// JSON in few bytes: pieces of text that messages repeat become codes of one or two bytes, all else
/// stays as it is.
/// What comes back is the same, byte by byte, so that members which we do not know are kept as well.
///
/// The codes are bytes that no JSON text in UTF-8 holds but as white space between its members or not
/// at all. So JSON
/// without codes is stored JSON too, and reading needs no mark of a version. Codes are only ever added,
/// at the ends of
/// [#ONE_BYTE] and [#TWO_BYTES]; the table `telemetry_token` has the same for SQL.
///
/// All methods are pure and safe for use by many threads.
public final class CompactJson {
    /// The first byte of a code of two; the second is a printable ASCII character.
    static final int PREFIX = 0x1F;

    private static final int FIRST_SECOND_BYTE = 0x21;

    /// Pieces with a code of one byte, of the kinds that are sent all day: their order is their code.
    private static final List<String> ONE_BYTE = List.of(
            "{\"windowSeconds\":600,\"counts\":[{\"sensor\":\"motion\",\"room\":\"",
            "{\"windowSeconds\":",
            ",\"counts\":[{\"sensor\":\"",
            "\"},{\"sensor\":\"",
            "},{\"sensor\":\"",
            "\",\"room\":\"",
            "\",\"count\":",
            ",\"lastSecondsBefore\":",
            "}]}",
            "motion",
            "door",
            "touch",
            "appliance",
            "lounge",
            "kitchen",
            "bedroom",
            "bathroom",
            "hallway",
            "front-door",
            "{\"state\":\"heartbeat\",\"firmware\":\"",
            "{\"state\":\"",
            "\",\"firmware\":\"",
            "\",\"contract\":\"1.0\"",
            ",\"batteryPercent\":",
            ",\"onMains\":true",
            ",\"signalDbm\":-",
            ",\"sensors\":[{\"sensor\":\"",
            "\",\"health\":\"ok\"",
            ",\"clockErrorMillis\":",
            "{\"codes\":[",
            "{\"intent\":\"",
            "\",\"confidence\":",
            "],\"turns\":",
            ",\"talkSeconds\":",
            ",\"emotions\":[{\"feeling\":\"",
            "\",\"share\":",
            "},{\"feeling\":\"",
            ",\"transcript\":\"");

    /// Pieces with a code of two bytes.
    private static final List<String> TWO_BYTES = List.of(
            "\"windowSeconds\":",
            "\"counts\":[",
            "\"sensor\":\"",
            "\"room\":\"",
            "\"count\":",
            "\"lastSecondsBefore\":",
            "\"state\":\"",
            "\"firmware\":\"",
            "\"contract\":\"",
            "\"batteryPercent\":",
            "\"onMains\":",
            "\"signalDbm\":",
            "\"sensors\":[",
            "\"health\":\"",
            "\"clockErrorMillis\":",
            "\"codes\":[",
            "\"intent\":\"",
            "\"confidence\":",
            "\"turns\":",
            "\"talkSeconds\":",
            "\"emotions\":[",
            "\"feeling\":\"",
            "\"share\":",
            "\"transcript\":\"",
            "{\"silentSeconds\":",
            ",\"lastRoom\":\"",
            "{\"slot\":\"",
            "\",\"outcome\":\"",
            "{\"trigger\":\"",
            "\",\"phrase\":\"",
            "{\"commandId\":\"",
            "\",\"answer\":\"",
            "\",\"by\":\"",
            "\",\"expectedBack\":\"",
            "back-door",
            "balcony",
            "heartbeat",
            "offline",
            "birth",
            "false",
            "morning",
            "evening",
            "bedtime",
            "taken",
            "skipped",
            "no-answer",
            "going-out",
            "returned",
            "sos-button",
            "sos-voice",
            "sadness",
            "loneliness",
            "confidence");

    /// Bytes that stand for themselves nowhere in JSON text; tab and line ends do, between its members.
    private static final int[] CODES = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0B, 0x0C, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15,
        0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0xC0, 0xC1, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA, 0xFB,
        0xFC, 0xFD, 0xFE, 0xFF
    };

    private static final Map<String, byte[]> DICTIONARY = dictionary();
    private static final byte[][] MEANING_OF_ONE = new byte[256][];
    private static final byte[][] MEANING_OF_TWO = new byte[256][];
    private static final Tree TREE = new Tree(DICTIONARY);

    static {
        DICTIONARY.forEach((piece, code) -> {
            byte[] text = piece.getBytes(StandardCharsets.US_ASCII);
            (code.length == 1 ? MEANING_OF_ONE : MEANING_OF_TWO)[code[code.length - 1] & 0xFF] = text;
        });
    }

    private CompactJson() {}

    /// All pieces as one tree of characters. A step from a state by a character is
    /// `next[state * 128 + character]`, 0 where no piece goes on so; `codes[state]` is the code of the
    /// piece that ends there, 0 where none does, its first byte in the low eight bits.
    private static final class Tree {
        private static final int CHARACTERS = 128;

        private final short[] next;
        private final char[] codes;

        Tree(Map<String, byte[]> pieces) {
            int states = 1 + pieces.keySet().stream().mapToInt(String::length).sum();
            next = new short[states * CHARACTERS];
            codes = new char[states];
            short last = 0;
            for (Map.Entry<String, byte[]> piece : pieces.entrySet()) {
                int state = 0;
                for (char character : piece.getKey().toCharArray()) {
                    int step = state * CHARACTERS + character;
                    if (next[step] == 0) {
                        next[step] = ++last;
                    }
                    state = next[step];
                }
                byte[] code = piece.getValue();
                codes[state] = (char) ((code[0] & 0xFF) | (code.length > 1 ? code[1] << 8 : 0));
            }
        }
    }

    private static Map<String, byte[]> dictionary() {
        Map<String, byte[]> all = new HashMap<>();
        for (int i = 0; i < ONE_BYTE.size(); i++) {
            all.put(ONE_BYTE.get(i), new byte[] {(byte) CODES[i]});
        }
        for (int i = 0; i < TWO_BYTES.size(); i++) {
            all.put(TWO_BYTES.get(i), new byte[] {PREFIX, (byte) (FIRST_SECOND_BYTE + i)});
        }
        return Map.copyOf(all);
    }

    /// Each piece with its code: what `telemetry_token` must have.
    public static Map<String, byte[]> pieces() {
        return DICTIONARY;
    }

    /// Shortens JSON text. Without white space between its members it gets shortest.
    ///
    /// @param json valid JSON in UTF-8
    /// @throws IllegalArgumentException where it holds a byte that no JSON text holds
    public static byte[] encode(byte[] json) {
        byte[] out = new byte[json.length + 1];
        int length = 0;
        int at = 0;
        while (at < json.length) {
            int code = 0;
            int end = at;
            int state = 0;
            for (int i = at; i < json.length && json[i] >= 0; i++) {
                state = TREE.next[state * Tree.CHARACTERS + json[i]];
                if (state == 0) {
                    break;
                }
                if (TREE.codes[state] != 0) {
                    code = TREE.codes[state];
                    end = i + 1;
                }
            }
            if (code != 0) {
                out[length++] = (byte) code;
                if (code > 0xFF) {
                    out[length++] = (byte) (code >> 8);
                }
                at = end;
            } else {
                byte same = json[at++];
                if (isCode(same)) {
                    throw new IllegalArgumentException(
                            "byte 0x%02X at %d is in no JSON text".formatted(same & 0xFF, at - 1));
                }
                out[length++] = same;
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static boolean isCode(byte value) {
        return value == PREFIX || MEANING_OF_ONE[value & 0xFF] != null;
    }

    /// The text that was shortened.
    ///
    /// @param stored what [#encode] gave, or JSON as it is
    /// @throws IllegalArgumentException where it has a code that nobody gave it
    public static byte[] decode(byte[] stored) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(stored.length * 6);
        for (int i = 0; i < stored.length; i++) {
            byte[] meaning;
            if (stored[i] == PREFIX) {
                meaning = ++i < stored.length ? MEANING_OF_TWO[stored[i] & 0xFF] : null;
                if (meaning == null) {
                    throw new IllegalArgumentException("unknown code at " + (i - 1));
                }
            } else {
                meaning = MEANING_OF_ONE[stored[i] & 0xFF];
            }
            if (meaning == null) {
                out.write(stored[i]);
            } else {
                out.writeBytes(meaning);
            }
        }
        return out.toByteArray();
    }
}
