package kr.dolbom.risk.silence;

/// The bins after a given one, one by one, without those whose middle is in a blind time.
final class WatchedBins {
    private final BlindTimes blind;
    private int nextBlind;
    private long bin;

    WatchedBins(long after, BlindTimes blind) {
        this.bin = after;
        this.blind = blind;
    }

    long next() {
        bin++;
        while (nextBlind < blind.count()) {
            if (blind.from(nextBlind) > Bins.middle(bin)) {
                break;
            }
            long to = blind.to(nextBlind);
            if (to > Bins.middle(bin)) {
                long end = Bins.of(to);
                bin = Math.max(bin, to > Bins.middle(end) ? end + 1 : end);
            }
            nextBlind++;
        }
        return bin;
    }
}
