package kr.dolbom.sim.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kr.dolbom.sim.device.Backfill;

/// Thirty days of buffered history of several homes at once, with progress.
final class History {
    private static final Duration LENGTH = Duration.ofDays(30);

    private final Narrator narrator;
    private final long beganNanos = System.nanoTime();
    private final Map<Home, Backfill.Progress> progress = new ConcurrentHashMap<>();
    private final List<CompletableFuture<Backfill.Outcome>> outcomes = new ArrayList<>();
    private long messages;
    private double seconds;

    History(Narrator narrator) {
        this.narrator = narrator;
    }

    /// Begins to send a home's history until a moment.
    void send(Home home, Instant until) {
        outcomes.add(home.connectAndSendHistory(until.minus(LENGTH), until, now -> {
            progress.put(home, now);
            tellProgress();
        }));
    }

    /// Waits until the broker has acknowledged all of it.
    ///
    /// @throws StepFailedException where it refused a message
    History await(Duration limit) throws InterruptedException {
        try {
            CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                    .get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StepFailedException("The history was not acknowledged within %d s".formatted(limit.toSeconds()));
        } catch (ExecutionException e) {
            throw new StepFailedException("The history was not sent: " + e.getCause());
        }
        narrator.endProgress();
        seconds = (System.nanoTime() - beganNanos) / 1e9;
        long refused = 0;
        for (CompletableFuture<Backfill.Outcome> outcome : outcomes) {
            messages += outcome.join().accepted();
            refused += outcome.join().refused();
        }
        if (refused > 0) {
            throw new StepFailedException("The broker refused %d messages of history".formatted(refused));
        }
        return this;
    }

    long messages() {
        return messages;
    }

    long messagesPerSecond() {
        return Math.round(messages / seconds);
    }

    private void tellProgress() {
        double share =
                progress.values().stream().mapToDouble(Backfill.Progress::share).sum() / Math.max(1, outcomes.size());
        long accepted = progress.values().stream()
                .mapToLong(Backfill.Progress::accepted)
                .sum();
        narrator.progress("history-progress", share, accepted);
    }
}
