package kr.dolbom.broker.journal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;

/// What a journal keeps.
@SuppressWarnings("ArrayRecordComponent") // entries are never compared, and the bytes never changed
public sealed interface Entry {
    /// A valid message.
    ///
    /// @param origin         the device and topic it came from
    /// @param residentNumber to whom the device was bound on receipt; null: to nobody
    /// @param messageId      with the device the idempotency key
    /// @param at             when it happened
    /// @param deviceTime     what the device's clock said; null: `at`
    /// @param receivedAt     the broker's clock
    /// @param sequence       the device's count of its messages
    /// @param message        the `data` member as the contract reads it
    /// @param data           the `data` member as it is stored, by
    ///     [kr.dolbom.contract.compact.CompactJson]
    record Message(
            Origin origin,
            @Nullable Integer residentNumber,
            UUID messageId,
            OffsetDateTime at,
            @Nullable OffsetDateTime deviceTime,
            Instant receivedAt,
            long sequence,
            Telemetry message,
            byte[] data)
            implements Entry {
        /// Cuts the device's time to what the database keeps, however it is written: a message that is
        /// sent again must meet itself.
        public Message {
            at = at.truncatedTo(ChronoUnit.MICROS);
            deviceTime = deviceTime == null ? null : deviceTime.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /// An emergency that is stored already: it overtook its device's other messages, and is counted in
    /// its place among them.
    record Overtook(Message message) implements Entry {}

    /// A refused message, for quarantine.
    ///
    /// @param origin     the device and topic it came from
    /// @param receivedAt the broker's clock
    /// @param fault      why it was refused
    /// @param payload    its body, as far as it may be kept
    record Refusal(Origin origin, Instant receivedAt, Fault fault, byte[] payload) implements Entry {}

    /// A device came or went. Never answered [Receipt.Busy]: it is kept for as long as the database is
    /// away.
    ///
    /// @param deviceNumber the database's number
    /// @param at           when
    /// @param connected    whether it came
    /// @param reason       why, in the words of `device_presence.reason`
    /// @param since        when the connection that ended had begun; null: it begins
    /// @param latest       whether this is how the device now is; false where an old connection ended
    ///     after a new began
    record Presence(
            int deviceNumber,
            Instant at,
            boolean connected,
            String reason,
            @Nullable Instant since,
            boolean latest) implements Entry {}

    /// Where a message came from.
    ///
    /// @param deviceNumber the database's number
    /// @param deviceId     the client id
    /// @param topic        as it was published
    /// @param flow         its connection's
    record Origin(int deviceNumber, String deviceId, String topic, Flow flow) {}
}
