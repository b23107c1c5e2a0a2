package kr.dolbom.sim.phone.line;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The status callbacks of one call or text, one after the other, bent by the rules of the day. Guarded
/// by the network's lock; sending itself happens outside it.
final class CallbackLane {
    private final Webhooks webhooks;
    private final Supplier<CallbackRules> rules;
    private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);
    private @Nullable Runnable held;

    CallbackLane(Webhooks webhooks, Supplier<CallbackRules> rules) {
        this.webhooks = webhooks;
        this.rules = rules;
    }

    /// Queues one callback, unless it gets lost.
    ///
    /// @param status what it tells, as Twilio writes it
    /// @param last whether none will follow, so that one held back for swapping must go now
    void add(Callback target, Map<String, String> parameters, String status, boolean last) {
        String token = UUID.randomUUID().toString();
        Runnable send =
                rules.get().lost().contains(status) ? () -> {} : () -> webhooks.notify(target, parameters, token);
        if (rules.get().swapped() && held == null && !last) {
            held = send;
            return;
        }
        queue(send);
        if (held != null) {
            queue(held);
            held = null;
        }
    }

    private void queue(Runnable send) {
        CallbackRules now = rules.get();
        for (int copy = 0; copy < now.copies(); copy++) {
            tail = tail.thenRunAsync(send, executor(now));
        }
    }

    private static Executor executor(CallbackRules rules) {
        Executor virtual = Thread.ofVirtual().name("callback")::start;
        return rules.delay().isZero()
                ? virtual
                : CompletableFuture.delayedExecutor(rules.delay().toMillis(), TimeUnit.MILLISECONDS, virtual);
    }
}
