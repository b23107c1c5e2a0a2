package kr.dolbom.risk.evaluate;

import java.time.Duration;

/// A baseline: the same limit for everybody at every hour, as smart plugs and pendants have it.
final class FixedTimer extends TimerWatcher {
    private final long limit;

    FixedTimer(Duration limit) {
        this.limit = limit.toSeconds();
    }

    @Override
    long limitSeconds(long silentSince) {
        return limit;
    }

    @Override
    public long earliest() {
        return silentSince() + limit;
    }
}
