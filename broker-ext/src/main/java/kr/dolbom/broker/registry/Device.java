package kr.dolbom.broker.registry;

import java.util.List;
import kr.dolbom.contract.topic.DeviceId;
import org.jspecify.annotations.Nullable;

/// A device as the registry has it.
///
/// @param number            the database's own number
/// @param id                its public name
/// @param residentNumber    to whom it is bound; null: to nobody
/// @param transcriptConsent whether that resident agreed that words are stored
/// @param revoked           whether it may not connect any more
/// @param credentials       any of which proves that it is this device
public record Device(
        int number,
        DeviceId id,
        @Nullable Integer residentNumber,
        boolean transcriptConsent,
        boolean revoked,
        List<Credential> credentials) {
    /// Copies the credentials.
    public Device {
        credentials = List.copyOf(credentials);
    }
}
