package kr.dolbom.risk.family.medication;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import kr.dolbom.contract.json.JsonTypes;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.risk.alert.Evidence;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Cusum;
import kr.dolbom.risk.family.measure.Habit.Prior;
import kr.dolbom.risk.reason.FamilySentences;
import org.jspecify.annotations.Nullable;

/// Whether doses are confirmed as usual, slot by slot.
///
/// ```
/// a dose is missed   when it was not confirmed as taken by the usual minute + max(2 h, 3 deviations of it)
/// run k ≥ 2          tail = Π (β + i) / (α + β + i), i = 0 … k−1        of that slot, see Chance; prior 3.6 and 0.4
/// often              ℓ = ln(q1/q0) for a miss, ln((1−q1)/(1−q0)) else   q0 the slot's usual share missed,
///                                                                       q1 = q0 + 0.3·(1 − q0)
/// ```
///
/// The two share the family's tail, each multiplied by 2. A slot that was never heard of is none. A refused or
/// unanswered dose may still be taken until the deadline, and one taken later that day takes the miss back. Deadlines
/// that pass while the device is blind or the resident in hospital count for nothing.
///
/// Source: Beta-Binomial and Page's sum are textbook, the numbers are our own and rest on no recorded doses.
public final class Doses implements Detector {
    private static final int DAY_SECONDS = 86_400;
    private static final int DAY_BEGINS = 4 * 3600;
    private static final Prior[] USUAL_MINUTES = {
        new Prior(4 * 60, 45, 1, 5),
        new Prior(8 * 60 + 30, 45, 1, 5),
        new Prior(14 * 60 + 30, 45, 1, 5),
        new Prior(17 * 60 + 30, 45, 1, 5)
    };
    private static final Medication.Slot[] SLOTS = Medication.Slot.values();
    private static final double OFTEN = 0.3;
    private static final int LEAST_DAYS = 4;
    private static final double TESTS = 2;
    private static final double RECENT = 0.15;

    private final @Nullable DoseSlot[] slots = new DoseSlot[SLOTS.length]; // null: never heard of
    private final Cusum often = new Cusum();
    private float recentShare = -1;
    private float usualShare;
    private int day = Integer.MIN_VALUE;
    private long blindFrom;
    private long blindTo;

    /// Nothing known yet.
    public Doses() {}

    @Override
    public boolean observe(Fact fact, long local) {
        switch (fact) {
            case Fact.Dose(long _, Medication.Slot slot, Medication.Outcome outcome) -> {
                turnTo(local);
                if (outcome == Medication.Outcome.TAKEN && numberOf(local) == day) {
                    take(slotOf(slot), local);
                }
                return true;
            }
            case Fact.Blind(long at, long to) -> {
                turnTo(local);
                blindFrom = blindTo >= local ? Math.min(blindFrom, local) : local;
                blindTo = Math.max(blindTo, local + to - at);
                return false;
            }
            case Fact.Seen _,
                    Fact.Talked _,
                    Fact.DeviceReport _,
                    Fact.WentOut _,
                    Fact.Returned _,
                    Fact.Hospital _,
                    Fact.Relearn _ -> {
                return false;
            }
        }
    }

    private DoseSlot slotOf(Medication.Slot slot) {
        int i = switch (slot) {
            case MORNING -> 0;
            case NOON -> 1;
            case EVENING -> 2;
            case BEDTIME -> 3;
        };
        DoseSlot known = slots[i];
        if (known == null) {
            known = new DoseSlot(USUAL_MINUTES[i]);
            slots[i] = known;
        }
        return known;
    }

    private void take(DoseSlot slot, long local) {
        double missed = 1 - slot.usualShare();
        if (slot.take((local - startOf(day)) / 60.0)) {
            learn(missed, false);
        }
    }

    private void learn(double missed, boolean isMiss) {
        double changed = missed + OFTEN * (1 - missed);
        often.add(isMiss ? Math.log(changed / missed) : Math.log((1 - changed) / (1 - missed)), day);
        double share = isMiss ? 0 : 1;
        recentShare = recentShare < 0 ? (float) (1 - missed) : (float) (recentShare + RECENT * (share - recentShare));
        usualShare = (float) (1 - missed);
    }

    private void turnTo(long local) {
        int today = numberOf(local);
        if (day == Integer.MIN_VALUE) {
            day = today;
        }
        while (day < today) {
            passDeadlines(startOf(day + 1));
            day++;
            for (DoseSlot slot : slots) {
                if (slot != null) {
                    slot.turn();
                }
            }
        }
        passDeadlines(local);
    }

