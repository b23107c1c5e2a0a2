package kr.dolbom.broker;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/// Bodies of messages, with apostrophes for quotation marks.
final class Bodies {
    static final String ACTIVITY =
            "{'windowSeconds':600,'counts':[{'sensor':'motion','room':'lounge','count':4,'lastSecondsBefore':35}]}";
    static final String SOS = "{'trigger':'sos-button'}";
    static final String STATUS =
            "{'state':'birth','firmware':'2.4.1','contract':'1.0','batteryPercent':81,'onMains':true}";
    static final String OFFLINE = "{'state':'offline','firmware':'2.4.1','contract':'1.0'}";

    private Bodies() {}

    static byte[] message(int seq, String data) {
        return message(UUID.randomUUID(), seq, data);
    }

    /// A message of now.
    static byte[] message(UUID id, int seq, String data) {
        return message(id, Instant.now(), seq, data);
    }

    static byte[] message(UUID id, Instant time, int seq, String data) {
        OffsetDateTime inKorea = time.atOffset(ZoneOffset.ofHours(9));
        return bytes("{'id':'%s','time':'%s','seq':%d,'data':%s}".formatted(id, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(inKorea), seq, data));
    }

    static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
