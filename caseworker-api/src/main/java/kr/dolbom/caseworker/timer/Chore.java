package kr.dolbom.caseworker.timer;

import java.time.Duration;

/// Something that is done again and again, by one instance at a time, after a restart too. One that
/// fails is done again at its next time.
public interface Chore {
    /// By which it is known in the database; never changed.
    String name();

    /// How long after its end it is done again.
    Duration pause();

    /// Does it.
    void run();
}
