package kr.dolbom.broker.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import kr.dolbom.contract.telemetry.Emergency;
import org.jspecify.annotations.Nullable;

/// An entry that is not answered yet.
///
/// @param entry      what is to be kept
/// @param addedNanos since when, by [System#nanoTime()]
/// @param answer     what became of it; given by [#answer(Receipt)] alone
/// @param load       counts it until then
record Waiting(Entry entry, long addedNanos, CompletableFuture<Receipt> answer, Load load) {
    Waiting(Entry entry, Load load) {
        this(entry, System.nanoTime(), new CompletableFuture<>(), load);
        load.entries.incrementAndGet();
        load.bytes.addAndGet(bytes());
    }

    /// What waits in one place. Safe for use by many threads.
    static final class Load {
        private final AtomicInteger entries = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();

        /// How many entries.
        int entries() {
            return entries.get();
        }

        /// Roughly what they take in memory.
        long bytes() {
            return bytes.get();
        }
    }

    private int bytes() {
        return 500
                + switch (entry) {
                    case Entry.Message message -> message.data().length;
                    case Entry.Refusal refusal -> refusal.payload().length;
                    case Entry.Presence presence -> 0;
                    case Entry.Overtook overtook -> 0;
                };
    }

    boolean isAnswered() {
        return answer.isDone();
    }

    /// Answers, unless that was done before.
    void answer(Receipt receipt) {
        if (answer.complete(receipt)) {
            load.entries.decrementAndGet();
            load.bytes.addAndGet(-bytes());
        }
    }

    /// Says that it will not be kept, and breaks its flow off, unless nobody would send it again or it is answered
    /// already.
    void giveUp(String why) {
        Flow flow = flow();
        if (flow != null && !isAnswered()) {
            flow.breakOff();
            answer(new Receipt.Busy(why));
        }
    }

    /// Whether it would overtake one that was given up.
    boolean isBehindOneGivenUp() {
        Flow flow = flow();
        boolean waitsForNothing = entry instanceof Entry.Message message && message.message() instanceof Emergency;
        return flow != null && flow.isBroken() && !waitsForNothing;
    }

    /// Null where nobody would send it again.
    private @Nullable Flow flow() {
        return switch (entry) {
            case Entry.Message message -> message.origin().flow();
            case Entry.Refusal refusal -> refusal.origin().flow();
            case Entry.Presence presence -> null;
            case Entry.Overtook overtook -> null;
        };
    }
}
