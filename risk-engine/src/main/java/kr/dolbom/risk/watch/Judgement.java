package kr.dolbom.risk.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Finding;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.Families;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.fusion.Fusion;
import kr.dolbom.risk.fusion.Mode;
import kr.dolbom.risk.fusion.Risk;
import org.jspecify.annotations.Nullable;

/// What all families together say of one resident, and which alerts that makes.
///
/// It remembers of which families an alert was raised: those of silence, outings and doses are taken
/// back when the resident is seen, comes home, or the dose is confirmed after all; those of the other
/// families stay until somebody has looked at them, as what they tell does not end with a moment.
/// [AlertBook][kr.dolbom.risk.alert.AlertBook] takes back only what nobody has acted on.
final class Judgement {
    private static final Family[] FAMILIES = Family.values();

    private final int residentNo;
    private final ZoneId zone;
    private final Families families;
    private final Fusion fusion = new Fusion();
    private int raised; // a bit for each family
    private long day = Long.MIN_VALUE;
    private @Nullable Instant withheldUntil;

    Judgement(int residentNo, ZoneId zone) {
        this.residentNo = residentNo;
        this.zone = zone;
        this.families = new Families(zone);
    }

    /// Takes in a message.
    ///
    /// @return whether it is worth judging at once
    boolean observe(TelemetryRow row, Instant at) {
        return Facts.tell(families, row, at);
    }

    /// From one moment to another nothing could be seen.
    void blind(Instant from, Instant to) {
        if (from.isBefore(to)) {
            boolean _ = families.observe(new Fact.Blind(from.getEpochSecond(), to.getEpochSecond()));
        }
    }

    /// Begins all baselines anew.
    void relearn(Instant now) {
        boolean _ = families.observe(new Fact.Relearn(now.getEpochSecond()));
    }

    /// Somebody said that an alert of this family was false.
    void falseAlarm(Family family) {
        fusion.falseAlarm(family);
    }

    /// Notes that an alert of this family is there.
    void setRaised(Family family) {
        raised |= bit(family);
    }

    /// Takes the family's alert back, where one is there.
    void retract(Family family, List<Outcome> outcomes) {
        if ((raised & bit(family)) != 0) {
            raised &= ~bit(family);
            outcomes.add(new Outcome.Retract(residentNo, family));
        }
    }

    @SuppressWarnings("EnumOrdinal") // kept nowhere
    private static int bit(Family family) {
        return 1 << family.ordinal();
    }

    /// Whether an alert of any family is there.
    boolean hasRaisedAny() {
        return raised != 0;
    }

    /// Judges.
    ///
    /// @param silence what silence says; null: nothing
    /// @return the score
    int judge(@Nullable Verdict silence, Mode mode, Circumstances circumstances, Instant now, List<Outcome> outcomes) {
        turnTo(now);
        withheldUntil = null;
        if (silence == null && !hasRaisedAny() && families.isStill(now)) {
            return 0;
        }
        List<Verdict> verdicts = new ArrayList<>();
        families.judge(now, verdicts);
        if (silence != null) {
            verdicts.add(silence);
        }
        if (verdicts.isEmpty() && !hasRaisedAny()) {
            return 0;
        }
        Risk risk = fusion.fuse(verdicts, mode, circumstances.weather());
        Set<Family> speaking = EnumSet.noneOf(Family.class);
        for (Risk.Scored scored : risk.reasons()) {
            speaking.add(scored.verdict().family());
            if (scored.isNews() && isQuestion(scored) && circumstances.quiet().hold(now, zone)) {
                fusion.setUntold(scored.verdict().family());
                withheldUntil = circumstances.quiet().endAfter(now, zone);
            } else if (scored.isNews()) {
                raise(scored, outcomes);
            }
        }
        retractWhatIsOver(speaking, mode, outcomes);
        return risk.score();
    }

    /// Whether the robot would ask somebody who may be asleep. Who is out by night, or has just spoken, is not.
    private static boolean isQuestion(Risk.Scored scored) {
        boolean mayBeAsleep = switch (scored.verdict().family()) {
            case SILENCE, MEDICATION, MEALS -> true;
            case EMERGENCY, LATE_EMERGENCY, DEVICE, NIGHT, DECLINE, OUTING, DISTRESS, MOOD, DEVICE_HEALTH -> false;
        };
        return mayBeAsleep && scored.tier() == Tier.CHECK_IN;
    }

    private void raise(Risk.Scored scored, List<Outcome> outcomes) {
        Verdict verdict = scored.verdict();
        if (scored.tier() != null) {
            raise(
                    new Finding(
                            residentNo,
                            verdict.family(),
                            scored.tier(),
                            scored.episode(residentNo),
                            verdict.reason(),
                            verdict.evidence().toJson(),
                            verdict.moment()),
                    outcomes);
        }
    }

    /// Raises what was found.
    void raise(Finding finding, List<Outcome> outcomes) {
        outcomes.add(new Outcome.Raise(finding));
        setRaised(finding.family());
    }

    private void retractWhatIsOver(Set<Family> speaking, Mode mode, List<Outcome> outcomes) {
        for (Family family : FAMILIES) {
            boolean endsByItself = switch (family) {
                case OUTING, MEDICATION -> true;
                case SILENCE, EMERGENCY, LATE_EMERGENCY, DEVICE, NIGHT, DECLINE, MEALS, DISTRESS, MOOD, DEVICE_HEALTH ->
                    false;
            };
            boolean isOver = endsByItself && !speaking.contains(family);
            if (isOver || !mode.judges(family)) {
                retract(family, outcomes);
            }
        }
    }

    private void turnTo(Instant now) {
        long today = families.dayOf(now);
        if (day != Long.MIN_VALUE) {
            for (long past = Math.max(day, today - 365); past < today; past++) {
                fusion.dayEnds();
            }
        }
        day = Math.max(day, today);
    }

    /// When to judge without news; [Instant#MAX]: not at all.
    Instant nextMoment() {
        long second = families.nextMoment();
        Instant moment = second == Detector.NEVER ? Instant.MAX : Instant.ofEpochSecond(second);
        return withheldUntil != null && withheldUntil.isBefore(moment) ? withheldUntil : moment;
    }

    /// Since when the resident could not be seen even if he or she moved, as the home's sensors are broken; null: they
    /// are not.
    @Nullable Instant findUnseeableSince(Instant now) {
        long second = families.unseeableSince(now.getEpochSecond());
        return second == Detector.NEVER ? null : Instant.ofEpochSecond(second);
    }

    int glance() {
        return families.glance();
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(day);
        families.write(out);
        fusion.write(out);
    }

    void read(DataInput in) throws IOException {
        day = in.readLong();
        families.read(in);
        fusion.read(in);
    }
}
