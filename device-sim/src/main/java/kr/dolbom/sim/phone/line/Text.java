package kr.dolbom.sim.phone.line;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A text message as it stands at one moment.
///
/// @param sid `SM` and 32 hexadecimal digits
/// @param from sender
/// @param to receiver
/// @param body the words
/// @param status how far it came
/// @param createdAt when the API accepted it
/// @param updatedAt when the status last changed
/// @param sentAt when it went to the carrier; null before
/// @param errorCode Twilio's error, such as 30003; null for none
public record Text(
        String sid,
        String from,
        String to,
        String body,
        TextStatus status,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant sentAt,
        @Nullable Integer errorCode) {
    private static final Charset KOREAN_CARRIERS = Charset.forName("EUC-KR");

    /// Bytes as Korean carriers count them (90 make one short message), or empty when the body has a
    /// character that they cannot show.
    public OptionalInt carrierBytes() {
        try {
            ByteBuffer bytes = KOREAN_CARRIERS.newEncoder().encode(CharBuffer.wrap(body));
            return OptionalInt.of(bytes.remaining());
        } catch (CharacterCodingException e) {
            return OptionalInt.empty();
        }
    }
}
