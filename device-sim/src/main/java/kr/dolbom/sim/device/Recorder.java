package kr.dolbom.sim.device;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.contract.telemetry.Inactivity;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.PresenceReport;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Sensor;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.Voice;
import kr.dolbom.sim.home.Happening;
import org.jspecify.annotations.Nullable;

/// Makes telemetry of what happens in a home and of time that passes: activity windows, heartbeats, the
/// no-motion timer. Time only goes forward, by [advance][#advance(Instant, Sink)] and
/// [notice][#notice(Happening, Sink)]. Not safe for use by many threads.
final class Recorder {
    /// Takes what is to be sent, in order of time.
    interface Sink {
        void record(Instant time, Telemetry data);
    }

    private final ZoneId zone;
    private final StatusReport status;
    private final Duration inactivityAfter;
    private Duration heartbeat;
    private Duration windowLength;

    private Instant now;
    private ActivityWindow window;
    private Instant heartbeatDue;
    private Instant lastNoticed;
    private Instant inactivityDue;
    private @Nullable Room lastRoom;
    private boolean toldThatOut;

    Recorder(DeviceConfig config, ZoneId zone, StatusReport status, Instant start) {
        this.zone = zone;
        this.status = status;
        this.inactivityAfter = config.inactivityAfter();
        this.heartbeat = config.heartbeat();
        this.windowLength = config.activityWindow();
        this.now = start;
        this.window = ActivityWindow.open(start, windowLength);
        this.heartbeatDue = start.plus(heartbeat);
        this.lastNoticed = start;
        this.inactivityDue = start.plus(inactivityAfter);
    }

    /// Goes on where another recorder stopped, as when buffered history ends and live recording begins.
    void follow(Recorder earlier) {
        if (earlier.lastNoticed.isBefore(lastNoticed)) {
            lastNoticed = earlier.lastNoticed;
            lastRoom = earlier.lastRoom;
            toldThatOut = earlier.toldThatOut;
        }
    }

    /// When something is due next, if nothing happens.
    Instant nextDue() {
        Instant next = earlier(heartbeatDue, inactivityDue);
        return earlier(next, window.end());
    }

    /// Lets time pass, and records what falls due until then.
    void advance(Instant to, Sink sink) {
        while (!nextDue().isAfter(to)) {
            now = nextDue();
            if (window.end().equals(now)) {
                window.close(now).ifPresent(activity -> sink.record(now, activity));
                window = ActivityWindow.open(now, windowLength);
            }
            if (heartbeatDue.equals(now)) {
                sink.record(now, status.of(Status.State.HEARTBEAT));
                heartbeatDue = now.plus(heartbeat);
            }
            if (inactivityDue.equals(now)) {
                long silent = Duration.between(lastNoticed, now).toSeconds();
                sink.record(now, new Inactivity(Math.clamp(silent, 1, 2_592_000), lastRoom));
                inactivityDue = now.plus(inactivityAfter);
            }
        }
        now = later(now, to);
    }

    /// Lets time pass until something happens, and records what comes of it. What happened before the recorder's time
    /// counts as happening now.
    void notice(Happening happening, Sink sink) {
        advance(later(now, happening.at()), sink);
        switch (happening) {
            case Happening.Moved h -> count(Sensor.MOTION, h.room());
            case Happening.DoorUsed h -> count(Sensor.DOOR, h.room());
            case Happening.Touched h -> count(Sensor.TOUCH, h.room());
            case Happening.ApplianceUsed h -> count(Sensor.APPLIANCE, h.room());
            case Happening.Talked h -> {
                List<Voice.Emotion> emotions = new ArrayList<>();
                h.feelings().forEach((feeling, share) -> emotions.add(new Voice.Emotion(feeling, share)));
                sink.record(now, new Voice(h.codes(), h.turns(), h.spoke().toSeconds(), emotions, null));
                seen(lastRoom);
            }
            case Happening.Medicated h -> sink.record(now, new Medication(h.slot(), h.outcome()));
            case Happening.WentOut h -> {
                Instant back = h.expectedBack();
                if (back != null) {
                    toldThatOut = true;
                    OffsetDateTime expected = back.atZone(zone).toOffsetDateTime();
                    sink.record(now, new PresenceReport(PresenceReport.State.GOING_OUT, expected));
                }
            }
            case Happening.CameHome _ -> {
                if (toldThatOut) {
                    toldThatOut = false;
                    sink.record(now, new PresenceReport(PresenceReport.State.RETURNED, null));
                }
            }
            case Happening.Woke _, Happening.WentToBed _ -> {}
        }
    }

    /// Records what the open window has counted so far, as before a clean end.
    void flush(Instant at, Sink sink) {
        advance(at, sink);
        window.close(now).ifPresent(activity -> sink.record(now, activity));
        window = ActivityWindow.open(now, windowLength);
    }

    /// Takes new settings; null leaves one as it is. The open window is recorded up to now.
    void configure(Instant at, @Nullable Duration newHeartbeat, @Nullable Duration newWindow, Sink sink) {
        flush(at, sink);
        if (newHeartbeat != null) {
            heartbeat = newHeartbeat;
            heartbeatDue = now.plus(heartbeat);
        }
        if (newWindow != null) {
            windowLength = newWindow;
            window = ActivityWindow.open(now, windowLength);
        }
    }

    Duration heartbeat() {
        return heartbeat;
    }

    Duration activityWindow() {
        return windowLength;
    }

    private void count(Sensor sensor, Room room) {
        window.count(sensor, room, now);
        seen(room);
    }

    private void seen(@Nullable Room room) {
        lastNoticed = now;
        inactivityDue = now.plus(inactivityAfter);
        lastRoom = room;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
