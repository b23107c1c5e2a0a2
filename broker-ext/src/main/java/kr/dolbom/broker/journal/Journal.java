package kr.dolbom.broker.journal;

import java.util.concurrent.CompletableFuture;

/// Keeps entries for good. Its promises:
///
/// - The answer [Receipt.Stored] is given only after the entry is on disk.
/// - A message that is appended again is kept once.
/// - Entries of one device are kept in the order in which they were appended, but an emergency waits for nothing
///   else.
/// - Every entry is answered within the journal's time limit; the answer is never an exception.
///
/// Safe for use by many threads; no call waits.
public interface Journal {
    /// Hands an entry over.
    CompletableFuture<Receipt> append(Entry entry);
}
