package kr.dolbom.risk.family.medication;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import kr.dolbom.risk.family.measure.Chance;
import kr.dolbom.risk.family.measure.Habit;
import kr.dolbom.risk.family.measure.Habit.Prior;

/// One slot of the day: how often its dose is confirmed, and how late it usually is. Days begin at 04:00, so that a
/// dose after midnight belongs to the evening before.
final class DoseSlot {
    private static final Chance.Prior TAKEN = new Chance.Prior(3.6, 0.4);
    private static final double EARLIEST_MARGIN_MINUTES = 120;
    private static final double LATENESS_DEVIATIONS = 3;

    private static final int LEAST_RUN = 2;

    /// A run of misses teaches at most this many: an absence must not become what is usual.
    private static final int MOST_LEARNT = 3;

    /// A slot that was heard of twice or more is one that the resident has.
    private static final double KNOWN_FROM = 1.9;

    private final Chance taken = new Chance(TAKEN);
    private final Habit minute;
    private short run;
    private short runBeforeToday;
    private int firstMissedDay;
    private boolean isTakenToday;
    private boolean isMissedToday;
    private boolean isExcusedToday;

    /// @param minute after 04:00 at which others take this slot's dose
    DoseSlot(Prior minute) {
        this.minute = new Habit(minute);
    }

    /// A new day begins.
    void turn() {
        taken.forget(Habit.KEPT_PER_DAY);
        minute.forget(Habit.KEPT_PER_DAY);
        isTakenToday = false;
        isMissedToday = false;
        isExcusedToday = false;
        runBeforeToday = run;
    }

    /// The dose was taken, whatever was thought before.
    ///
    /// @return whether that changes how the day stands
    boolean take(double atMinute) {
        if (isTakenToday) {
            return false;
        }
        isTakenToday = true;
        isMissedToday = false;
        taken.missed(Math.min(MOST_LEARNT, runBeforeToday));
        taken.happened(1);
        minute.learn(atMinute);
        run = 0;
        return true;
    }

    /// No dose was confirmed by the deadline.
    void miss(int day) {
        isMissedToday = true;
        if (run == 0) {
            firstMissedDay = day;
        }
        run++;
    }

    /// The deadline passed while nobody could have told.
    void excuse() {
        isExcusedToday = true;
    }

    /// Whether today's deadline is still to come.
    boolean isOpen() {
        return isKnown() && !isTakenToday && !isMissedToday && !isExcusedToday;
    }

    /// Whether the resident has doses in this slot.
    boolean isKnown() {
        return taken.known() + run >= KNOWN_FROM;
    }

    /// The minute after 04:00 from which the dose counts as missed: the usual one plus three deviations of the
    /// resident's own lateness, at least two hours.
    double deadlineMinute() {
        return Math.min(
                24 * 60 - 10,
                minute.mean() + Math.max(EARLIEST_MARGIN_MINUTES, LATENESS_DEVIATIONS * minute.deviation()));
    }

    double usualMinute() {
        return minute.mean();
    }

    int run() {
        return run;
    }

    int firstMissedDay() {
        return firstMissedDay;
    }

    double usualShare() {
        return taken.mean();
    }

    /// How probable so many misses on end are; 1 for a single one, of which the robot reminds.
    double tail() {
        return run < LEAST_RUN ? 1 : taken.tailOfMisses(run);
    }

    void write(DataOutput out) throws IOException {
        taken.write(out);
        minute.write(out);
        out.writeShort(run);
        out.writeShort(runBeforeToday);
        out.writeInt(firstMissedDay);
        out.writeBoolean(isTakenToday);
        out.writeBoolean(isMissedToday);
        out.writeBoolean(isExcusedToday);
    }

    void read(DataInput in) throws IOException {
        taken.read(in);
        minute.read(in);
        run = in.readShort();
        runBeforeToday = in.readShort();
        firstMissedDay = in.readInt();
        isTakenToday = in.readBoolean();
        isMissedToday = in.readBoolean();
        isExcusedToday = in.readBoolean();
    }
}
