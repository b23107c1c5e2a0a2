package kr.dolbom.risk.family;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.family.decline.Decline;
import kr.dolbom.risk.family.devicehealth.DeviceHealth;
import kr.dolbom.risk.family.distress.Distress;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Day;
import kr.dolbom.risk.family.medication.Doses;
import kr.dolbom.risk.family.medication.Meals;
import kr.dolbom.risk.family.mood.Mood;
import kr.dolbom.risk.family.night.Night;
import kr.dolbom.risk.family.outing.Outing;

/// All families of one resident. Tell facts in order of time with [#observe], ask with [#judge] when `observe` says
/// that it is worth it and at [#nextMoment]. What comes late is taken where its day has not ended; after that it
/// changes nothing.
///
/// Each fact costs O(1); the day's work is done once a day, at noon by the resident's clock. Deterministic; not safe
/// for use by several threads.
public final class Families {
    private static final byte VERSION = 3;

    /// A home unheard for longer begins its days anew without judging those between.
    private static final int MOST_DAYS_AT_ONCE = 100;

    private static final long FIRST_BLIND_SECONDS = 86_400;
    private static final long NONE = Long.MIN_VALUE;

    private final ZoneRules rules;
    private final ZoneId zone;
    private final Day day = new Day();
    private final Outing outing = new Outing();
    private final Doses doses = new Doses();
    private final Meals meals = new Meals();
    private final DeviceHealth deviceHealth = new DeviceHealth();
    private final Detector[] detectors = {
        new Night(), new Decline(), doses, meals, outing, new Distress(), new Mood(), deviceHealth
    };

    private boolean isBegun;
    private long blindFrom = NONE;
    private long blindTo = NONE;
    private long hospitalSince = NONE;

    private boolean isStill;
    private boolean mayBeUnseeable;
    private long dosesMoment = Detector.NEVER;
    private long moment = Detector.NEVER;

    private int offset;
    private long offsetFrom = Long.MAX_VALUE;
    private long offsetUntil = NONE;

    /// Nothing known yet.
    ///
    /// @param zone of the resident's hours of the day
    public Families(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
    }

    /// Takes in a fact.
    ///
    /// @return whether it is worth judging at once
    public boolean observe(Fact told) {
        Fact fact = isBegun ? told : lastDayOf(told);
        long local = local(fact.at());
        isStill &= fact.at() < moment; // a moment that passes here has not been judged
        leaveHospital(fact, local);
        turnTo(local);
        boolean isNews = take(fact, local);
        isStill &= !isNews;
        findMoment(fact instanceof Fact.Seen);
        return isNews;
    }

    /// Whoever was never heard of before is blind since ever, of which days one is as good as all.
    private static Fact lastDayOf(Fact fact) {
        return fact instanceof Fact.Blind(long at, long to) && to - at > FIRST_BLIND_SECONDS
                ? new Fact.Blind(to - FIRST_BLIND_SECONDS, to)
                : fact;
    }

    private boolean take(Fact fact, long local) {
        return switch (fact) {
            case Fact.Seen seen -> seen(seen, local);
            case Fact.Blind blind -> {
                blind(blind, local, local(blind.to()));
                yield false;
            }
            case Fact.Hospital _ -> {
                hospitalSince = local;
                yield tell(fact, local);
            }
            case Fact.Relearn _ -> {
                beginUnseen(day.number(), local);
                for (Detector detector : detectors) {
                    detector.relearn();
                }
                yield true;
            }
            case Fact.DeviceReport _ -> observeHealth(fact, local); // nobody else cares, and half of all are such
            case Fact.Talked _, Fact.Dose _, Fact.WentOut _, Fact.Returned _ -> tell(fact, local);
        };
    }

    private boolean seen(Fact.Seen seen, long local) {
        if (Day.numberOf(local) == day.number()) {
            day.seen(local, seen.count());
        }
        // only these three care, and this is the hot path
        boolean isNews = outing.observe(seen, local);
        isNews |= meals.observe(seen, local);
        isNews |= observeHealth(seen, local);
        return isNews;
    }

    private boolean observeHealth(Fact fact, long local) {
        boolean isNews = deviceHealth.observe(fact, local);
        mayBeUnseeable = deviceHealth.mayBeUnseeable();
        return isNews;
    }

    private boolean tell(Fact fact, long local) {
        boolean isNews = false;
        for (Detector detector : detectors) {
            isNews |= detector.observe(fact, local);
        }
        return isNews;
    }

    private void blind(Fact.Blind blind, long from, long to) {
        blindFrom = blindTo >= from ? Math.min(blindFrom, from) : from;
        blindTo = Math.max(blindTo, to);
        day.blind(from, to);
        tell(blind, from);
    }

    /// Somebody in hospital is not seen at home; that time is blind.
    private void leaveHospital(Fact fact, long local) {
        if (hospitalSince == NONE || local <= hospitalSince || fact instanceof Fact.Blind) {
            return;
        }
        stayInHospital(local);
        boolean isBack = switch (fact) {
            case Fact.Seen seen -> seen.room() != Room.FRONT_DOOR && seen.room() != Room.BACK_DOOR;
            case Fact.Talked talked -> talked.voice().turns() > 0;
            case Fact.Returned _, Fact.WentOut _ -> true;
            case Fact.Dose _, Fact.DeviceReport _, Fact.Hospital _, Fact.Blind _, Fact.Relearn _ -> false;
        };
        if (isBack) {
            hospitalSince = NONE;
        }
    }

