package kr.dolbom.risk.family.distress;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import kr.dolbom.contract.telemetry.Voice;
import kr.dolbom.risk.alert.Evidence;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Day;
import kr.dolbom.risk.family.measure.Habit;
import kr.dolbom.risk.family.measure.Habit.Prior;
import kr.dolbom.risk.reason.FamilySentences;

/// Words of distress and pain, and a conversation full of sadness, anger and fear, weighed against how often this
/// resident says such things.
///
/// ```
/// ρ     = (0.3 + words heard) / (30 + days known)          words a day, a Gamma-Poisson mean, × 0.98 a day
/// R     = min(200, 1 / (1 − exp(−ρ)))                      how telling the first word is
/// R     = min(R, 4)                                        how telling another within 12 h is: words come together
/// Λ    += ln(1 + c·(R − 1))                                c the device's confidence
/// z     = (s − μ) / σ, at most 3                           s share of sadness, anger and fear in a talk, a Habit
/// Λ    += 0.5·(z − 1)·min(1, turns/10)                     where z > 1 and turns ≥ 3
/// Λ     halves every 12 h
/// tail  = 1 / (1 + exp(Λ))
/// ```
///
/// `ln(1 + c·(R − 1))` is the likelihood ratio of a word that was spoken with probability c and tells
/// nothing otherwise. Words of pain and of distress have a sum each; a word counts once in ten minutes,
/// as a device may tell of the same one twice. Pain asks for a check-in at most. Calls for help are
/// emergencies and never come here.
///
/// Source: our own; no recorded speech was at hand, so the numbers are chosen so that one certain word is for review,
/// a second within hours for a check-in, and a third of distress urgent.
public final class Distress implements Detector {
    private static final double WORDS_BEFORE = 0.3;
    private static final double DAYS_BEFORE = 30;
    private static final double MOST_TELLING = 200;
    private static final double TELLING_AGAIN = 4;
    private static final double HALF_LIFE_SECONDS = 12 * 3600;
    private static final int AGAIN_SECONDS = 12 * 3600;
    private static final int SAME_WORD_SECONDS = 600;
    private static final double MOST_WORDS_LEARNT_A_DAY = 3;
    private static final Prior DARK_SHARE = new Prior(0.2, 0.2, 5, 10);
    private static final int LEAST_TURNS = 3;
    private static final double MANY_TURNS = 10;
    private static final double HIGHEST = 12;
    private static final int DISTRESS = 0;
    private static final int PAIN = 1;

    private final Habit darkShare = new Habit(DARK_SHARE);
    private final float[] words = new float[2];
    private final float[] wordsToday = new float[2];
    private final float[] logOdds = new float[2];
    private final long[] lastWord = {Long.MIN_VALUE / 2, Long.MIN_VALUE / 2};
    private final short[] count = new short[2];
    private float fromTalk;
    private float lastDark;
    private float days;
    private long since;
    private long at;

    /// Nothing known yet.
    public Distress() {}

    @Override
    public boolean observe(Fact fact, long local) {
        if (!(fact instanceof Fact.Talked talked)) {
            return false;
        }
        decayTo(local);
        Voice voice = talked.voice();
        boolean isNews = false;
        for (Voice.Code code : voice.codes()) {
            isNews |= switch (code.intent()) {
                case DISTRESS -> word(DISTRESS, code.confidence(), local);
                case PAIN -> word(PAIN, code.confidence(), local);
                case CONVERSATION, LONELINESS, WELFARE_REQUEST -> false;
            };
        }
        return conversation(voice, local) || isNews;
    }

    private boolean word(int which, double confidence, long local) {
        long ago = local - lastWord[which];
        if (ago < SAME_WORD_SECONDS) {
            return false;
        }
        double telling = Math.min(MOST_TELLING, 1 / -Math.expm1(-rate(which)));
        if (ago < AGAIN_SECONDS) {
            telling = Math.min(telling, TELLING_AGAIN);
        } else {
            count[which] = 0;
        }
        begin(local);
        logOdds[which] = (float) Math.min(HIGHEST, logOdds[which] + Math.log1p(confidence * (telling - 1)));
        wordsToday[which] += (float) confidence;
        count[which]++;
        lastWord[which] = local;
        return true;
    }

