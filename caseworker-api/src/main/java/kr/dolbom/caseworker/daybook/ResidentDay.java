package kr.dolbom.caseworker.daybook;

import java.time.LocalDate;
import java.util.List;

/// One day of a resident.
///
/// @param day of the office
/// @param seen 24 masks, one an hour: bit n is set when the resident was seen in its nth five minutes
/// @param bathroom the same for the bathroom alone
/// @param talks how many messages told of the resident's talk
/// @param turns how often they spoke
/// @param talkSeconds how long they spoke
/// @param taken how many reminders of medication were heeded
/// @param missed how many were not
public record ResidentDay(
        LocalDate day,
        List<Integer> seen,
        List<Integer> bathroom,
        int talks,
        int turns,
        int talkSeconds,
        int taken,
        int missed) {
    /// The hours of a day.
    public static final int HOURS = 24;

    /// How long one bit of a mask stands for.
    public static final int BIN_MINUTES = 5;

    /// Keeps its own copies.
    public ResidentDay {
        seen = List.copyOf(seen);
        bathroom = List.copyOf(bathroom);
    }

    /// In how many minutes of an hour the resident was seen, in steps of five.
    ///
    /// @param hour 0 to 23
    public int minutesSeen(int hour) {
        return BIN_MINUTES * Integer.bitCount(seen.get(hour));
    }
}
