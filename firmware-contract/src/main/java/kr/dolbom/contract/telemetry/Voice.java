package kr.dolbom.contract.telemetry;

import static kr.dolbom.contract.json.Field.optional;
import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.decimal;
import static kr.dolbom.contract.json.JsonTypes.integer;
import static kr.dolbom.contract.json.JsonTypes.listOf;
import static kr.dolbom.contract.json.JsonTypes.oneOf;
import static kr.dolbom.contract.json.JsonTypes.string;

import java.util.List;
import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;
import org.jspecify.annotations.Nullable;

/// What was recognised in speech since the last such message. Never audio.
///
/// @param codes what was recognised, at most 32
/// @param turns how often the resident spoke, 0 to 10000
/// @param talkSeconds how long the resident spoke, 0 to 86400
/// @param emotions shares of the talk, at most 8; they need not sum to 1
/// @param transcript the words, 1 to 2000 characters; kept only with the resident's consent
public record Voice(
        List<Code> codes,
        long turns,
        long talkSeconds,
        List<Emotion> emotions,
        @Nullable String transcript) implements Telemetry {
    private static final Field<Voice, List<Code>> CODES = required(
                    "codes", listOf(Code.TYPE, 0, 32), Voice::codes, "What was recognised.")
            .rule("DC-VOI-001");
    private static final Field<Voice, Long> TURNS = required(
                    "turns", integer(0, 10_000), Voice::turns, "How often the resident spoke.")
            .rule("DC-VOI-004");
    private static final Field<Voice, Long> TALK_SECONDS = required(
                    "talkSeconds", integer(0, 86_400), Voice::talkSeconds, "How long the resident spoke.")
            .rule("DC-VOI-005");
    private static final Field<Voice, List<Emotion>> EMOTIONS = optional(
                    "emotions", listOf(Emotion.TYPE, 0, 8), Voice::emotions, "Shares of the talk.")
            .rule("DC-VOI-006");
    private static final Field<Voice, String> TRANSCRIPT = optional(
                    "transcript",
                    string(1, 2000),
                    Voice::transcript,
                    "The words; kept only with the resident's consent.")
            .rule("DC-VOI-009");

    static final ObjectType<Voice> TYPE = ObjectType.object(
            "What was recognised in speech. Never audio.",
            v -> {
                List<Emotion> emotions = v.find(EMOTIONS);
                return new Voice(
                        v.get(CODES),
                        v.get(TURNS),
                        v.get(TALK_SECONDS),
                        emotions == null ? List.of() : emotions,
                        v.find(TRANSCRIPT));
            },
            CODES,
            TURNS,
            TALK_SECONDS,
            EMOTIONS,
            TRANSCRIPT);

    /// Copies the lists.
    public Voice {
        codes = List.copyOf(codes);
        emotions = List.copyOf(emotions);
    }

    @Override
    public TelemetryKind kind() {
        return TelemetryKind.VOICE;
    }

    /// Something recognised.
    ///
    /// @param intent what it means
    /// @param confidence 0 to 1
    public record Code(Intent intent, double confidence) {
        private static final Field<Code, Intent> INTENT = required(
                        "intent", oneOf(Intent.class), Code::intent, "What it means.")
                .rule("DC-VOI-002");
        private static final Field<Code, Double> CONFIDENCE = required(
                        "confidence", decimal(0, 1), Code::confidence, "How sure the device is.")
                .rule("DC-VOI-003");

        static final ObjectType<Code> TYPE = ObjectType.object(
                "Something recognised.", v -> new Code(v.get(INTENT), v.get(CONFIDENCE)), INTENT, CONFIDENCE);
    }

    /// What words can mean to us. A call for help is an [Emergency], not a code.
    public enum Intent {
        /// Any talk.
        CONVERSATION,
        /// Words of pain.
        PAIN,
        /// Words of distress or despair.
        DISTRESS,
        /// Words of loneliness.
        LONELINESS,
        /// Asks for meals, a visit or other welfare help.
        WELFARE_REQUEST
    }

    /// A share of the talk with one emotion.
    ///
    /// @param feeling which
    /// @param share 0 to 1
    public record Emotion(Feeling feeling, double share) {
        private static final Field<Emotion, Feeling> FEELING = required(
                        "feeling", oneOf(Feeling.class), Emotion::feeling, "Which.")
                .rule("DC-VOI-007");
        private static final Field<Emotion, Double> SHARE = required(
                        "share", decimal(0, 1), Emotion::share, "Share of the talk.")
                .rule("DC-VOI-008");

        static final ObjectType<Emotion> TYPE = ObjectType.object(
                "A share of the talk with one emotion.",
                v -> new Emotion(v.get(FEELING), v.get(SHARE)),
                FEELING,
                SHARE);
    }

    /// Emotions that devices tell apart.
    public enum Feeling {
        /// Joy.
        JOY,
        /// Sadness.
        SADNESS,
        /// Anger.
        ANGER,
        /// Fear.
        FEAR,
        /// None of them.
        NEUTRAL
    }
}
