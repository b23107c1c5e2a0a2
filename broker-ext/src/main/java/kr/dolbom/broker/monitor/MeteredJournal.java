package kr.dolbom.broker.monitor;

import java.util.concurrent.CompletableFuture;
import kr.dolbom.broker.journal.Entry;
import kr.dolbom.broker.journal.Journal;
import kr.dolbom.broker.journal.Receipt;
import kr.dolbom.contract.Reason;
import org.jspecify.annotations.Nullable;

/// A journal that counts what is handed to another one and what that one answers.
public final class MeteredJournal implements Journal {
    private final Journal journal;
    private final BrokerMetrics metrics;
    private final Held held = new Held();

    /// Counts for a journal.
    public MeteredJournal(Journal journal, BrokerMetrics metrics) {
        this.journal = journal;
        this.metrics = metrics;
        metrics.held(held);
    }

    @Override
    public CompletableFuture<Receipt> append(Entry entry) {
        CompletableFuture<Receipt> answer = journal.append(entry);
        Held.Waiting waiting = held.begin(size(entry));
        return answer.whenComplete((receipt, failure) -> {
            metrics.answered(waiting.end());
            count(entry, receipt);
        });
    }

    private void count(Entry entry, @Nullable Receipt receipt) {
        switch (entry) {
            case Entry.Presence presence -> {}
            case Entry.Overtook overtook -> {}
            case Entry.Message message -> {
                switch (receipt) {
                    case null -> metrics.busy();
                    case Receipt.Busy busy -> metrics.busy();
                    case Receipt.Stored stored ->
                        metrics.accepted(message.message().kind());
                    case Receipt.Unstorable unstorable -> metrics.rejected(Reason.SCHEMA_VIOLATION);
                }
            }
            case Entry.Refusal refusal -> {
                switch (receipt) {
                    case null -> metrics.busy();
                    case Receipt.Busy busy -> metrics.busy();
                    case Receipt.Stored stored ->
                        metrics.rejected(refusal.fault().reason());
                    case Receipt.Unstorable unstorable ->
                        metrics.rejected(refusal.fault().reason());
                }
            }
        }
    }

    private static int size(Entry entry) {
        return switch (entry) {
            case Entry.Message message -> message.data().length;
            case Entry.Refusal refusal -> refusal.payload().length;
            case Entry.Presence presence -> 0;
            case Entry.Overtook overtook -> 0;
        };
    }
}
