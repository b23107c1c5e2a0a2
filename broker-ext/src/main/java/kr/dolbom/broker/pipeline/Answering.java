package kr.dolbom.broker.pipeline;

import io.netty.util.concurrent.EventExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets connections answer in their own threads. A commit answers messages of many connections, of
/// which many share a
/// thread: that is woken once for all of them. Safe for use by many threads.
final class Answering {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final ConcurrentMap<EventExecutor, Round> rounds = new ConcurrentHashMap<>();

    /// A connection that has answers to give.
    @FunctionalInterface
    interface Answerer {
        /// Gives them; in the connection's thread.
        void answer();
    }

    private static final class Round {
        private final Queue<Answerer> due = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean begun = new AtomicBoolean();
    }

    /// Lets a connection answer soon.
    void soon(EventExecutor thread, Answerer connection) {
        Round round = rounds.computeIfAbsent(thread, any -> new Round());
        round.due.add(connection);
        if (!round.begun.get() && round.begun.compareAndSet(false, true)) {
            thread.execute(() -> {
                // From here on whoever has answers begins another round.
                round.begun.set(false);
                for (Answerer next = round.due.poll(); next != null; next = round.due.poll()) {
                    try {
                        next.answer();
                    } catch (RuntimeException e) {
                        LOG.error("A connection could not be answered, others are", e);
                    }
                }
            });
        }
    }
}
