package kr.dolbom.broker.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import kr.dolbom.broker.journal.Entry;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.compact.CompactJson;
import kr.dolbom.contract.telemetry.TelemetryKind;

/// What may be stored of a resident's words: nothing, unless the resident agreed.
final class Privacy {
    private static final Set<String> WORDS = Set.of("transcript");
    private static final String WITHHELD = "the body is not kept, as the resident has not agreed to transcripts";

    private Privacy() {}

    /// The `data` member of a valid body as it is stored, without a transcript that nobody agreed to.
    static byte[] data(Device device, byte[] body) {
        return CompactJson.encode(Contract.rawData(body, device.transcriptConsent() ? Set.of() : WORDS));
    }

    /// A refused message for quarantine. A body that may hold words cannot be relied on to show where they are, so
    /// it is not kept at all, nor is a parser's message that may quote it.
    static Entry.Refusal refusal(
            Entry.Origin origin, Instant now, Fault fault, Device device, TelemetryKind kind, byte[] body) {
        if (device.transcriptConsent() || !mayHoldWords(kind, body)) {
            return new Entry.Refusal(origin, now, fault, body);
        }
        Fault kept = fault.reason() == Reason.MALFORMED_JSON
                ? new Fault(fault.reason(), fault.pointer(), WITHHELD)
                : new Fault(fault.reason(), fault.pointer(), fault.detail() + " (" + WITHHELD + ")");
        return new Entry.Refusal(origin, now, kept, new byte[0]);
    }

    private static boolean mayHoldWords(TelemetryKind kind, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return kind == TelemetryKind.VOICE || WORDS.stream().anyMatch(text::contains);
    }
}
