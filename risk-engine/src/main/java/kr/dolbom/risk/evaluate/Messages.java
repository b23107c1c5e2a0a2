package kr.dolbom.risk.evaluate;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.contract.telemetry.Activity;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Sensor;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.risk.feed.TelemetryRow;

/// The messages of one home in order of time, as if each sign had been sent at once: signs, other events,
/// and, where no heartbeats were recorded, one every twenty minutes while the device is not silent.
final class Messages {
    /// All is well.
    static final Status HEARTBEAT = new Status(Status.State.HEARTBEAT, "1", "1.0", null, true, null, List.of(), null);

    private static final long HEARTBEAT_SECONDS = 1200;
    private static final long NEVER = Long.MAX_VALUE;
    private static final UUID NO_ID = new UUID(0, 0);
    private static final Map<Room, Activity> ACTIVITIES = activities();

    private final int residentNo;
    private final RecordedHome home;
    private final Outages silent;
    private int sign;
    private long told;
    private int event;
    private long heartbeat;

    /// @param silent while the device sends no heartbeat
    /// @param from what comes before is left out
    Messages(int residentNo, RecordedHome home, Outages silent, long from) {
        this.residentNo = residentNo;
        this.home = home;
        this.silent = silent;
        this.sign = home.indexFrom(from);
        while (event < home.events().size() && home.events().get(event).at() < from) {
            event++;
        }
        this.heartbeat = home.hasHeartbeats() ? NEVER : from;
        skipSilence();
    }

    private static Map<Room, Activity> activities() {
        Map<Room, Activity> all = new EnumMap<>(Room.class);
        for (Room room : Room.values()) {
            all.put(room, new Activity(1, List.of(new Activity.Count(Sensor.MOTION, room, 1, 0L))));
        }
        return all;
    }

    private void skipSilence() {
        for (Outages.Span span : silent.spans()) {
            if (heartbeat > span.from() && heartbeat < span.to()) {
                heartbeat = span.to();
            }
        }
        if (heartbeat > home.last()) {
            heartbeat = NEVER;
        }
    }

    private long signAt() {
        return sign < home.size() ? home.at()[sign] : NEVER;
    }

    private long eventAt() {
        return event < home.events().size() ? home.events().get(event).at() : NEVER;
    }

    /// When the next is sent; [Long#MAX_VALUE] after the last.
    long nextAt() {
        return Math.min(signAt(), Math.min(eventAt(), heartbeat));
    }

    /// The next.
    TelemetryRow next() {
        long at = nextAt();
        if (at == signAt()) {
            return row(at, Objects.requireNonNull(ACTIVITIES.get(home.rooms()[sign++])));
        }
        if (at == eventAt()) {
            return row(at, home.events().get(event++).data());
        }
        heartbeat += HEARTBEAT_SECONDS;
        skipSilence();
        return row(at, HEARTBEAT);
    }

    private TelemetryRow row(long at, Telemetry data) {
        Instant moment = Instant.ofEpochSecond(at);
        return new TelemetryRow(moment, moment, residentNo, residentNo, NO_ID, ++told, data);
    }
}
