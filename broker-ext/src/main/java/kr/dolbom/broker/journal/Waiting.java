package kr.dolbom.broker.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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

    /// The number of the device that sends this again when it is told to; null where nobody would.
    @Nullable Integer sender() {
        return switch (entry) {
            case Entry.Message message -> message.origin().deviceNumber();
            case Entry.Refusal refusal -> refusal.origin().deviceNumber();
            case Entry.Presence presence -> null;
            case Entry.Overtook overtook -> null;
        };
    }

    /// Says that it waited too long, unless nobody would send it again or it is answered already.
    void giveUp(String why) {
        if (sender() != null) {
            answer(new Receipt.Busy(why));
        }
    }
}
