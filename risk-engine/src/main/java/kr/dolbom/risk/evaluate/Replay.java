package kr.dolbom.risk.evaluate;

import java.util.SplittableRandom;
import kr.dolbom.contract.telemetry.Room;

/// Plays a recorded home to a watcher, in order of time, and asks on the way what would have come of it
/// if the resident had not been seen any more.
///
/// - A silence that is overdue when the next sign comes is a false alert: the resident was well enough
///   to move. One silence counts once. What comes after the last record counts as nothing.
/// - Silences are injected at every second full hour of every fifth day, which one of the five drawn for
///   each home by the seed. What counts is the time from the onset to the alert, though the silence
///   began with the sign before it. Onsets at which an alert stood already are left out, and those less
///   than 40 h before an outage.
final class Replay {
    private static final int HOUR = 3600;
    private static final int ONSET_HOURS = 2;
    private static final int ONSET_DAYS = 5;
    private static final long CLEAR_OF_OUTAGES = 40L * HOUR;

    private final RecordedHome home;
    private final Watcher watcher;
    private final Outages outages;
    private final HomeFigures figures;
    private final int onsetDay;
    private long urgentRaisedFor = Long.MIN_VALUE;
    private long checkInRaisedFor = Long.MIN_VALUE;

    private Replay(RecordedHome home, Watcher watcher, Outages outages, long seed) {
        this.home = home;
        this.watcher = watcher;
        this.outages = outages;
        this.figures = new HomeFigures(home, outages);
        this.onsetDay = new SplittableRandom(seed ^ home.id().hashCode()).nextInt(ONSET_DAYS);
    }

    /// What the watcher did in the home.
    static HomeFigures play(RecordedHome home, Watcher watcher, Outages outages, long seed) {
        var replay = new Replay(home, watcher, outages, seed);
        for (int i = 0; i < home.size(); i++) {
            if (i > 0) {
                replay.pass(home.at()[i - 1], home.at()[i], isExit(home.rooms()[i - 1]));
            }
            watcher.seen(home.at()[i], home.rooms()[i]);
        }
        return replay.figures;
    }

    private static boolean isExit(Room room) {
        return room == Room.FRONT_DOOR || room == Room.BACK_DOOR;
    }

    /// The same without any question: the watcher only learns.
    static void teach(RecordedHome home, Watcher watcher, Outages outages) {
        for (int i = 0; i < home.size(); i++) {
            if (i > 0) {
                watch(watcher, home.at()[i - 1], home.at()[i], outages);
            }
            watcher.seen(home.at()[i], home.rooms()[i]);
        }
    }

    /// Proves a time to be watched, outages apart.
    static void watch(Watcher watcher, long from, long to, Outages outages) {
        long begin = from;
        for (Outages.Span span : outages.spans()) {
            if (span.to() > from && span.from() < to) {
                watcher.alive(begin, Math.max(begin, span.from()));
                watcher.blind(Math.max(from, span.from()), Math.min(to, span.to()));
                begin = Math.min(to, span.to());
            }
        }
        watcher.alive(begin, to);
    }

    private void pass(long from, long to, boolean isAfterExit) {
        if (from == to) {
            return;
        }
        long begin = from;
        for (Outages.Span span : outages.spans()) {
            if (span.to() > from && span.from() < to) {
                long stop = Math.max(begin, span.from());
                inject(begin, stop, isAfterExit);
                watcher.alive(begin, stop);
                raise(stop, to);
                expectNothing(stop, span.detectedAt());
                long end = Math.min(to, span.to());
                watcher.blind(stop, end);
                begin = end;
            }
        }
        inject(begin, to, isAfterExit);
        watcher.alive(begin, to);
        raise(to, to);
    }

    /// Asks for the alerts due by a time.
    ///
    /// @param next when the resident is seen again
    private void raise(long to, long next) {
        long since = watcher.silentSince();
        if (to < watcher.earliest()) {
            return;
        }
        if (since != checkInRaisedFor && watcher.checkIn(to) <= to) {
            checkInRaisedFor = since;
            long asked = watcher.checkIn(to);
            figures.checkIns += home.isJudged(asked) && !home.isInCase(asked) ? 1 : 0;
        }
        long urgent = watcher.urgent(to);
        if (since != urgentRaisedFor && urgent <= to) {
            urgentRaisedFor = since;
            if (home.isJudged(urgent) && !home.isInCase(urgent)) {
                figures.urgent.add(new HomeFigures.FalseAlert(urgent, since, next));
                figures.coldUrgent += home.isCold(urgent) ? 1 : 0;
            }
        }
    }

    /// No person may be alarmed about for an outage: not before it is found, and not while it lasts.
    private void expectNothing(long stop, long detectedAt) {
        long since = watcher.silentSince();
        if (since != urgentRaisedFor && watcher.urgent(stop) <= detectedAt) {
            urgentRaisedFor = since;
            figures.outageAlerts++;
        }
    }

    private void inject(long from, long to, boolean isAfterExit) {
        long step = (long) ONSET_HOURS * HOUR;
        for (long onset = (Math.floorDiv(from, step) + 1) * step; onset <= to; onset += step) {
            if (home.isJudged(onset) && home.day(onset) % ONSET_DAYS == onsetDay && isClear(onset)) {
                watcher.alive(from, onset);
                long urgent = watcher.urgent(onset);
                if (urgent < onset) {
                    figures.alreadyRaised++;
                } else {
                    figures.delays.add(new HomeFigures.Delay(onset, urgent - onset, isAfterExit));
                }
            }
        }
    }

    private boolean isClear(long onset) {
        return outages.within(onset, onset + CLEAR_OF_OUTAGES) == 0 && !home.isInCase(onset);
    }
}
