package kr.dolbom.sim.home;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A resident's life: for the same rhythm and seed always the same, without beginning, and without end unless
/// [silentFrom][#silentFrom(Instant)] sets one. Immutable; safe for use by many threads.
public final class Timeline {
    private final Rhythm rhythm;
    private final long seed;
    private final ZoneId zone;
    private final @Nullable Instant end;

    private Timeline(Rhythm rhythm, long seed, ZoneId zone, @Nullable Instant end) {
        this.rhythm = rhythm;
        this.seed = seed;
        this.zone = zone;
        this.end = end;
    }

    /// A life by a rhythm.
    ///
    /// @param seed tells apart residents of the same rhythm
    /// @param zone where the resident lives; a zone without changes of the clock, as `Asia/Seoul`
    public static Timeline of(Rhythm rhythm, long seed, ZoneId zone) {
        return new Timeline(rhythm, seed, zone, null);
    }

    /// The same life until a moment, and nothing from then on: the resident fell or is too ill to move. That is an
    /// emergency in the home only where [whereabouts][#whereabouts(Instant)] is not `OUT` just before.
    public Timeline silentFrom(Instant moment) {
        return new Timeline(rhythm, seed, zone, end != null && end.isBefore(moment) ? end : moment);
    }

    /// What happens from a moment on, in order; made day by day as it is read.
    public Stream<Happening> from(Instant moment) {
        // the day before may still run, and a night owl's day runs into the next date
        LocalDate first = moment.atZone(zone).toLocalDate().minusDays(1);
        Stream<Happening> life = Stream.iterate(first, date -> date.plusDays(1))
                .flatMap(date -> Day.of(rhythm, seed, zone, date).stream())
                .dropWhile(happening -> happening.at().isBefore(moment));
        Instant cut = end;
        return cut == null ? life : life.takeWhile(happening -> happening.at().isBefore(cut));
    }

    /// What happens from a moment, included, to another, excluded, in order.
    public Stream<Happening> between(Instant from, Instant to) {
        return from(from).takeWhile(happening -> happening.at().isBefore(to));
    }

    /// Where the resident is at a moment; after the end of a silent timeline, where the resident was last.
    public Whereabouts whereabouts(Instant moment) {
        Instant known = end != null && end.isBefore(moment) ? end : moment;
        LocalDate first = known.atZone(zone).toLocalDate().minusDays(1);
        Whereabouts where = Whereabouts.IN_BED;
        for (LocalDate date = first; date.isBefore(first.plusDays(2)); date = date.plusDays(1)) {
            for (Happening happening : Day.of(rhythm, seed, zone, date)) {
                if (happening.at().isAfter(known)) {
                    return where;
                }
                where = after(where, happening);
            }
        }
        return where;
    }

    private static Whereabouts after(Whereabouts before, Happening happening) {
        return switch (happening) {
            case Happening.Woke _, Happening.CameHome _ -> Whereabouts.AWAKE;
            case Happening.WentToBed _ -> Whereabouts.IN_BED;
            case Happening.WentOut _ -> Whereabouts.OUT;
            case Happening.Moved _,
                    Happening.DoorUsed _,
                    Happening.Touched _,
                    Happening.ApplianceUsed _,
                    Happening.Talked _,
                    Happening.Medicated _ -> before;
        };
    }
}
