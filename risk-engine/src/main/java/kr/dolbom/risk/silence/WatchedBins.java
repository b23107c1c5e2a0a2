package kr.dolbom.risk.silence;

import java.util.List;

/// The bins after a given one, one by one, without those whose middle is in a blind time.
final class WatchedBins {
    private final List<BlindTimes.Span> blind;
    private int nextBlind;
    private long bin;

    WatchedBins(long after, List<BlindTimes.Span> blind) {
        this.bin = after;
        this.blind = blind;
    }

    long next() {
        bin++;
        while (nextBlind < blind.size()) {
            BlindTimes.Span span = blind.get(nextBlind);
            if (span.from().isAfter(Bins.middle(bin))) {
                break;
            }
            if (span.to().isAfter(Bins.middle(bin))) {
                long end = Bins.of(span.to());
                bin = Math.max(bin, span.to().isAfter(Bins.middle(end)) ? end + 1 : end);
            }
            nextBlind++;
        }
        return bin;
    }
}
