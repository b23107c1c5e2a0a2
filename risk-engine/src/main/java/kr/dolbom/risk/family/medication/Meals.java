package kr.dolbom.risk.family.medication;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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
import kr.dolbom.risk.family.measure.Habit;
import kr.dolbom.risk.reason.FamilySentences;
import org.jspecify.annotations.Nullable;

/// Whether somebody who is up and at home goes to the kitchen at mealtimes.
///
/// ```
/// windows  05:00–10:30, 10:30–15:00, 15:00–21:00
/// a meal was missed where the kitchen (its fridge included) gave no sign in the window, but other rooms did in two or
/// more bins of ten minutes; where they did not the resident was out or asleep, and the window counts for nothing
/// run k    tail = Π (β + i) / (α + β + i), i = 0 … k−1     over all meals together, see Chance; prior 1 and 1
/// ```
///
/// The prior weighs two meals alone, so that a home without a sensor in the kitchen soon tells nothing, and nothing is
/// said before twelve meals are known. One missed meal is nobody's business. In the recorded homes 28 of 30 residents
/// were in the kitchen at 96 to 100 % of
/// such mealtimes. A window that was partly blind is left out. Source: our own.
public final class Meals implements Detector {
    private static final Chance.Prior EATEN = new Chance.Prior(1, 1);
    private static final int DAY_SECONDS = 86_400;
    private static final int[] BEGINS = {5 * 3600, 10 * 3600 + 1800, 15 * 3600, 21 * 3600};
    private static final int WINDOWS = 3;
    private static final int BIN_SECONDS = 600;
    private static final int BINS_ELSEWHERE = 2;
    private static final double MEALS_TO_KNOW = 12;
    private static final double MOST_LEARNT = 3;
    private static final int LEAST_RUN = 2;

    private final Chance eaten = new Chance(EATEN);
    private int window = Integer.MIN_VALUE;
    private int lastBin;
    private int firstMissed;
    private short run;
    private byte binsElsewhere;
    private boolean isKitchenSeen;
    private boolean isBlind;

    /// Nothing known yet.
    public Meals() {}

    @Override
    public boolean observe(Fact fact, long local) {
        if (fact instanceof Fact.Seen seen) {
            turnTo(local);
            return window == windowOf(local) && seen(seen.room(), local);
        }
        if (fact instanceof Fact.Blind blind) {
            blind(local, local + blind.to() - blind.at());
        }
        return false;
    }

    private boolean seen(@Nullable Room room, long local) {
        if (room == Room.KITCHEN) {
            boolean isNews = run > 0;
            isKitchenSeen = true;
            if (run > 0) {
                eaten.missed(Math.min(MOST_LEARNT, run));
                run = 0;
            }
            return isNews;
        }
        int bin = (int) Math.floorDiv(local, (long) BIN_SECONDS);
        if (bin != lastBin && binsElsewhere < BINS_ELSEWHERE) {
            binsElsewhere++;
        }
        lastBin = bin;
        return false;
    }

    private void blind(long from, long to) {
        turnTo(from);
        isBlind |= window != Integer.MIN_VALUE && isWindow(windowOf(from));
        if (windowOf(to) != window) {
            turnTo(to);
            isBlind |= isWindow(window) && from < to;
        }
    }

    /// Four spans a day, of which the last, the night, is no window.
    private static int windowOf(long local) {
        long day = Math.floorDiv(local, (long) DAY_SECONDS);
        int second = (int) Math.floorMod(local, (long) DAY_SECONDS);
        if (second < BEGINS[0]) {
            return Math.toIntExact((day - 1) * (WINDOWS + 1) + WINDOWS);
        }
        int span = 0;
        while (span < WINDOWS && second >= BEGINS[span + 1]) {
            span++;
        }
        return Math.toIntExact(day * (WINDOWS + 1) + span);
    }

    private static boolean isWindow(int window) {
        return Math.floorMod(window, WINDOWS + 1) < WINDOWS;
    }

    private static long endOf(int window) {
        long day = Math.floorDiv(window, WINDOWS + 1);
        int span = Math.floorMod(window, WINDOWS + 1);
        return day * DAY_SECONDS + (span == WINDOWS ? DAY_SECONDS + BEGINS[0] : BEGINS[span + 1]);
    }

    private static long startOf(int window) {
        return Math.floorDiv(window, WINDOWS + 1) * (long) DAY_SECONDS + BEGINS[Math.floorMod(window, WINDOWS + 1)];
    }

    private void turnTo(long local) {
        int now = windowOf(local);
        if (now <= window) {
            return;
        }
        if (window != Integer.MIN_VALUE) {
            end();
            int days = Math.floorDiv(now, WINDOWS + 1) - Math.floorDiv(window, WINDOWS + 1);
            if (days > 0) {
                eaten.forget(Math.pow(Habit.KEPT_PER_DAY, days));
            }
        }
        window = now;
        isKitchenSeen = false;
        binsElsewhere = 0;
        isBlind = false;
    }

    private void end() {
        if (!isWindow(window) || isBlind) {
            return;
        }
        if (isKitchenSeen) {
            eaten.happened(1);
        } else if (binsElsewhere >= BINS_ELSEWHERE) {
            if (run == 0) {
                firstMissed = window;
            }
            run++;
        }
    }

    @Override
    public long nextMoment() {
        return window == Integer.MIN_VALUE || !isWindow(window) || isKitchenSeen ? NEVER : endOf(window);
    }

    @Override
    public void judge(Look look, List<Verdict> verdicts) {
        if (window == Integer.MIN_VALUE) {
            return;
        }
        turnTo(look.local());
        double tail = eaten.tailOfMisses(run);
        if (run < LEAST_RUN || eaten.known() < MEALS_TO_KNOW || tail > UNUSUAL) {
            return;
        }
        long usual = Math.round(100 * eaten.mean());
        verdicts.add(new Verdict(
                Family.MEALS,
                tail,
                Tier.CHECK_IN,
                null,
                "meals:" + firstMissed,
                FamilySentences.missedMeals(
                        look.instant(startOf(firstMissed)),
                        Math.floorMod(firstMissed, WINDOWS + 1),
                        run,
                        usual,
                        look.now(),
                        look.zone()),
                new Evidence()
                        .put("missedOnEnd", run)
                        .put("firstMissedFrom", look.instant(startOf(firstMissed)))
                        .put("usualSharePercent", usual)
                        .put("mealsKnown", Math.round(eaten.known()))
                        .put("tail", tail),
                look.instant(startOf(firstMissed))));
    }

    @Override
    public void relearn() {
        eaten.relearn();
        run = 0;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        eaten.write(out);
        out.writeInt(window);
        out.writeInt(lastBin);
        out.writeInt(firstMissed);
        out.writeShort(run);
        out.writeByte(binsElsewhere);
        out.writeBoolean(isKitchenSeen);
        out.writeBoolean(isBlind);
    }

    @Override
    public void read(DataInput in) throws IOException {
        eaten.read(in);
        window = in.readInt();
        lastBin = in.readInt();
        firstMissed = in.readInt();
        run = in.readShort();
        binsElsewhere = in.readByte();
        isKitchenSeen = in.readBoolean();
        isBlind = in.readBoolean();
    }
}
