package kr.dolbom.risk.evaluate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.silence.Limits;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.silence.Silence;
import kr.dolbom.risk.silence.SilenceSeries;

/// The engine.
final class EngineWatcher implements Watcher {
    private final SilenceSeries series;
    private final Limits limits;

    EngineWatcher(Population population, Limits limits) {
        this.limits = limits;
        this.series = new SilenceSeries(ZoneOffset.UTC, population, limits);
    }

    SilenceSeries series() {
        return series;
    }

    /// A copy that may see another future.
    ///
    /// @param others a population without this resident, of the copy's own
    EngineWatcher copy(Population others) {
        return of(snapshotOf(series), others, limits);
    }

    static byte[] snapshotOf(SilenceSeries series) {
        var bytes = new ByteArrayOutputStream();
        try {
            series.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static EngineWatcher of(byte[] snapshot, Population others, Limits limits) {
        var watcher = new EngineWatcher(others, limits);
        try {
            watcher.series.read(new DataInputStream(new ByteArrayInputStream(snapshot)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return watcher;
    }

    @Override
    public void alive(long from, long to) {
        series.alive(from, to);
    }

    @Override
    public void seen(long at, Room room) {
        series.seen(at, room);
    }

    private Silence silence(long now) {
        return series.find(Instant.ofEpochSecond(now)).orElseThrow();
    }

    @Override
    public long silentSince() {
        return series.lastSeenSecond();
    }

    @Override
    public long earliest() {
        return series.findEarliest();
    }

    @Override
    public long urgent(long now) {
        return silence(now).deadline().getEpochSecond();
    }

    @Override
    public long checkIn(long now) {
        return silence(now).checkInAt().getEpochSecond();
    }
}
