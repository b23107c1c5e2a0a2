package kr.dolbom.risk.family.outing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.alert.Evidence;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Chance;
import kr.dolbom.risk.family.measure.Day;
import kr.dolbom.risk.family.measure.Habit;
import kr.dolbom.risk.family.measure.Habit.Prior;
import kr.dolbom.risk.family.measure.Tails;
import kr.dolbom.risk.reason.FamilySentences;
import org.jspecify.annotations.Nullable;

/// Whether a resident who went out by night (22:00 to 05:00) is back as soon as usual.
///
/// ```
/// out    the resident or the device said so, or an exit door gave the last sign for 15 minutes; ended by any other
///        sign in the home, or by word
/// t      minutes out, blind time not counted
/// q      chance that a night has such an exit at all       Chance, prior 0.5 of 15.5 nights
/// μ, σ   mean and deviation of ln t by night               Habit, prior ln 57 and 1.3, weight 8 nights
/// tail = q · P(Z ≥ (ln t − μ) / σ)
/// ```
///
/// Nothing is said before the usual time exp(μ) is over. A door alone may have been locked before going to bed, so it
/// asks for a check-in at most. Who said to go out, and is
/// not back after two hours by night, gets one in any case. Before the time at which the resident means to be back, and
/// half an hour longer, nothing is said. Going out by day, and being out for more than a
/// day, belongs to the silence family.
///
/// Source: our own; the priors are from 37 night exits in 1,600 nights of 30 recorded homes.
public final class Outing implements Detector {
    private static final Prior LOG_MINUTES = new Prior(Math.log(57), 1.3, 8, 10);
    private static final Chance.Prior EXITS = new Chance.Prior(0.5, 15);
    private static final long NOT_OUT = Long.MIN_VALUE;
    private static final int SHORTEST_SECONDS = 15 * 60;
    private static final int BETWEEN_LOOKS_SECONDS = 10 * 60;
    private static final int GRACE_SECONDS = 30 * 60;
    private static final int LONGEST_SECONDS = 24 * 3600;
    private static final int CAP_SECONDS = 2 * 3600;
    private static final int HOUR = 3600;
    private static final int NIGHT_BEGINS = 22;
    private static final int NIGHT_ENDS = 5;

    private final Habit logMinutes = new Habit(LOG_MINUTES);
    private final Chance exits = new Chance(EXITS);
    private long outSince = NOT_OUT;
    private long expectedBack;
    private long nextLook = NEVER;
    private long blindUntil = Long.MIN_VALUE;
    private int blindSeconds;
    private boolean isSaid;
    private boolean isExitOfNight;

    /// Nothing known yet.
    public Outing() {}

    @Override
    public boolean observe(Fact fact, long local) {
        return switch (fact) {
            case Fact.Seen seen -> isExit(seen.room()) ? door(local) : back(local);
            case Fact.Talked talked -> talked.voice().turns() > 0 && back(local);
            case Fact.WentOut out -> {
                if (isNight(local)) {
                    start(local, true);
                    expectedBack = out.expectedBack() == 0 ? 0 : local + out.expectedBack() - out.at();
                    nextLook = Math.max(nextLook, expectedBack == 0 ? 0 : expectedBack + GRACE_SECONDS);
                }
                yield true;
            }
            case Fact.Returned _, Fact.Hospital _ -> back(local);
            case Fact.Blind blind -> {
                blind(local, local + blind.to() - blind.at());
                yield false;
            }
            case Fact.Dose _, Fact.DeviceReport _, Fact.Relearn _ -> false;
        };
    }

    private static boolean isExit(@Nullable Room room) {
        return room == Room.FRONT_DOOR || room == Room.BACK_DOOR;
    }

    private boolean door(long local) {
        boolean isOut = outSince != NOT_OUT;
        if (isOut && isSaid) {
            return false;
        }
        if (isNight(local)) {
            start(local, false);
        } else if (isOut) {
            return back(local);
        }
        return false;
    }

    private void start(long local, boolean said) {
        outSince = local;
        isSaid = said;
        expectedBack = 0;
        blindSeconds = 0;
        nextLook = local + SHORTEST_SECONDS;
    }