    private void passDeadlines(long local) {
        for (DoseSlot slot : slots) {
            if (slot == null || !slot.isOpen() || deadline(slot) > local) {
                continue;
            }
            long deadline = deadline(slot);
            if (isBlind(slot, deadline)) {
                slot.excuse();
            } else {
                learn(1 - slot.usualShare(), true);
                slot.miss(day);
            }
        }
    }

    private boolean isBlind(DoseSlot slot, long deadline) {
        return blindFrom < deadline && blindTo > startOf(day) + Math.round(60 * slot.usualMinute());
    }

    private long deadline(DoseSlot slot) {
        return startOf(day) + Math.round(60 * slot.deadlineMinute());
    }

    private static int numberOf(long local) {
        return Math.toIntExact(Math.floorDiv(local - DAY_BEGINS, (long) DAY_SECONDS));
    }

    private static long startOf(int number) {
        return (long) number * DAY_SECONDS + DAY_BEGINS;
    }

    @Override
    public long nextMoment() {
        long next = NEVER;
        for (DoseSlot slot : slots) {
            if (slot != null && slot.isOpen()) {
                next = Math.min(next, deadline(slot));
            }
        }
        return next == NEVER && day != Integer.MIN_VALUE && hasSlots() ? startOf(day + 1) : next;
    }

    private boolean hasSlots() {
        for (DoseSlot slot : slots) {
            if (slot != null && slot.isKnown()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void judge(Look look, List<Verdict> verdicts) {
        if (day == Integer.MIN_VALUE) {
            return;
        }
        turnTo(look.local());
        int worst = -1;
        double tailOfRun = 1;
        for (int i = 0; i < slots.length; i++) {
            DoseSlot slot = slots[i];
            if (slot != null && slot.tail() < tailOfRun) {
                worst = i;
                tailOfRun = slot.tail();
            }
        }
        double tailOfOften = day - often.since() < LEAST_DAYS ? 1 : often.tail();
        double tail = Math.min(tailOfRun, tailOfOften);
        if (TESTS * tail > UNUSUAL) {
            return;
        }
        DoseSlot slot = worst < 0 ? null : slots[worst];
        verdicts.add(
                slot != null && tailOfRun <= tailOfOften
                        ? missed(look, SLOTS[worst], slot, TESTS * tail)
                        : missedOften(look, TESTS * tail));
    }

    private Verdict missed(Look look, Medication.Slot which, DoseSlot slot, double tail) {
        long first = startOf(slot.firstMissedDay()) + Math.round(60 * slot.usualMinute());
        return new Verdict(
                Family.MEDICATION,
                tail,
                Tier.CHECK_IN,
                null,
                "dose:%s:%d".formatted(JsonTypes.wireName(which), slot.firstMissedDay()),
                FamilySentences.missedDoses(which, slot.run(), percent(slot.usualShare())),
                new Evidence()
                        .put("slot", JsonTypes.wireName(which))
                        .put("missedOnEnd", slot.run())
                        .put("firstMissedAt", look.instant(first))
                        .put("usualSharePercent", percent(slot.usualShare()))
                        .put("usualAt", look.instant(startOf(day) + Math.round(60 * slot.usualMinute())))
                        .put("tail", tail),
                look.instant(first));
    }

    private Verdict missedOften(Look look, double tail) {
        return new Verdict(
                Family.MEDICATION,
                tail,
                Tier.REVIEW,
                null,
                "doses:" + often.since(),
                FamilySentences.dosesMissedOften(day - often.since() + 1, percent(usualShare), percent(recentShare)),
                new Evidence()
                        .put("since", look.instant(startOf(often.since())))
                        .put("recentSharePercent", percent(recentShare))
                        .put("usualSharePercent", percent(usualShare))
                        .put("tail", tail),
                look.instant(startOf(often.since())));
    }

    private static long percent(double share) {
        return Math.round(100 * share);
    }

    @Override
    public void relearn() {
        Arrays.fill(slots, null);
        often.reset();
        recentShare = -1;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        for (DoseSlot slot : slots) {
            out.writeBoolean(slot != null);
            if (slot != null) {
                slot.write(out);
            }
        }
        often.write(out);
        out.writeFloat(recentShare);
        out.writeFloat(usualShare);
        out.writeInt(day);
        out.writeLong(blindFrom);
        out.writeLong(blindTo);
    }

    @Override
    public void read(DataInput in) throws IOException {
        for (int i = 0; i < slots.length; i++) {
            if (in.readBoolean()) {
                DoseSlot slot = new DoseSlot(USUAL_MINUTES[i]);
                slot.read(in);
                slots[i] = slot;
            } else {
                slots[i] = null;
            }
        }
        often.read(in);
        recentShare = in.readFloat();
        usualShare = in.readFloat();
        day = in.readInt();
        blindFrom = in.readLong();
        blindTo = in.readLong();
    }
}
