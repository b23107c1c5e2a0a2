package kr.dolbom.risk.family.devicehealth;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kr.dolbom.contract.json.JsonTypes;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Sensor;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.risk.alert.Evidence;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Day;
import kr.dolbom.risk.reason.FamilySentences;
import kr.dolbom.risk.reason.Sentence;
import org.jspecify.annotations.Nullable;

/// Whether the device that watches is itself well. For review at most.
///
/// | what | when |
/// |---|---|
/// | battery | at most 20 % without mains, and not rising |
/// | a sensor, by the device's word | stuck, lost, or its battery nearly empty |
/// | a sensor, by what we see | a room silent for days while others speak, or active without end, see [RoomSigns] |
/// | clock | its own estimate of its error over 60 s, or a time more than two minutes ahead of its receipt |
///
/// A home is **unseeable** while sensors that its device calls stuck or lost give more than half of its usual signs, or
/// while a room is active without end: silence there is no evidence, and so is none of the other rooms' meanwhile. A
/// room that is merely silent for days may be a changed habit; it is told, and the home stays seeable.
///
/// What a device says of itself is no statistic: its tail is set to 0.01, which is for review. A home with two devices
/// has the worse battery judged; a sensor or clock is well again by the word of the device that complained. Source: our
/// own.
public final class DeviceHealth implements Detector {
    /// The tail of what is a fact and no statistic.
    static final double BY_RULE = 0.01;

    private static final int LOW_PERCENT = 20;
    private static final int LEAST_SILENT_DAYS = 2;
    private static final double SLOPE_SMOOTHING = 0.3;
    private static final double LEAST_SLOPE = 0.2;
    private static final long OTHER_DEVICE_AFTER_SECONDS = 86_400;
    private static final long CLOCK_ERROR_SECONDS = 60;
    private static final long CLOCK_AHEAD_SECONDS = 120;
    private static final long NOT = Long.MIN_VALUE;
    private static final double MOST_MISSED = 0.5;

    private final RoomSigns rooms = new RoomSigns();
    private int batteryDeviceNo;
    private byte percent = -1;
    private boolean isOnMains = true;
    private float percentAnHour;
    private long batteryAt;
    private long lowSince;
    private int sensorDeviceNo;
    private Status.@Nullable SensorHealth complaint;
    private long sensorSince;
    private int unseeingDeviceNo;
    private long unseeingSince = NOT;
    private int clockDeviceNo;
    private long clockSeconds;
    private long clockSince;

    /// Nothing known yet.
    public DeviceHealth() {}

    @Override
    public boolean observe(Fact fact, long local) {
        if (fact instanceof Fact.Seen seen) {
            Room room = seen.room();
            return room != null && room != Room.OTHER && rooms.seen(room, binOf(local));
        }
        if (fact instanceof Fact.DeviceReport report && report.status().state() != Status.State.OFFLINE) {
            battery(report.deviceNo(), report.status(), local);
            sensors(report.deviceNo(), report.status(), local);
            unseeing(report.deviceNo(), report.status(), local);
            clock(report.deviceNo(), report.status(), report.clockAheadSeconds(), local);
            return isLow() || complaint != null || clockSeconds > 0;
        }
        return false;
    }

    private static int binOf(long local) {
        return (int) Math.floorDiv(local, (long) Day.BIN_SECONDS);
    }

    private void battery(int deviceNo, Status status, long local) {
        Long left = status.batteryPercent();
        if (left == null) {
            return;
        }
        boolean isOther = percent >= 0 && deviceNo != batteryDeviceNo;
        if (isOther && left >= percent && local - batteryAt < OTHER_DEVICE_AFTER_SECONDS) {
            return;
        }
        boolean wasLow = isLow();
        double hours = (local - batteryAt) / 3600.0;
        if (isOther || percent < 0 || left > percent) {
            percentAnHour = 0;
        } else if (hours > 0) {
            double slope = (percent - left) / hours;
            percentAnHour =
                    (float) (percentAnHour == 0 ? slope : percentAnHour + SLOPE_SMOOTHING * (slope - percentAnHour));
        }
        batteryDeviceNo = deviceNo;
        percent = left.byteValue();
        isOnMains = status.onMains() == null ? percentAnHour == 0 : status.onMains();
        batteryAt = local;
        if (isLow() && !wasLow) {
            lowSince = local;
        }
    }

    private boolean isLow() {
        return percent >= 0 && percent <= LOW_PERCENT && !isOnMains;
    }