    private void stayInHospital(long local) {
        if (hospitalSince != NONE && local > hospitalSince) {
            blind(new Fact.Blind(hospitalSince - offset, local - offset), hospitalSince, local);
        }
    }

    private void turnTo(long local) {
        int today = Day.numberOf(local);
        if (isBegun && today <= day.number()) {
            return;
        }
        if (!isBegun) {
            isBegun = true;
            beginUnseen(today, local);
            return;
        }
        int next = Math.max(day.number(), today - MOST_DAYS_AT_ONCE);
        isStill = false;
        while (next < today) {
            for (Detector detector : detectors) {
                detector.dayEnds(day);
            }
            next++;
            day.begin(next);
            day.blind(blindFrom, blindTo);
        }
    }

    /// Begins a day of whose beginning nothing is known.
    private void beginUnseen(int number, long local) {
        day.begin(number);
        day.blind(Day.startOf(number), local);
    }

    /// Says what is unusual now, nothing where nothing is.
    ///
    /// @param verdicts takes it
    public void judge(Instant now, List<Verdict> verdicts) {
        Look look = new Look(now, zone, local(now.getEpochSecond()));
        stayInHospital(look.local());
        if (isBegun) {
            turnTo(look.local());
        }
        int before = verdicts.size();
        for (Detector detector : detectors) {
            detector.judge(look, verdicts);
        }
        isStill = isBegun && verdicts.size() == before;
        findMoment(false);
    }

    /// Whether a judgement would say nothing: the last one did, nothing that is worth judging has come since, and no
    /// moment.
    public boolean isStill(Instant now) {
        return isStill && now.getEpochSecond() < moment && hospitalSince == NONE;
    }

    /// Says what is unusual now.
    public List<Verdict> judge(Instant now) {
        List<Verdict> verdicts = new ArrayList<>();
        judge(now, verdicts);
        return verdicts;
    }

    /// When to judge next without news, in seconds since 1970; [Detector#NEVER] before the first fact.
    public long nextMoment() {
        return moment;
    }

    /// Only three have moments of their own, and a sign does not move that of the doses: this is the hot path.
    private void findMoment(boolean isDosesKnown) {
        if (!isBegun) {
            moment = Detector.NEVER;
            return;
        }
        if (!isDosesKnown) {
            dosesMoment = doses.nextMoment();
        }
        long next = Math.min(Day.startOf(day.number() + 1), dosesMoment);
        moment = Math.min(next, Math.min(meals.nextMoment(), outing.nextMoment())) - offset;
    }

    /// The day since 1970 by the resident's calendar.
    public long dayOf(Instant now) {
        return Math.floorDiv(local(now.getEpochSecond()), 86_400L);
    }

    /// Since when the resident could not be seen even if he or she moved, as the home's sensors are broken, in seconds
    /// since 1970; [Detector#NEVER] where that can be seen.
    public long unseeableSince(long second) {
        if (!mayBeUnseeable) {
            return Detector.NEVER; // the most frequent answer, without looking at any sensor
        }
        long since = deviceHealth.unseeableSince(local(second));
        return since == Detector.NEVER ? since : since - offset;
    }

    private long local(long second) {
        if (second < offsetFrom || second >= offsetUntil) {
            Instant at = Instant.ofEpochSecond(second);
            ZoneOffsetTransition next = rules.nextTransition(at);
            ZoneOffsetTransition last = rules.previousTransition(at.plusSeconds(1));
            offset = rules.getOffset(at).getTotalSeconds();
            offsetFrom = last == null ? NONE : last.toEpochSecond();
            offsetUntil = next == null ? Long.MAX_VALUE : next.toEpochSecond();
        }
        return second + offset;
    }

    /// Reads a little of what a fact needs, and says nothing: so that it is near when a fact comes.
    public int glance() {
        return (int) moment
                + day.signs()
                + (int) outing.nextMoment()
                + (int) meals.nextMoment()
                + deviceHealth.glance();
    }

    /// Writes the whole state, with a version.
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeBoolean(isBegun);
        out.writeLong(blindFrom);
        out.writeLong(blindTo);
        out.writeLong(hospitalSince);
        day.write(out);
        for (Detector detector : detectors) {
            detector.write(out);
        }
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IOException where it was written by another version: learn from the history instead
    public void read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "state of families has version %d, version %d was expected".formatted(version, VERSION));
        }
        isBegun = in.readBoolean();
        blindFrom = in.readLong();
        blindTo = in.readLong();
        hospitalSince = in.readLong();
        day.read(in);
        for (Detector detector : detectors) {
            detector.read(in);
        }
        mayBeUnseeable = deviceHealth.mayBeUnseeable();
        long _ = local(Day.startOf(day.number())); // so that the moment is by the resident's clock
        findMoment(false);
    }
}
