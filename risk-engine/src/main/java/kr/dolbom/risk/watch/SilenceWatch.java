package kr.dolbom.risk.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.sight.Sight;
import kr.dolbom.risk.silence.Limits;
import kr.dolbom.risk.silence.Outlook;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.silence.Silence;
import kr.dolbom.risk.silence.SilenceSeries;
import org.jspecify.annotations.Nullable;

/// One resident's silence as a family: its bounds, its verdict, and when to look at it again.
final class SilenceWatch {
    private final int residentNo;
    private final ZoneId zone;
    private final Population population;
    private final Sight sight;
    private Limits limits;
    private SilenceSeries series;

    SilenceWatch(int residentNo, ZoneId zone, Limits limits, Population population, Sight sight) {
        this.residentNo = residentNo;
        this.zone = zone;
        this.population = population;
        this.sight = sight;
        this.limits = limits;
        this.series = new SilenceSeries(zone, population, limits);
    }

    /// A device was alive from one moment to another.
    void alive(Instant from, Instant to) {
        series.alive(from, to);
    }

    /// Until when a device is proven alive; [Instant#MIN] where none ever was.
    Instant aliveUntil() {
        return series.aliveUntil();
    }

    /// Whether a device is proven alive beyond that moment.
    boolean isAliveAfter(Instant moment) {
        return series.isAliveAfter(moment);
    }

    /// A sign of the resident.
    ///
    /// @return whether it ends the silence before it
    boolean seen(Instant at, @Nullable Room room) {
        return series.seen(at, room);
    }

    void goesOut(Instant at) {
        series.goesOut(at);
    }

    /// Somebody said that a question was needless. Of a silence that passed its deadline the rhythm learns by itself,
    /// when the resident is seen.
    void wasFalse() {
        series.wasFalse();
    }

    /// Other bounds hold from here on.
    void setLimits(Limits next) {
        if (!next.equals(limits)) {
            limits = next;
            series.setLimits(next);
        }
    }

    /// From one moment to another the resident could not be seen, though a device was alive.
    void blind(Instant from, Instant to) {
        series.blind(from, to);
    }

    /// That was not so.
    void notBlind(Instant from, Instant to) {
        series.notBlind(from, to);
    }

    /// Forgets the rhythm; the silence that lasts goes on.
    void relearn() {
        var fresh = new SilenceSeries(zone, population, limits);
        fresh.takeOverSilence(series);
        series.leave();
        series = fresh;
    }

    /// How the silence stands; empty before the first sign.
    Optional<Silence> find(Instant now) {
        return series.find(now);
    }

    /// The same, worked out no further than is asked for.
    Optional<Outlook> look(Instant now) {
        return series.look(now);
    }

    /// What a silence says that is due.
    Verdict verdict(Silence silence, Instant now) {
        Instant outage = sight.findLatestIncident(residentNo, silence.lastSeen())
                .filter(began -> silence.deadline().isAfter(began))
                .orElse(null);
        return Findings.silence(silence, outage, now, zone);
    }

    /// Before when it cannot have come so far on its way to the deadline; [Instant#MIN] before the first sign.
    Instant earliestOf(double ratio) {
        return series.earliestOf(ratio);
    }

    int glance() {
        return series.glance();
    }

    void write(DataOutput out) throws IOException {
        series.write(out);
    }

    void read(DataInput in) throws IOException {
        series.read(in);
    }
}
