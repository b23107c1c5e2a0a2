package kr.dolbom.caseworker.response;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what waits in a line of the database, one after another, and sends each on a thread of its own, so many at a
/// time. What an instance left behind that was killed is taken as well. Safe for use by many threads.
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    /// How often is looked for what an instance left behind.
    static final Duration IDLE = Duration.ofSeconds(1);

    /// Whose turn it is.
    ///
    /// @param pause how long to wait before the next, unless the line grows
    /// @param outgoing what is to be sent now; null for nothing
    record Turn(Duration pause, @Nullable Outgoing outgoing) {}

    private final String name;
    private final Supplier<Turn> next;
    private final Consumer<Outgoing> sender;
    private final Semaphore free;
    private final Semaphore hasGrown = new Semaphore(0);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread taker;
    private volatile boolean closed;

    /// @param name for its thread and the log
    /// @param atATime how many are sent at the same time
    /// @param next takes the next one out of the line and commits that
    /// @param sender sends it
    Line(String name, int atATime, Supplier<Turn> next, Consumer<Outgoing> sender) {
        this.name = name;
        this.free = new Semaphore(atATime);
        this.next = next;
        this.sender = sender;
        this.taker = Thread.ofVirtual().name(name).unstarted(this::takeForEver);
    }

    void start() {
        taker.start();
    }

    /// Has it looked at now.
    void grow() {
        hasGrown.release();
    }

    private void takeForEver() {
        try {
            while (!closed) {
                free.acquire();
                Duration pause = IDLE;
                try {
                    pause = takeNext();
                } catch (RuntimeException e) {
                    LOG.error("Nothing can be taken out of the line for the moment line={}", name, e);
                }
                if (hasGrown.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    hasGrown.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            // The program ends.
        }
    }

    /// With the permit that was acquired for it.
    private Duration takeNext() {
        boolean isUsed = false;
        try {
            Turn turn = next.get();
            Outgoing outgoing = turn.outgoing();
            if (outgoing != null) {
                threads.execute(() -> send(outgoing));
                isUsed = true;
            }
            return turn.pause();
        } finally {
            if (!isUsed) {
                free.release();
            }
        }
    }

    private void send(Outgoing outgoing) {
        try {
            sender.accept(outgoing);
        } catch (RuntimeException e) {
            // The step's timer and the provider's own reports, which name the attempt, go on without us.
            LOG.error("What became of a message or a call could not be noted message={}", outgoing, e);
        } finally {
            free.release();
        }
    }

    /// Takes nothing more from now on.
    void stop() {
        closed = true;
        hasGrown.release();
    }

    /// Waits for a while for what is on its way.
    void awaitEnd() throws InterruptedException {
        // It is not torn from what it has just taken.
        if (taker.isAlive() && !taker.join(LAST_WORDS)) {
            taker.interrupt();
        }
        threads.shutdown();
        if (!threads.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("Some messages or calls were still on their way line={}", name);
        }
    }
}
