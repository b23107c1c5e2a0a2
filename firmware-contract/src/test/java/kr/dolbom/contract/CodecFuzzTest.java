package kr.dolbom.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.TelemetryKind;
import org.junit.jupiter.api.Test;

/// The codec against bodies that nobody thought of. What it takes, Jackson and the JSON Schemas must take; what it
/// refuses and they take, it must refuse for a rule that they cannot see; and it never throws.
///
/// A failure names the seed and the round. `-Ddolbom.fuzz.seed=SEED` repeats the run with a seed of one's own.
class CodecFuzzTest {
    private static final long FIXED_SEED = 20260301;
    private static final int FIXED_ROUNDS = 40_000;
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /// Rules that neither Jackson nor a schema holds: depth, numbers, text, sound.
    private static final Set<String> OURS_ALONE = Set.of("DC-ENV-013", "DC-ENV-014", "DC-ENV-015", "DC-SEC-001");

    private final List<MessageKind> kinds = MessageKind.listAll();
    private final Map<MessageKind, List<byte[]>> seeds = Stream.concat(
                    Stream.concat(Payload.golden(), Payload.golden()), Payload.broken())
            .filter(payload -> payload.bytes().length > 0 && payload.bytes().length < 3000)
            .collect(Collectors.groupingBy(
                    Payload::kind, Collectors.mapping(Payload::bytes, Collectors.toUnmodifiableList())));

    private int taken;
    private int refused;

    @Test
    void aFixedSeedFindsNothing() {
        run(FIXED_SEED, FIXED_ROUNDS);

        System.out.println("fuzz: " + taken + " bodies taken, " + refused + " refused");
        assertTrue(taken > refused / 100, "only " + taken + " bodies were valid: the mutations are too rough");
        assertTrue(refused > taken, "only " + refused + " bodies were refused: the mutations are too tame");
    }

    @Test
    void aNewSeedFindsNothingEither() {
        long seed =
                Long.getLong("dolbom.fuzz.seed", RandomGenerator.getDefault().nextLong());
        System.out.println("fuzz seed " + seed + "; repeat with -Ddolbom.fuzz.seed=" + seed);
        run(seed, Integer.MAX_VALUE);
    }

    private void run(long seed, int rounds) {
        Mutator mutator = new Mutator(seed, seeds);
        long end = System.nanoTime() + LONGEST.toNanos();
        for (int round = 0; round < rounds && System.nanoTime() < end; round++) {
            MessageKind kind = kinds.get(round % kinds.size());
            byte[] body = mutator.next(kind);
            try {
                check(kind, body);
            } catch (Throwable e) {
                throw new AssertionError(
                        "seed %d, round %d, %s, body (base64) %s"
                                .formatted(
                                        seed,
                                        round,
                                        kind.name(),
                                        Base64.getEncoder().encodeToString(body)),
                        e);
            }
        }
    }

    private void check(MessageKind kind, byte[] body) throws Exception {
        byte[] before = body.clone();
        ReadResult<?> result = Contract.read(kind, body);
        assertTrue(Arrays.equals(before, body), "the body was changed");
        Optional<JsonNode> tree = parse(body);
        switch (result) {
            case ReadResult.Valid<?> valid -> {
                taken++;
                assertTrue(tree.isPresent(), "taken, but Jackson does not");
                // RFC 3339 (4.3) has the offset -00:00 for a local time that is not known; this validator does not
                if (!new String(body, StandardCharsets.UTF_8).contains("-00:00\"")) {
                    assertEquals(Set.of(), Schemas.validate(kind, tree.get()), "taken, but the schema does not");
                }
            }
            case ReadResult.Invalid<?>(Fault fault) -> {
                refused++;
                assertTrue(fault.reasonString().startsWith(fault.reason().id()));
                if (tree.isPresent() && Schemas.validate(kind, tree.get()).isEmpty()) {
                    assertTrue(isOursAlone(fault, body), "refused, but nobody else does: " + fault.reasonString());
                }
                if (tree.isPresent()) {
                    assertPointsAt(tree.get(), fault);
                }
            }
        }
        if (kind.family() == MessageFamily.TELEMETRY) {
            assertSameInOnePass(kind, body, result, tree);
        }
    }

    private static boolean isOursAlone(Fault fault, byte[] body) {
        return (fault.requirement() != null && OURS_ALONE.contains(fault.requirement()))
                || fault.reason() == Reason.TOO_LARGE
                || fault.detail().endsWith("is no whole number, or not written as one")
                || fault.detail().contains("byte order mark")
                // Jackson 2.21 takes a character whose low byte is a hexadecimal digit for that digit
                || (fault.detail().startsWith("\\u is not followed by") && !isAscii(body))
                // a leap second, or midnight as 24:00, which a schema's format may allow
                || (fault.detail().contains("is no time") && fault.detail().matches("(?s).*T(24:00|..:..:60).*"))
                || (fault.pointer().equals("/data") && new String(body, StandardCharsets.UTF_8).contains("secret"));
    }

    private static boolean isAscii(byte[] body) {
        for (byte b : body) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /// A pointer leads to something that is there, or to a member that is missing in something that is.
    private static void assertPointsAt(JsonNode tree, Fault fault) {
        String pointer = fault.pointer();
        if (!pointer.isEmpty() && tree.at(pointer).isMissingNode()) {
            String parent = pointer.substring(0, pointer.lastIndexOf('/'));
            assertTrue(tree.at(parent).isObject(), "points nowhere: " + fault.reasonString());
        }
    }

    private static void assertSameInOnePass(
            MessageKind kind, byte[] body, ReadResult<?> result, Optional<JsonNode> tree) throws Exception {
        TelemetryKind telemetry = TelemetryKind.find(kind.level()).orElseThrow();
        switch (Contract.receiveTelemetry(telemetry, body)) {
            case ReadResult.Valid<? extends JsonCodec.Kept<?>>(JsonCodec.Kept<?> kept) -> {
                assertEquals(((ReadResult.Valid<?>) result).value(), kept.value());
                JsonNode data = tree.orElseThrow().path("data");
                assertEquals(data, STRICT.readTree(kept.slice().minified()));
                assertEquals(data, STRICT.readTree(kept.slice().minifiedWithout(Set.of())));
            }
            case ReadResult.Invalid<? extends JsonCodec.Kept<?>>(Fault fault) ->
                assertEquals(((ReadResult.Invalid<?>) result).fault(), fault);
        }
    }

    private static Optional<JsonNode> parse(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonNode tree = STRICT.readTree(text);
            return Optional.of(Objects.requireNonNull(tree)).filter(node -> !node.isMissingNode());
        } catch (CharacterCodingException | JsonProcessingException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