    private boolean back(long local) {
        if (outSince == NOT_OUT || local < outSince) {
            return false;
        }
        long out = secondsOut(local);
        boolean wasOut = out >= SHORTEST_SECONDS;
        if (wasOut) {
            isExitOfNight = true;
            logMinutes.learn(Math.log(out / 60.0));
        }
        outSince = NOT_OUT;
        nextLook = NEVER;
        return wasOut;
    }

    private void blind(long from, long to) {
        if (outSince == NOT_OUT || to <= outSince) {
            return;
        }
        long start = Math.max(Math.max(from, outSince), blindUntil);
        blindSeconds += (int) Math.max(0, to - start);
        blindUntil = Math.max(blindUntil, to);
    }

    private long secondsOut(long local) {
        return local - outSince - blindSeconds;
    }

    @Override
    public void dayEnds(Day day) {
        logMinutes.forget(Habit.KEPT_PER_DAY);
        exits.forget(Habit.KEPT_PER_DAY);
        if (isExitOfNight) {
            exits.happened(1);
        } else if (day.isAtHome()) {
            exits.missed(1);
        }
        isExitOfNight = false;
    }

    private static boolean isNight(long local) {
        int hour = Math.floorMod(Math.floorDiv(local, (long) HOUR), 24);
        return hour >= NIGHT_BEGINS || hour < NIGHT_ENDS;
    }

    @Override
    public long nextMoment() {
        return nextLook;
    }

    @Override
    public void judge(Look look, List<Verdict> verdicts) {
        if (outSince == NOT_OUT) {
            return;
        }
        if (look.local() >= nextLook) {
            nextLook = look.local() + BETWEEN_LOOKS_SECONDS;
        }
        long seconds = secondsOut(look.local());
        if (seconds > LONGEST_SECONDS) {
            outSince = NOT_OUT;
            nextLook = NEVER;
            return;
        }
        double usualMinutes = Math.exp(logMinutes.mean());
        if (seconds < Math.max(SHORTEST_SECONDS, 60 * usualMinutes)
                || (expectedBack != 0 && look.local() < expectedBack + GRACE_SECONDS)) {
            return;
        }
        double tail =
                exits.mean() * Tails.normal((Math.log(seconds / 60.0) - logMinutes.mean()) / logMinutes.deviation());
        if (tail > UNUSUAL) {
            return;
        }
        Duration usual = Duration.ofMinutes(Math.round(usualMinutes));
        verdicts.add(new Verdict(
                Family.OUTING,
                tail,
                isSaid ? Tier.URGENT : Tier.CHECK_IN,
                isSaid && seconds >= CAP_SECONDS ? Tier.CHECK_IN : null,
                "outing:" + look.instant(outSince).getEpochSecond(),
                FamilySentences.notBack(
                        look.instant(outSince), isSaid, Duration.ofSeconds(seconds), usual, look.now(), look.zone()),
                new Evidence()
                        .put("outSince", look.instant(outSince))
                        .put("said", Boolean.toString(isSaid))
                        .put("outMinutes", seconds / 60)
                        .put("usualMinutes", usual.toMinutes())
                        .put("nightsWithExitPercent", 100 * exits.mean())
                        .put("tail", tail),
                look.instant(outSince)));
    }

    @Override
    public void relearn() {
        logMinutes.relearn();
        exits.relearn();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        logMinutes.write(out);
        exits.write(out);
        out.writeLong(outSince);
        out.writeLong(expectedBack);
        out.writeLong(nextLook);
        out.writeLong(blindUntil);
        out.writeInt(blindSeconds);
        out.writeBoolean(isSaid);
        out.writeBoolean(isExitOfNight);
    }

    @Override
    public void read(DataInput in) throws IOException {
        logMinutes.read(in);
        exits.read(in);
        outSince = in.readLong();
        expectedBack = in.readLong();
        nextLook = in.readLong();
        blindUntil = in.readLong();
        blindSeconds = in.readInt();
        isSaid = in.readBoolean();
        isExitOfNight = in.readBoolean();
    }
}
