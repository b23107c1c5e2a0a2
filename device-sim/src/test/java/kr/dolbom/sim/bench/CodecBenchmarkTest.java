package kr.dolbom.sim.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CodecBenchmarkTest {
    @Test
    void bothSidesReadTheSameMessagesOfAbout250Bytes() throws Exception {
        CodecBenchmark benchmark = new CodecBenchmark();

        benchmark.prepare();

        assertEquals("activity", benchmark.codec().value().data().kind().wireName(), "what the messages are");
        for (byte[] body : CodecBenchmark.bodies()) {
            assertTrue(body.length >= 250 && body.length <= 300, body.length + " bytes");
        }
    }
}
