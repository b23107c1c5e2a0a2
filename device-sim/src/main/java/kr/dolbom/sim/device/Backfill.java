package kr.dolbom.sim.device;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.sim.home.Happening;
import org.jspecify.annotations.Nullable;

/// History that a device has buffered while it was offline: made message by message as the broker takes
/// them, so that a year costs no more memory than a day.
public final class Backfill implements Supplier<@Nullable Outgoing> {
    private static final long PROGRESS_EVERY = 250;

    private final Instant from;
    private final Instant to;
    private final Iterator<Happening> life;
    private final Recorder recorder;
    private final BiFunction<Instant, Telemetry, Outgoing> writer;
    private final Consumer<Progress> progress;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private final Deque<Outgoing> ready = new ArrayDeque<>();
    private boolean allRecorded;
    private boolean allTaken;
    private long taken;
    private long accepted;
    private long refused;

    /// How far it is.
    ///
    /// @param accepted how many messages the broker took
    /// @param refused how many it refused
    /// @param through the time of the message that it answered last
    /// @param share how much of the time span that is, 0 to 1
    public record Progress(long accepted, long refused, Instant through, double share) {}

    /// What came of it; every message was answered.
    ///
    /// @param accepted how many messages the broker took
    /// @param refused how many it refused
    public record Outcome(long accepted, long refused) {}

    Backfill(
            Iterator<Happening> life,
            Recorder recorder,
            Instant from,
            Instant to,
            BiFunction<Instant, Telemetry, Outgoing> writer,
            Consumer<Progress> progress) {
        this.life = life;
        this.recorder = recorder;
        this.from = from;
        this.to = to;
        this.writer = writer;
        this.progress = progress;
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    Recorder recorder() {
        return recorder;
    }

    /// The next message; null after the last.
    @Override
    public synchronized @Nullable Outgoing get() {
        Recorder.Sink sink = (time, data) -> ready.addLast(writer.apply(time, data));
        while (ready.isEmpty() && !allRecorded) {
            if (life.hasNext()) {
                recorder.notice(life.next(), sink);
            } else {
                recorder.flush(to, sink);
                allRecorded = true;
            }
        }
        Outgoing next = ready.pollFirst();
        if (next == null) {
            allTaken = true;
            endIfAnswered();
        } else {
            taken++;
            var _ = next.acknowledged().thenAccept(this::answered);
        }
        return next;
    }

    private synchronized void answered(Acknowledgement acknowledgement) {
        if (acknowledgement.accepted()) {
            accepted++;
        } else {
            refused++;
        }
        long answered = accepted + refused;
        if (answered % PROGRESS_EVERY == 0 || (answered == taken && allTaken)) {
            Instant through = acknowledgement.message().time().toInstant();
            double share = (double) Duration.between(from, through).toMillis()
                    / Math.max(1, Duration.between(from, to).toMillis());
            progress.accept(new Progress(accepted, refused, through, Math.clamp(share, 0.0, 1.0)));
        }
        endIfAnswered();
    }

    private void endIfAnswered() {
        if (allTaken && accepted + refused == taken) {
            outcome.complete(new Outcome(accepted, refused));
        }
    }
}
