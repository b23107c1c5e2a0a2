package kr.dolbom.contract.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import kr.dolbom.contract.Reason;

/// Bodies that give themselves away by how they begin.
final class Openings {
    private static final List<byte[]> SOUND = List.of(ascii("RIFF"), ascii("OggS"), ascii("fLaC"), ascii("ID3"));
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Openings() {}

    /// @throws Mismatch where the body is sound, another encoding, or begins with a byte order mark
    static void check(byte[] body, JsonReader in) throws Mismatch {
        for (byte[] sound : SOUND) {
            if (begins(body, sound)) {
                throw new Mismatch(Reason.RAW_AUDIO, "the body begins as a sound file does");
            }
        }
        if (body.length >= 2 && isSoundFrame(body[0] & 0xFF, body[1] & 0xFF)) {
            throw new Mismatch(Reason.RAW_AUDIO, "the body begins as a sound file does");
        }
        if (begins(body, BYTE_ORDER_MARK)) {
            throw in.malformed("the body begins with a byte order mark");
        }
        if (body[0] < 0 || body[0] == 0) {
            throw in.malformed("the body is not UTF-8");
        }
    }

    /// MPEG audio of layer II or III, or AAC in ADTS. Layer I is left out: 0xFF 0xFE is UTF-16's byte order mark.
    private static boolean isSoundFrame(int first, int second) {
        int layer = (second >> 1) & 3;
        return first == 0xFF && (second & 0xE0) == 0xE0 && (layer == 1 || layer == 2 || (second & 0xF6) == 0xF0);
    }

    private static boolean begins(byte[] body, byte[] opening) {
        return body.length >= opening.length && Arrays.equals(body, 0, opening.length, opening, 0, opening.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
