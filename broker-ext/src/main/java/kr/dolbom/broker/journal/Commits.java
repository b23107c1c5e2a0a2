package kr.dolbom.broker.journal;

import java.time.Duration;

/// Whoever wants to know what the journal committed. It is told after the commit and before the answers;
/// it must not throw, nor wait.
public interface Commits {
    /// One transaction.
    ///
    /// @param entries how many entries it held
    /// @param quarantineRows how many of them now stand in quarantine
    /// @param quarantineCountedOnly how many refused messages were counted and not kept, as their device
    ///     has enough
    ///     in quarantine
    /// @param took from its first statement to its end
    void committed(int entries, int quarantineRows, int quarantineCountedOnly, Duration took);
}
