package kr.dolbom.risk.evaluate;

import kr.dolbom.contract.telemetry.Room;

/// A baseline: alarms some time after the last sign.
abstract class TimerWatcher implements Watcher {
    private static final long NEVER = Long.MIN_VALUE;
    private long since = NEVER;
    private boolean isInterrupted;

    /// How long a silence may last that began then.
    abstract long limitSeconds(long silentSince);

    /// A silence has ended; not called where it was interrupted by a blind time.
    void learn(long from, long to) {}

    @Override
    public final void blind(long from, long to) {
        since = to;
        isInterrupted = true;
    }

    @Override
    public final void seen(long at, Room room) {
        if (since != NEVER && !isInterrupted && at > since) {
            learn(since, at);
        }
        isInterrupted = false;
        since = at;
    }

    @Override
    public final long silentSince() {
        return since;
    }

    @Override
    public long earliest() {
        return since;
    }

    @Override
    public final long urgent(long now) {
        return since + limitSeconds(since);
    }
}
