package kr.dolbom.sim.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Waits for a fact that another program shows.
final class Await {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private Await() {}

    /// A look at the fact: empty while it is not there.
    @FunctionalInterface
    interface Look<T> {
        /// Looks once.
        Optional<T> look() throws InterruptedException;
    }

    /// @param what completes the sentence "… did not come within 10 s"
    static <T> T until(String what, Duration limit, Look<T> look) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> found = look.look();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > deadline) {
                throw new StepFailedException("%s did not come within %d s".formatted(what, limit.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        }
    }
}
