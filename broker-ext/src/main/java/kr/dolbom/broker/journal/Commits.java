package kr.dolbom.broker.journal;

import java.time.Duration;

/// Whoever wants to know what the journal committed. It is told after the commit and before the answers;
/// it must not throw, nor wait.
@FunctionalInterface
public interface Commits {
    /// One transaction.
    ///
    /// @param entries         how many entries it held
    /// @param quarantined     how many of them now stand in quarantine
    /// @param countedOnly     how many refused messages were counted and not kept, as there is enough in
    ///     quarantine
    /// @param commandsAnswered how many commands have their answer now
    record Commit(int entries, int quarantined, int countedOnly, int commandsAnswered) {}

    /// A transaction has been committed.
    ///
    /// @param took from its first statement to its end
    void committed(Commit commit, Duration took);
}
