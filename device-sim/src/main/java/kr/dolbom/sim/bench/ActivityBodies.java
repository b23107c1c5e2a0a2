package kr.dolbom.sim.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// Activity messages of about 250 bytes, each with an id, a time and counts of its own. One for each
/// device; not safe for use by many threads. The same seed makes the same counts.
final class ActivityBodies {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneId.of("Asia/Seoul"));
    private static final List<String> ROOMS = List.of("lounge", "kitchen", "bedroom", "bathroom", "hallway");
    private static final List<String> SENSORS = List.of("motion", "door", "touch");

    private final SplittableRandom random;
    private long sequence;

    ActivityBodies(long seed) {
        random = new SplittableRandom(seed);
    }

    /// What a message says, without the envelope.
    record Message(UUID id, Instant time, long sequence, String data) {
        byte[] body() {
            return ("{\"id\":\"" + id + "\",\"time\":\"" + TIME.format(time) + "\",\"seq\":" + sequence + ",\"data\":"
                            + data + "}")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    Message next(Instant now) {
        StringBuilder data = new StringBuilder(160).append("{\"windowSeconds\":600,\"counts\":[");
        for (int i = 0; i < 2; i++) {
            data.append(i == 0 ? "" : ",")
                    .append("{\"sensor\":\"")
                    .append(SENSORS.get(random.nextInt(SENSORS.size())))
                    .append("\",\"room\":\"")
                    .append(ROOMS.get(random.nextInt(ROOMS.size())))
                    .append("\",\"count\":")
                    .append(1 + random.nextInt(20))
                    .append(",\"lastSecondsBefore\":")
                    .append(random.nextInt(600))
                    .append('}');
        }
        return new Message(id(now), now, ++sequence, data.append("]}").toString());
    }

    private UUID id(Instant now) {
        long high = now.toEpochMilli() << 16 | 0x7000L | random.nextInt(0x1000);
        return new UUID(high, random.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }
}
