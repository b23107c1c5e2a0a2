package kr.dolbom.sim.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What it takes to make a record of an activity message and to know that it is valid. The messages go
/// round, so that no processor learns one of them by heart.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    static final int MESSAGES = 64;

    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    Contract.schemas().stream()
                            .filter(each -> each.name().equals("telemetry.activity"))
                            .findFirst()
                            .orElseThrow()
                            .json(),
                    SchemaValidatorsConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build());
    private List<byte[]> bodies = List.of();
    private int next;

    /// Made by JMH.
    public CodecBenchmark() {}

    /// Makes the messages, and has both read each of them.
    @Setup
    public void prepare() throws IOException {
        bodies = bodies();
        for (int i = 0; i < MESSAGES; i++) {
            TelemetryMessage ours = codec().value();
            next--;
            Bound theirs = databindAndNetworknt();
            if (!ours.id().equals(theirs.id())) {
                throw new IllegalStateException("the two read different messages");
            }
        }
    }

    static List<byte[]> bodies() {
        ActivityBodies bodies = new ActivityBodies(1);
        Instant start = Instant.parse("2026-03-01T00:00:00.123Z");
        return Stream.iterate(start, time -> time.plusMillis(61_007))
                .limit(MESSAGES)
                .map(time -> bodies.next(time).body())
                .toList();
    }

    /// Ours: the record, every member validated, and where its `data` stands.
    @Benchmark
    public JsonCodec.Kept<TelemetryMessage> codec() {
        return Contract.receiveTelemetry(TelemetryKind.ACTIVITY, body()).orElseThrow();
    }

    /// Theirs: a tree, validated by the same JSON Schema, and a record of it.
    @Benchmark
    public Bound databindAndNetworknt() throws IOException {
        JsonNode tree = mapper.readTree(body());
        if (!schema.validate(tree).isEmpty()) {
            throw new IllegalStateException("the message is valid");
        }
        return mapper.treeToValue(tree, Bound.class);
    }

    private byte[] body() {
        next = (next + 1) & (MESSAGES - 1);
        return bodies.get(next);
    }

    /// An activity message as Jackson binds it without further modules.
    public record Bound(UUID id, String time, long seq, Data data) {
        /// Its `data`.
        public record Data(long windowSeconds, List<Count> counts) {}

        /// One of its counts.
        public record Count(
                String sensor,
                String room,
                long count,
                @Nullable Long lastSecondsBefore) {}
    }
}
