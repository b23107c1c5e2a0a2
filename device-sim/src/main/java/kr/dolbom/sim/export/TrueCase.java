package kr.dolbom.sim.export;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import kr.dolbom.sim.home.Timeline;
import kr.dolbom.sim.home.Whereabouts;

/// Something that happens to a resident or a device.
///
/// @param kind what
/// @param size how much of it; 0 where the kind has no size
/// @param from when it begins
/// @param to when it ends, or is found
record TrueCase(Kind kind, double size, Instant from, Instant to) {
    private static final int FIRST_SILENCE_DAY = 10;
    private static final int DAYS_BETWEEN = 9;
    private static final int CHANGE_DAY = 16;
    private static final Duration LONGEST_IN_HOSPITAL = Duration.ofDays(10);
    private static final Duration[] DEVICE_SILENCES = {Duration.ofHours(1), Duration.ofHours(12), Duration.ofDays(3)};
    private static final int[] DECLINES = {1, 2, 5};

    /// What can happen.
    enum Kind {
        /// The resident falls and lies until found, 24 to 36 hours later.
        SILENCE,
        /// Activity falls by 1, 2 or 5 percent a day.
        DECLINE,
        /// The device sends nothing for 1 h, 12 h or 3 days, and has not kept it.
        DEVICE_SILENT,
        /// Everything is done two hours later, or earlier.
        SLEEP_SHIFT,
        /// The resident is in hospital, and the device was told.
        HOSPITAL,
        /// Twice as many visits to the bathroom by night.
        RESTLESS_NIGHTS,
        /// No dose is taken any more.
        MISSED_MEDICATION;

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What happens in the home of a number: one kind for each, and nothing in every eighth.
    ///
    /// @param life as it would be without
    static List<TrueCase> plan(int home, Timeline life, LocalDate first, int days, ZoneId zone, SplittableRandom dice) {
        Kind[] kinds = Kind.values();
        int turn = home % (kinds.length + 1);
        if (turn == kinds.length) {
            return List.of();
        }
        int round = home / (kinds.length + 1);
        Instant end = first.plusDays(days).atStartOfDay(zone).toInstant();
        Instant noon = first.plusDays(CHANGE_DAY - 1L)
                .atTime(LocalTime.NOON)
                .atZone(zone)
                .toInstant();
        List<TrueCase> cases = new ArrayList<>();
        switch (kinds[turn]) {
            case SILENCE, DEVICE_SILENT -> {
                for (int day = FIRST_SILENCE_DAY, i = 0; day <= days - 4; day += DAYS_BETWEEN, i++) {
                    Instant from = atHome(life, first.plusDays(day - 1L), zone, dice);
                    Duration lasts = kinds[turn] == Kind.SILENCE
                            ? Duration.ofMinutes(dice.nextInt(24 * 60, 36 * 60))
                            : DEVICE_SILENCES[i % DEVICE_SILENCES.length];
                    cases.add(new TrueCase(kinds[turn], 0, from, from.plus(lasts)));
                }
            }
            case HOSPITAL -> {
                Instant from = atHome(life, first.plusDays(CHANGE_DAY - 1L), zone, dice);
                Instant to = from.plus(LONGEST_IN_HOSPITAL);
                cases.add(new TrueCase(Kind.HOSPITAL, 0, from, to.isBefore(end) ? to : end));
            }
            case DECLINE -> cases.add(new TrueCase(Kind.DECLINE, DECLINES[round % DECLINES.length] / 100.0, noon, end));
            case SLEEP_SHIFT -> cases.add(new TrueCase(Kind.SLEEP_SHIFT, round % 2 == 0 ? 2 : -2, noon, end));
            case RESTLESS_NIGHTS, MISSED_MEDICATION -> cases.add(new TrueCase(kinds[turn], 0, noon, end));
        }
        return List.copyOf(cases);
    }

    /// A moment of a day at which the resident is at home.
    private static Instant atHome(Timeline life, LocalDate date, ZoneId zone, SplittableRandom dice) {
        Instant at = date.atStartOfDay(zone).toInstant().plusSeconds(dice.nextInt(86_400));
        while (life.whereabouts(at) == Whereabouts.OUT) {
            at = at.plus(Duration.ofHours(1));
        }
        return at;
    }

    boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
