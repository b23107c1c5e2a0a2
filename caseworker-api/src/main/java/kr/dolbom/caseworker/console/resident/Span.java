package kr.dolbom.caseworker.console.resident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A time in which nobody can say how the resident was.
///
/// @param from its begin
/// @param to its end, after its begin
/// @param why why not
record Span(Instant from, Instant to, Why why) {

    /// Why a time says nothing.
    enum Why {
        /// The device alone was not heard.
        DEVICE_SILENT("device-silent"),
        /// An area's or a vendor's network.
        NETWORK_SILENT("network-silent"),
        /// Our own fault.
        PLATFORM_FAULT("platform-fault"),
        /// Nothing was heard, and nobody wrote down why.
        NO_RECORD("no-record"),
        /// Away from home.
        AWAY("away"),
        /// In hospital.
        HOSPITAL("hospital");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        /// As the database and the texts write it.
        String word() {
            return word;
        }

        /// Whether it is a monitoring gap, and not the resident who was elsewhere.
        boolean isGap() {
            return this != AWAY && this != HOSPITAL;
        }

        static Why get(String word) {
            for (Why why : values()) {
                if (why.word.equals(word)) {
                    return why;
                }
            }
            throw new IllegalArgumentException("no time is silent because of '%s'".formatted(word));
        }
    }

    /// How much of a time lies in any of these; where two overlap it counts once.
    static Duration overlap(List<Span> spans, Instant from, Instant to) {
        Duration sum = Duration.ZERO;
        Instant done = from;
        for (Span span : spans) {
            Instant begin = span.from.isBefore(done) ? done : span.from;
            Instant end = span.to.isAfter(to) ? to : span.to;
            if (begin.isBefore(end)) {
                sum = sum.plus(Duration.between(begin, end));
                done = end;
            }
        }
        return sum;
    }
}
