package kr.dolbom.broker.ingest;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;

/// What a device is told about a message.
public sealed interface Answer {
    /// It is stored: success.
    record Stored() implements Answer {}

    /// It is refused for good, and stands in quarantine. MQTT 3.1.1 has no such answer: there the
    /// connection is closed.
    ///
    /// @param code   the PUBACK's
    /// @param reason its reason string
    record Refused(AckReasonCode code, String reason) implements Answer {}

    /// No answer. The connection is closed, and what was not acknowledged is sent again over the next.
    ///
    /// @param code   the DISCONNECT's
    /// @param reason its reason string
    record Close(DisconnectReasonCode code, String reason) implements Answer {}
}
