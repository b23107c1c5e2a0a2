package kr.dolbom.risk.town;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import kr.dolbom.contract.telemetry.Activity;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Sensor;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.risk.feed.TelemetryRow;

/// Telemetry of many homes, window by window of ten minutes. In each window a device tells what it noticed, or,
/// in every second one without, that it is alive: some 50 messages of activity a day and as many heartbeats. The
/// same seed makes the same telemetry.
public final class Homes {
    /// How much time one call tells of.
    public static final Duration WINDOW = Duration.ofMinutes(10);

    private static final int WINDOW_SECONDS = (int) WINDOW.toSeconds();
    private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
    private static final int KINDS_OF_MESSAGES = 1 << 10;
    private static final int WAKES = 7;
    private static final int SLEEPS = 22;
    private static final double ACTIVE_BY_DAY = 0.52;
    private static final double ACTIVE_BY_NIGHT = 0.04;
    private static final List<Room> ROOMS = List.of(
            Room.LOUNGE,
            Room.LOUNGE,
            Room.KITCHEN,
            Room.KITCHEN,
            Room.BEDROOM,
            Room.BATHROOM,
            Room.HALLWAY,
            Room.FRONT_DOOR);

    private final int residents;
    private final SplittableRandom random;
    private final Activity[] activities = new Activity[KINDS_OF_MESSAGES];
    private final UUID[] ids = new UUID[KINDS_OF_MESSAGES];
    private final Status heartbeat =
            new Status(Status.State.HEARTBEAT, "1.4.2", "1.0", 90L, true, -58L, List.of(), null);

    /// @param residents numbered from 1
    public Homes(int residents, long seed) {
        this.residents = residents;
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < KINDS_OF_MESSAGES; i++) {
            activities[i] = activity();
            ids[i] = new UUID(random.nextLong(), random.nextLong());
        }
    }

    private Activity activity() {
        List<Activity.Count> counts = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            counts.add(new Activity.Count(
                    random.nextInt(8) == 0 ? Sensor.DOOR : Sensor.MOTION,
                    ROOMS.get(random.nextInt(ROOMS.size())),
                    1 + random.nextInt(20),
                    (long) random.nextInt(WINDOW_SECONDS)));
        }
        return new Activity(WINDOW_SECONDS, counts);
    }

    /// All homes' messages of one window, in order of time.
    public void tell(Instant begin, Consumer<TelemetryRow> messages) {
        long window = begin.getEpochSecond() / WINDOW_SECONDS;
        int hour = begin.atZone(ZONE).getHour();
        double active = hour >= WAKES && hour < SLEEPS ? ACTIVE_BY_DAY : ACTIVE_BY_NIGHT;
        for (int second = 0; second < WINDOW_SECONDS; second++) {
            Instant at = begin.plusSeconds(second);
            Instant receivedAt = at.plusMillis(80);
            for (int resident = 1 + second; resident <= residents; resident += WINDOW_SECONDS) {
                if (random.nextDouble() < active) {
                    messages.accept(row(at, receivedAt, resident, activities[random.nextInt(KINDS_OF_MESSAGES)]));
                } else if ((window + resident) % 2 == 0) {
                    messages.accept(row(at, receivedAt, resident, heartbeat));
                }
            }
        }
    }

    /// One home's message of activity now.
    public TelemetryRow tellOne(Instant at) {
        return row(at, at, 1 + random.nextInt(residents), activities[random.nextInt(KINDS_OF_MESSAGES)]);
    }

    private TelemetryRow row(Instant at, Instant receivedAt, int resident, Telemetry data) {
        return new TelemetryRow(at, receivedAt, resident, resident, ids[random.nextInt(KINDS_OF_MESSAGES)], 0, data);
    }
}
