package kr.dolbom.broker.journal;

import java.util.concurrent.CompletableFuture;

/// Keeps entries for good. Its promises:
///
/// - The answer [Receipt.Stored] is given only after the entry is on disk.
/// - A message that is appended again is kept once.
/// - Entries of one device are kept in the order in which they were appended, but an emergency waits for nothing
///   else.
/// - Once an entry was answered [Receipt.Busy], every later one of its [flow][Flow] is, so that what the device sends
///   again comes in its order. An emergency is kept all the same, whenever it can be.
/// - Every entry is answered within the journal's time limit; the answer is never an exception.
///
/// `JournalContractTest` holds an implementation to them. A Kafka topic keyed by device could be
/// another: it would answer [Receipt.Stored] when all replicas that must have a record have it
/// (`acks=all`), with one request in flight or an idempotent producer for the order of a device, a
/// second topic for emergencies, a reader that drops what has the same device and message id, and
/// refusals and presences as records of their own.
///
/// Safe for use by many threads; no call waits.
public interface Journal {
    /// Hands an entry over.
    CompletableFuture<Receipt> append(Entry entry);
}