    private void sensors(int deviceNo, Status status, long local) {
        Status.SensorHealth worst = null;
        for (Status.SensorHealth one : status.sensors()) {
            if (one.health() != Status.Health.OK
                    && (worst == null || one.health().compareTo(worst.health()) < 0)) {
                worst = one;
            }
        }
        if (worst != null) {
            sensorSince = complaint == null ? local : sensorSince;
            sensorDeviceNo = deviceNo;
            complaint = worst;
        } else if (deviceNo == sensorDeviceNo) {
            complaint = null;
        }
    }

    private void unseeing(int deviceNo, Status status, long local) {
        Set<Room> broken = EnumSet.noneOf(Room.class);
        Set<Room> working = EnumSet.noneOf(Room.class);
        for (Status.SensorHealth one : status.sensors()) {
            switch (one.health()) {
                case STUCK, LOST -> broken.add(one.room());
                case OK, LOW_BATTERY -> working.add(one.room());
            }
        }
        broken.removeAll(working);
        if (misses(broken, working)) {
            unseeingSince = unseeingSince == NOT ? local : unseeingSince;
            unseeingDeviceNo = deviceNo;
        } else if (deviceNo == unseeingDeviceNo) {
            unseeingSince = NOT;
        }
    }

    private boolean misses(Set<Room> broken, Set<Room> working) {
        if (broken.isEmpty()) {
            return false;
        }
        double share = rooms.shareOf(broken);
        return Double.isNaN(share) ? broken.size() > working.size() : share > MOST_MISSED;
    }

    /// Reads a little of what a fact needs, and says nothing.
    public int glance() {
        return percent + rooms.glance();
    }

    /// Whether [#unseeableSince] can say anything but [#NEVER] before the next fact.
    public boolean mayBeUnseeable() {
        return rooms.hasStuck() || unseeingSince != NOT;
    }

    /// Since when the resident could not be seen even if he or she moved, by the same clock as facts; [#NEVER] where
    /// that can be seen.
    public long unseeableSince(long local) {
        if (rooms.hasStuck()) {
            Room active = rooms.mostActive();
            if (rooms.isStuck(active, binOf(local))) {
                return (rooms.lastBin(active) - (long) rooms.binsOnEnd(active) + 1) * Day.BIN_SECONDS;
            }
        }
        return unseeingSince == NOT ? NEVER : unseeingSince;
    }

    private void clock(int deviceNo, Status status, long ahead, long local) {
        Long millis = status.clockErrorMillis();
        long own = millis == null ? 0 : millis / 1000;
        long error = Math.max(own > CLOCK_ERROR_SECONDS ? own : 0, ahead > CLOCK_AHEAD_SECONDS ? ahead : 0);
        if (error > 0) {
            clockSince = clockSeconds > 0 ? clockSince : local;
            clockSeconds = error;
            clockDeviceNo = deviceNo;
        } else if (deviceNo == clockDeviceNo) {
            clockSeconds = 0;
        }
    }

    @Override
    public void dayEnds(Day day) {
        rooms.dayEnds(day.isAtHome() && 5 * day.countWatched(0, Day.BINS) >= 4 * Day.BINS);
    }

    @Override
    public long nextMoment() {
        return NEVER;
    }

    @Override
    public void judge(Look look, List<Verdict> verdicts) {
        if (isLow()) {
            verdicts.add(battery(look));
        }
        Status.SensorHealth sensor = complaint;
        if (sensor != null) {
            verdicts.add(sensorByItsWord(look, sensor));
        }
        if (clockSeconds > 0) {
            Evidence evidence =
                    new Evidence().put("since", look.instant(clockSince)).put("clockErrorSeconds", clockSeconds);
            Duration error = Duration.ofSeconds(clockSeconds);
            verdicts.add(
                    verdict(look, BY_RULE, "clock:" + clockSince, FamilySentences.clock(error), evidence, clockSince));
        }
        Room active = rooms.mostActive();
        if (rooms.isStuck(active, binOf(look.local()))) {
            verdicts.add(stuck(look, active));
        }
        Room silent = rooms.mostSilent();
        if (rooms.tail(silent) <= UNUSUAL && rooms.silentDays(silent) >= LEAST_SILENT_DAYS) {
            verdicts.add(silent(look, silent));
        }
    }

