package kr.dolbom.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// Makes bodies that are nearly valid, or not at all, out of a seed.
final class Mutator {
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "\\udc00",
            "\\ud83d\\ude00",
            "\\u00e9",
            "null",
            "true",
            "false",
            "NaN",
            "-",
            "0",
            "-0",
            "1",
            "00",
            "1.",
            ".5",
            "1e5",
            "1E+400",
            "1e-400",
            "1e999999999999",
            "99999999999999999999",
            "123456789012345678901234567890123456789012345",
            "0.1",
            "600.0",
            "\"x\":1,",
            "\"id\":1,",
            "\"seq\":1,",
            "\"data\":{},",
            "\"audio\":\"x\",",
            "\"Recording\":[1],",
            " ",
            "\n",
            "\t",
            "\r",
            "\u00a0",
            "\ufeff",
            "é",
            "말",
            "😀",
            "/*",
            "//",
            "'",
            "\"x-a\":{\"b\":[1,{\"c\":null}]},",
            "2026-13-01T00:00:00Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T23:59:60Z",
            "2026-03-01T07:10:00+18:01",
            "+09:00",
            "-00:00");
    private static final byte[][] BROKEN_UTF8 = {
        {(byte) 0x80},
        {(byte) 0xC0, (byte) 0xAF},
        {(byte) 0xC3},
        {(byte) 0xE2, (byte) 0x82},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
        {(byte) 0xFF},
        {0},
    };

    private final Random random;
    private final Map<MessageKind, List<byte[]>> seedsByKind;
    private List<byte[]> seeds = List.of();

    Mutator(long seed, Map<MessageKind, List<byte[]>> seedsByKind) {
        this.random = new Random(seed);
        this.seedsByKind = seedsByKind;
    }

    /// The next body, mostly one that is nearly of a kind; what comes depends on the seed alone.
    byte[] next(MessageKind kind) {
        seeds = Objects.requireNonNull(seedsByKind.get(kind), kind.name());
        return switch (random.nextInt(12)) {
            case 0 -> randomBytes(random.nextInt(300));
            case 1 -> tokens();
            case 2 -> nested();
            default -> mutated();
        };
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] tokens() {
        StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(token());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] nested() {
        int depth = 1 + random.nextInt(random.nextInt(10) == 0 ? 8000 : 30);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        String close = open.equals("[") ? "]" : "}";
        String value = open.repeat(depth) + (open.equals("[") ? "" : "1") + close.repeat(depth - random.nextInt(2));
        byte[] seed = seed();
        return insert(seed, 1, ("\"x-n\":" + value + ",").getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mutated() {
        byte[] body = seed();
        for (int i = random.nextInt(4); i > 0; i--) {
            body = mutate(body);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            body = harmless(body);
        }
        return body;
    }

    private byte[] mutate(byte[] body) {
        if (body.length == 0) {
            return seed();
        }
        int at = random.nextInt(body.length);
        int to = Math.min(body.length, at + 1 + random.nextInt(12));
        return switch (random.nextInt(11)) {
            case 0 -> flip(body, at);
            case 1 -> insert(body, at, token().getBytes(StandardCharsets.UTF_8));
            case 2 -> replace(body, at, to, token().getBytes(StandardCharsets.UTF_8));
            case 3 -> replace(body, at, to, new byte[0]);
            case 4 -> Arrays.copyOf(body, at);
            case 5 -> insert(body, at, Arrays.copyOfRange(body, at, to));
            case 6 -> insert(body, at, BROKEN_UTF8[random.nextInt(BROKEN_UTF8.length)]);
            case 7 -> replaceNumber(body);
            case 8 -> splice(body, seed());
            case 9 -> insert(body, afterBrace(body), token().getBytes(StandardCharsets.UTF_8));
            default -> insert(body, at, randomBytes(1 + random.nextInt(3)));
        };
    }

    /// White space between values, or a member that nobody knows.
    private byte[] harmless(byte[] body) {
        int brace = new String(body, StandardCharsets.ISO_8859_1).indexOf('{', random.nextInt(body.length + 1));
        String piece = random.nextBoolean() ? " \n\t" : "\"x-" + random.nextInt(1000) + "\":{\"y\":[1.5,\"말\"]},";
        return brace < 0 ? body : insert(body, brace + 1, piece.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] flip(byte[] body, int at) {
        byte[] flipped = body.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private byte[] replaceNumber(byte[] body) {
        List<Integer> digits = new ArrayList<>();
        for (int i = 0; i < body.length; i++) {
            if (body[i] >= '0' && body[i] <= '9') {
                digits.add(i);
            }
        }
        if (digits.isEmpty()) {
            return body;
        }
        int from = digits.get(random.nextInt(digits.size()));
        int to = from;
        while (to < body.length && body[to] >= '0' && body[to] <= '9') {
            to++;
        }
        String number = switch (random.nextInt(6)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> Double.toString(random.nextGaussian());
            case 2 -> Integer.toString(random.nextInt(100));
            case 3 -> "9".repeat(1 + random.nextInt(50));
            case 4 -> "1e" + random.nextInt(200);
            default -> random.nextInt(1000) + ".0";
        };
        return replace(body, from, to, number.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] splice(byte[] a, byte[] b) {
        return replace(
                a, random.nextInt(a.length), a.length, Arrays.copyOfRange(b, random.nextInt(b.length), b.length));
    }

    private int afterBrace(byte[] body) {
        int from = random.nextInt(body.length);
        for (int i = from; i < body.length; i++) {
            if (body[i] == '{' || body[i] == ',') {
                return i + 1;
            }
        }
        return from;
    }

    private String token() {
        return TOKENS.get(random.nextInt(TOKENS.size()));
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private static byte[] insert(byte[] body, int at, byte[] piece) {
        return replace(body, at, at, piece);
    }

    private static byte[] replace(byte[] body, int from, int to, byte[] piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + piece.length);
        out.write(body, 0, from);
        out.writeBytes(piece);
        out.write(body, to, body.length - to);
        return out.toByteArray();
    }
}
