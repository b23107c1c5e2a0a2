package kr.dolbom.risk.family.night;

import kr.dolbom.risk.family.measure.Day;

/// The eight hours of a day in which a home was quietest. After the least active five hours, L5, of E.
/// J. W. Van Someren et al.: "Bright light therapy: improved sensitivity to its effects on
/// rest-activity rhythms", Chronobiology Int. 16, 1999; eight hours since their middle differs less
/// from night to night in recorded homes (1.16 h against 1.48 h).
///
/// @param from the first bin of the day; where several spans are equally quiet, of the middle one
record QuietHours(int from) {
    static final int LENGTH = 8 * 6;

    /// Somebody who is up all night may rest by day, but not before the afternoon is over.
    private static final int EARLIEST = 4 * 6;

    static QuietHours of(Day day) {
        int active = day.countActive(EARLIEST, EARLIEST + LENGTH);
        int least = active;
        int sum = EARLIEST;
        int count = 1;
        for (int from = EARLIEST + 1; from + LENGTH <= Day.BINS; from++) {
            active += (day.isActive(from + LENGTH - 1) ? 1 : 0) - (day.isActive(from - 1) ? 1 : 0);
            if (active < least) {
                least = active;
                sum = 0;
                count = 0;
            }
            if (active == least) {
                sum += from;
                count++;
            }
        }
        return new QuietHours(sum / count);
    }

    /// The last bin before them in which the resident was noticed, −1 where there is none: about when it was bedtime.
    int lastActiveBefore(Day day) {
        int bin = from - 1;
        while (bin >= 0 && !day.isActive(bin)) {
            bin--;
        }
        return bin;
    }

    /// The first bin after them in which the resident was noticed, the day's end where there is none: about when it was
    /// time to get up.
    int firstActiveAfter(Day day) {
        int bin = from + LENGTH;
        while (bin < Day.BINS && !day.isActive(bin)) {
            bin++;
        }
        return bin;
    }
}
