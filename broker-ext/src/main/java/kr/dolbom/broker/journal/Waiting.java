package kr.dolbom.broker.journal;

import java.util.concurrent.CompletableFuture;

/// An entry that is not answered yet.
///
/// @param entry      what is to be kept
/// @param addedNanos since when, by [System#nanoTime()]
/// @param answer     what became of it
record Waiting(Entry entry, long addedNanos, CompletableFuture<Receipt> answer) {
    Waiting(Entry entry) {
        this(entry, System.nanoTime(), new CompletableFuture<>());
    }

    /// Roughly what it takes in memory.
    int bytes() {
        return 500
                + switch (entry) {
                    case Entry.Message message -> message.data().length;
                    case Entry.Refusal refusal -> refusal.payload().length;
                    case Entry.Presence presence -> 0;
                };
    }

    /// Says that it waited too long, unless it is a presence or answered already.
    void giveUp(String why) {
        if (!(entry instanceof Entry.Presence)) {
            answer.complete(new Receipt.Busy(why));
        }
    }
}
