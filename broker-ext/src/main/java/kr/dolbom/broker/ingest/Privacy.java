package kr.dolbom.broker.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import kr.dolbom.broker.journal.Entry;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.compact.CompactJson;
import kr.dolbom.contract.json.JsonSlice;
import kr.dolbom.contract.telemetry.TelemetryKind;

/// What may be stored of a resident's words: nothing, unless the resident agreed.
final class Privacy {
    private static final Set<String> WORDS = Set.of("transcript");
    private static final int LONGEST_RUN = 500;
    private static final String SOUND_WITHHELD = "the body is not kept, as it may be sound";
    private static final String WORDS_WITHHELD = "the body is not kept, as the resident has not agreed to transcripts";

    private Privacy() {}

    /// The `data` member of a valid body as it is stored, without a transcript that nobody agreed to.
    static byte[] data(Device device, JsonSlice data) {
        byte[] whole = data.minified();
        return CompactJson.encode(
                device.transcriptConsent() || !mayHaveWords(whole) ? whole : data.minifiedWithout(WORDS));
    }

    /// Whether some member's name may be that of words: it begins like it, or is written with escapes.
    private static boolean mayHaveWords(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\\'
                    || (json[i] == '"' && i + 2 < json.length && json[i + 1] == 't' && json[i + 2] == 'r')) {
                return true;
            }
        }
        return false;
    }

    /// A refused message for quarantine. A body that may hold words cannot be relied on to show where
    /// they are, so it is not kept at all, nor is a parser's message that may quote it; nor is one that
    /// may be sound.
    static Entry.Refusal refusal(
            Entry.Origin origin, Instant now, Fault fault, Device device, TelemetryKind kind, byte[] body) {
        if (fault.reason() == Reason.RAW_AUDIO) {
            return new Entry.Refusal(origin, now, fault, new byte[0]);
        }
        if (mayBeSound(body)) {
            return withheld(origin, now, fault, SOUND_WITHHELD);
        }
        if (!device.transcriptConsent() && mayHoldWords(kind, body)) {
            return withheld(origin, now, fault, WORDS_WITHHELD);
        }
        return new Entry.Refusal(origin, now, fault, body);
    }

    private static Entry.Refusal withheld(Entry.Origin origin, Instant now, Fault fault, String why) {
        String detail = fault.reason() == Reason.MALFORMED_JSON ? why : fault.detail() + " (" + why + ")";
        return new Entry.Refusal(
                origin, now, new Fault(fault.reason(), fault.pointer(), detail, fault.requirement()), new byte[0]);
    }

    /// Whether bytes are no text, or hold a long unbroken run of what base64 is made of. A body that was
    /// refused for another reason was not read to its end, so that the contract's own look for sound may
    /// not have come to it.
    private static boolean mayBeSound(byte[] body) {
        int run = 0;
        for (byte one : body) {
            boolean isControl = one >= 0 && one < ' ' && one != '\t' && one != '\n' && one != '\r';
            if (isControl) {
                return true;
            }
            run = isBase64(one) ? run + 1 : 0;
            if (run > LONGEST_RUN) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBase64(byte one) {
        return (one >= 'A' && one <= 'Z')
                || (one >= 'a' && one <= 'z')
                || (one >= '0' && one <= '9')
                || one == '+'
                || one == '/'
                || one == '-'
                || one == '_'
                || one == '\\';
    }

    private static boolean mayHoldWords(TelemetryKind kind, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return kind == TelemetryKind.VOICE || WORDS.stream().anyMatch(text::contains);
    }
}
