package kr.dolbom.caseworker.readiness;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a coming shift is not ready.
///
/// @param kind what is wrong
/// @param about what it is about; the same as long as it is the same trouble
/// @param from when nobody, or one fewer, would be reached; null where that is far ahead or not so
/// @param values fill the places of the texts `notice-kind.…`
record Trouble(Kind kind, String about, @Nullable Instant from, List<String> values) {

    /// What can be wrong.
    enum Kind {
        /// Nobody who can be called is on call at some time of the next 24 hours.
        GAP("shift-gap"),
        /// One phone alone would ring at some time of the next 24 hours.
        SINGLE("shift-single"),
        /// Somebody on call within the next 24 hours has a number that cannot be used.
        NUMBER("shift-number-unusable"),
        /// Somebody on call within the next 24 hours did not pick up the last test ring.
        TEST_RING("shift-test-ring-failed"),
        /// Nobody is on call at some later time of the month.
        MONTH_GAP("roster-gap"),
        /// One person alone is on call at some later time of the month.
        MONTH_SINGLE("roster-single");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// As notices name it.
        String word() {
            return word;
        }

        /// The one that notices name so.
        static Optional<Kind> find(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst();
        }
    }
}