    private boolean conversation(Voice voice, long local) {
        if (voice.turns() < LEAST_TURNS || voice.emotions().isEmpty()) {
            return false;
        }
        double dark = 0;
        for (Voice.Emotion emotion : voice.emotions()) {
            dark += switch (emotion.feeling()) {
                case SADNESS, ANGER, FEAR -> emotion.share();
                case JOY, NEUTRAL -> 0;
            };
        }
        dark = Math.min(1, dark);
        double z = (darkShare.trimmed(dark) - darkShare.mean()) / darkShare.deviation();
        darkShare.learn(dark);
        lastDark = (float) dark;
        if (z <= 1) {
            return false;
        }
        begin(local);
        fromTalk = (float) Math.min(HIGHEST, fromTalk + 0.5 * (z - 1) * Math.min(1, voice.turns() / MANY_TURNS));
        return true;
    }

    private void begin(long local) {
        if (logOdds[DISTRESS] + logOdds[PAIN] + fromTalk < 1) {
            since = local;
        }
    }

    private double rate(int which) {
        return (WORDS_BEFORE + words[which]) / (DAYS_BEFORE + days);
    }

    private void decayTo(long local) {
        if (local <= at) {
            return;
        }
        long seconds = local - at;
        at = local;
        if (logOdds[DISTRESS] == 0 && logOdds[PAIN] == 0 && fromTalk == 0) {
            return;
        }
        float kept = (float) Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
        logOdds[DISTRESS] *= kept;
        logOdds[PAIN] *= kept;
        fromTalk *= kept;
    }

    @Override
    public void dayEnds(Day day) {
        darkShare.forget(Habit.KEPT_PER_DAY);
        days = (float) (days * Habit.KEPT_PER_DAY);
        if (day.isAtHome()) {
            days++;
        }
        for (int i = 0; i < words.length; i++) {
            words[i] = (float) (words[i] * Habit.KEPT_PER_DAY + Math.min(MOST_WORDS_LEARNT_A_DAY, wordsToday[i]));
            wordsToday[i] = 0;
        }
    }

    @Override
    public long nextMoment() {
        return NEVER;
    }

    @Override
    public void judge(Look look, List<Verdict> verdicts) {
        decayTo(look.local());
        double distress = logOdds[DISTRESS] + fromTalk;
        double pain = logOdds[PAIN];
        if (distress <= 0 && pain <= 0) {
            return;
        }
        boolean isPain = pain > distress;
        double tail = 1 / (1 + Math.exp(Math.max(distress, pain)));
        if (tail > UNUSUAL) {
            return;
        }
        int which = isPain ? PAIN : DISTRESS;
        boolean isByWords = isPain || logOdds[DISTRESS] >= fromTalk;
        long usualDark = Math.round(100 * darkShare.mean());
        long dark = Math.round(100 * lastDark);
        verdicts.add(new Verdict(
                Family.DISTRESS,
                tail,
                isPain || !isByWords ? Tier.CHECK_IN : Tier.URGENT,
                null,
                "distress:" + look.instant(since).getEpochSecond(),
                isByWords
                        ? FamilySentences.words(
                                isPain,
                                look.instant(lastWord[which]),
                                count[which],
                                Math.round(30 * rate(which)),
                                look.now(),
                                look.zone())
                        : FamilySentences.darkTalk(look.instant(since), dark, usualDark, look.now(), look.zone()),
                new Evidence()
                        .put("about", isPain ? "pain" : isByWords ? "distress" : "conversation")
                        .put("since", look.instant(since))
                        .put("words", isByWords ? count[which] : 0L)
                        .put("usualWordsA30Days", 30 * rate(which))
                        .put("darkSharePercent", dark)
                        .put("usualDarkSharePercent", usualDark)
                        .put("tail", tail),
                look.instant(isByWords ? lastWord[which] : since)));
    }

    @Override
    public void relearn() {
        darkShare.relearn();
        words[DISTRESS] = 0;
        words[PAIN] = 0;
        days = 0;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        darkShare.write(out);
        for (int i = 0; i < words.length; i++) {
            out.writeFloat(words[i]);
            out.writeFloat(wordsToday[i]);
            out.writeFloat(logOdds[i]);
            out.writeLong(lastWord[i]);
            out.writeShort(count[i]);
        }
        out.writeFloat(fromTalk);
        out.writeFloat(lastDark);
        out.writeFloat(days);
        out.writeLong(since);
        out.writeLong(at);
    }

    @Override
    public void read(DataInput in) throws IOException {
        darkShare.read(in);
        for (int i = 0; i < words.length; i++) {
            words[i] = in.readFloat();
            wordsToday[i] = in.readFloat();
            logOdds[i] = in.readFloat();
            lastWord[i] = in.readLong();
            count[i] = in.readShort();
        }
        fromTalk = in.readFloat();
        lastDark = in.readFloat();
        days = in.readFloat();
        since = in.readLong();
        at = in.readLong();
    }
}
