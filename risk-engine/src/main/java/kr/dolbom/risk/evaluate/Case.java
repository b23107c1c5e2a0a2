package kr.dolbom.risk.evaluate;

import java.util.Locale;
import java.util.Optional;
import kr.dolbom.risk.alert.Family;
import org.jspecify.annotations.Nullable;

/// Something that truly happened to a resident or a device, as a file `truth.csv` tells.
///
/// @param kind what
/// @param from when it began, by the home's clock
/// @param to when it ended, or was found
record Case(Kind kind, long from, long to) {
    /// What can happen, and which family is to find it.
    enum Kind {
        /// The resident fell, or is too ill to move.
        SILENCE(Family.SILENCE),
        /// The device sends nothing.
        DEVICE_SILENT(Family.DEVICE),
        /// The resident is in hospital, and the device was told.
        HOSPITAL(null),
        /// Less activity every day.
        DECLINE(Family.DECLINE),
        /// Everything is done at other hours.
        SLEEP_SHIFT(Family.NIGHT),
        /// Up more often by night.
        RESTLESS_NIGHTS(Family.NIGHT),
        /// No dose is taken any more.
        MISSED_MEDICATION(Family.MEDICATION);

        private final @Nullable Family family;

        Kind(@Nullable Family family) {
            this.family = family;
        }

        /// Which family should say so; empty: nobody is to be alarmed.
        Optional<Family> findFamily() {
            return Optional.ofNullable(family);
        }

        /// As the file has it.
        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    boolean contains(long second) {
        return second >= from && second < to;
    }
}
