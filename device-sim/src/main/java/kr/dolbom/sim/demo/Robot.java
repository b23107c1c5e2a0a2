package kr.dolbom.sim.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.sim.device.DeviceListener;

/// Hears what one robot says and asks. Safe for use by many threads.
final class Robot implements DeviceListener {
    /// Something heard.
    ///
    /// @param at when
    /// @param text the words; for an answer its wire name
    record Heard(Kind kind, Instant at, String text) {}

    /// What was heard.
    enum Kind {
        /// The robot says something.
        SAYS,
        /// The robot asks the resident.
        ASKS,
        /// The resident answers, or does not.
        ANSWER
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Heard> heard = new ArrayList<>();

    @Override
    public void said(String text) {
        add(new Heard(Kind.SAYS, Instant.now(), text));
    }

    @Override
    public void asked(String question, int time) {
        add(new Heard(Kind.ASKS, Instant.now(), question));
    }

    @Override
    public void answered(CheckInAnswer answer) {
        add(new Heard(Kind.ANSWER, Instant.now(), answer.answer().name()));
    }

    /// The first thing heard that fits, since the moment given.
    Heard await(String what, Instant since, Duration limit, Predicate<Heard> fits) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<Heard> found = heard.stream()
                        .filter(one -> !one.at().isBefore(since))
                        .filter(fits)
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                if (left <= 0) {
                    throw new StepFailedException(
                            "%s did not come within %d s; heard so far: %s".formatted(what, limit.toSeconds(), heard));
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(Heard one) {
        lock.lock();
        try {
            heard.add(one);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