    private Verdict battery(Look look) {
        Duration left =
                percentAnHour < LEAST_SLOPE ? null : Duration.ofMinutes(Math.round(60 * percent / percentAnHour));
        Evidence evidence = new Evidence()
                .put("since", look.instant(lowSince))
                .put("at", look.instant(batteryAt))
                .put("batteryPercent", percent)
                .put("percentAnHour", (double) percentAnHour);
        return verdict(
                look, BY_RULE, "battery:" + lowSince, FamilySentences.battery(percent, left), evidence, lowSince);
    }

    private Verdict sensorByItsWord(Look look, Status.SensorHealth sensor) {
        Evidence evidence = new Evidence()
                .put("since", look.instant(sensorSince))
                .put("sensor", JsonTypes.wireName(sensor.sensor()))
                .put("room", JsonTypes.wireName(sensor.room()))
                .put("health", JsonTypes.wireName(sensor.health()));
        Sentence reason = FamilySentences.sensor(sensor.room(), sensor.health());
        return verdict(look, BY_RULE, "sensor:" + sensorSince, reason, evidence, sensorSince);
    }

    private Verdict stuck(Look look, Room room) {
        int bins = rooms.binsOnEnd(room);
        long since = (rooms.lastBin(room) - (long) bins + 1) * Day.BIN_SECONDS;
        Evidence evidence = new Evidence()
                .put("room", JsonTypes.wireName(room))
                .put("activeWithoutEndMinutes", bins * 10L)
                .put("usualActiveMinutesADay", rooms.usual(room) * 10);
        Sentence reason = FamilySentences.sensorNeverStill(room, Duration.ofMinutes(bins * 10L));
        return verdict(
                look, BY_RULE, "stuck:%s:%d".formatted(JsonTypes.wireName(room), since), reason, evidence, since);
    }

    private Verdict silent(Look look, Room room) {
        int days = rooms.silentDays(room);
        long since = (long) rooms.lastBin(room) * Day.BIN_SECONDS;
        Evidence evidence = new Evidence()
                .put("room", JsonTypes.wireName(room))
                .put("lastSignAt", look.instant(since))
                .put("silentDays", days)
                .put("usualActiveMinutesADay", rooms.usual(room) * 10)
                .put("tail", rooms.tail(room));
        Sentence reason =
                FamilySentences.sensorSilent(room, days, Duration.ofMinutes(Math.round(rooms.usual(room)) * 10));
        return verdict(
                look,
                rooms.tail(room),
                "silent:%s:%d".formatted(JsonTypes.wireName(room), since),
                reason,
                evidence,
                since);
    }

    private static Verdict verdict(
            Look look, double tail, String episode, Sentence reason, Evidence evidence, long local) {
        return new Verdict(
                Family.DEVICE_HEALTH, tail, Tier.REVIEW, null, episode, reason, evidence, look.instant(local));
    }

    @Override
    public void relearn() {
        rooms.relearn();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        rooms.write(out);
        out.writeInt(batteryDeviceNo);
        out.writeByte(percent);
        out.writeBoolean(isOnMains);
        out.writeFloat(percentAnHour);
        out.writeLong(batteryAt);
        out.writeLong(lowSince);
        out.writeInt(sensorDeviceNo);
        Status.SensorHealth sensor = complaint;
        out.writeBoolean(sensor != null);
        if (sensor != null) {
            out.writeUTF(sensor.sensor().name());
            out.writeUTF(sensor.room().name());
            out.writeUTF(sensor.health().name());
        }
        out.writeLong(sensorSince);
        out.writeInt(unseeingDeviceNo);
        out.writeLong(unseeingSince);
        out.writeInt(clockDeviceNo);
        out.writeLong(clockSeconds);
        out.writeLong(clockSince);
    }

    @Override
    public void read(DataInput in) throws IOException {
        rooms.read(in);
        batteryDeviceNo = in.readInt();
        percent = in.readByte();
        isOnMains = in.readBoolean();
        percentAnHour = in.readFloat();
        batteryAt = in.readLong();
        lowSince = in.readLong();
        sensorDeviceNo = in.readInt();
        complaint = in.readBoolean()
                ? new Status.SensorHealth(
                        Sensor.valueOf(in.readUTF()), Room.valueOf(in.readUTF()), Status.Health.valueOf(in.readUTF()))
                : null;
        sensorSince = in.readLong();
        unseeingDeviceNo = in.readInt();
        unseeingSince = in.readLong();
        clockDeviceNo = in.readInt();
        clockSeconds = in.readLong();
        clockSince = in.readLong();
    }
}
