package kr.dolbom.risk.fusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kr.dolbom.risk.alert.Evidence;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.weather.Tightening;
import kr.dolbom.risk.reason.Sentence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Tightening HEAT = new Tightening(true, false);

    private final Fusion fusion = new Fusion();

    @Test
    void silenceIsUrgentExactlyAtItsDeadline() {
        assertEquals(Optional.of(Tier.CHECK_IN), fuse(silence(0.999)).findTier());
        assertEquals(Optional.of(Tier.URGENT), fuse(silence(1)).findTier());
    }

    @Test
    void theScoreOfSilenceIsProportionalToTheWay() {
        assertEquals(0, fuse(silence(0)).score());
        assertEquals(30, fuse(silence(0.4)).score());
        assertEquals(75, fuse(silence(1)).score());
        assertEquals(100, fuse(silence(3)).score());
    }

    @Test
    void allReasonsAreListedTheGravestFirst() {
        Risk risk = fuse(says(Family.NIGHT, 4.2), silence(0.9), says(Family.DECLINE, 5));

        assertEquals(
                List.of(Family.SILENCE, Family.DECLINE, Family.NIGHT),
                risk.reasons().stream().map(r -> r.verdict().family()).toList());
    }

    @Test
    void withinAFamilyTheGravestCounts() {
        Risk risk = fuse(says(Family.DEVICE_HEALTH, 3.5), says(Family.DEVICE_HEALTH, 4.5));

        assertEquals(1, risk.reasons().size());
        assertEquals(4.5, risk.reasons().getFirst().logOdds(), 1e-6);
    }

    @Test
    void othersLiftByOneAndAHalfAtMost() {
        Risk alone = fuse(says(Family.DISTRESS, 6.2));
        Risk lifted = new Fusion()
                .fuse(
                        List.of(
                                says(Family.DISTRESS, 6.2),
                                says(Family.NIGHT, 9),
                                says(Family.DECLINE, 9),
                                says(Family.MOOD, 9)),
                        Mode.HOME,
                        Tightening.NONE);

        assertEquals(Optional.of(Tier.CHECK_IN), alone.findTier());
        Risk.Scored distress = lifted.reasons().stream()
                .filter(r -> r.verdict().family() == Family.DISTRESS)
                .findFirst()
                .orElseThrow();
        assertEquals(7.7, distress.logOdds(), 1e-6);
        assertEquals(Tier.URGENT, distress.tier());
    }

    @Test
    void manyWeakFamiliesAddUpToNothing() {
        Risk risk = fuse(
                says(Family.NIGHT, 3),
                says(Family.DECLINE, 3),
                says(Family.MOOD, 3),
                says(Family.MEALS, 3),
                silence(0.4));

        assertEquals(Optional.empty(), risk.findTier());
        assertEquals(30, risk.score());
    }

    @Test
    void noFamilyGoesBeyondItsMost() {
        Risk risk = fuse(says(Family.MOOD, 20, Tier.REVIEW, null, "a"));

        assertEquals(Optional.of(Tier.REVIEW), risk.findTier());
    }

    @Test
    void aTierIsLeftOnlyClearlyBelow() {
        assertEquals(Tier.REVIEW, tierOf(says(Family.NIGHT, 4.1)));
        assertEquals(Tier.REVIEW, tierOf(says(Family.NIGHT, 3.1)));
        assertNull(tierOf(says(Family.NIGHT, 2.9)));
        assertNull(tierOf(says(Family.NIGHT, 3.9)), "and is not taken again below its threshold");
    }

    @Test
    void onlyAHigherTierIsNews() {
        assertTrue(isNews(says(Family.DISTRESS, 4.1)));
        assertFalse(isNews(says(Family.DISTRESS, 4.5)));
        assertTrue(isNews(says(Family.DISTRESS, 6.1)));
        assertFalse(isNews(says(Family.DISTRESS, 5.5)));
        assertFalse(isNews(says(Family.DISTRESS, 6.5)));
        assertTrue(isNews(says(Family.DISTRESS, 4.1, Tier.URGENT, null, "another")), "a new episode begins anew");
    }

    @Test
    void theNameOfAnEpisodeHoldsItsTier() {
        Risk.Scored scored = fuse(says(Family.DISTRESS, 6.1)).reasons().getFirst();

        assertEquals("distress:7:distress-1:check-in", scored.episode(7));
    }

    @Test
    void falseAlarmsRaiseTheBarWithinBoundsAndFade() {
        for (int i = 0; i < 10; i++) {
            fusion.falseAlarm(Family.NIGHT);
        }
        assertEquals(Fusion.MOST_MARGIN, fusion.margin(Family.NIGHT));
        assertNull(tierOf(says(Family.NIGHT, 5.4)));
        assertEquals(Tier.REVIEW, tierOf(says(Family.NIGHT, 5.6)));
        for (int day = 0; day < 45; day++) {
            fusion.dayEnds();
        }
        assertEquals(Fusion.MOST_MARGIN * Math.pow(0.98, 45), fusion.margin(Family.NIGHT), 1e-4);
    }

    @Test
    void falseAlarmsNeverPassTheCap() {
        for (int i = 0; i < 10; i++) {
            fusion.falseAlarm(Family.OUTING);
            fusion.falseAlarm(Family.SILENCE);
        }

        assertEquals(Tier.CHECK_IN, tierOf(says(Family.OUTING, 3, Tier.URGENT, Tier.CHECK_IN, "cap")));
        assertEquals(Tier.URGENT, tierOf(silence(1)), "silence has its margin in its own deadline");
    }

    @Test
    void theScoreShowsACapToo() {
        assertEquals(
                60,
                fuse(says(Family.OUTING, 3, Tier.URGENT, Tier.CHECK_IN, "cap")).score());
    }

    @Test
    void heatBringsTheDeadlineForwardButMakesNothingOfNothing() {
        assertEquals(
                Optional.of(Tier.URGENT),
                fusion.fuse(List.of(silence(0.91)), Mode.HOME, HEAT).findTier());
        assertEquals(
                15, new Fusion().fuse(List.of(silence(0.2)), Mode.HOME, HEAT).score());
    }

    @Test
    void awayAndInHospitalOnlyWhatStillTellsIsJudged() {
        List<Verdict> all = List.of(
                silence(1.2), says(Family.MEDICATION, 8), says(Family.DISTRESS, 5), says(Family.DEVICE_HEALTH, 4.6));

        assertEquals(
                List.of(Family.DISTRESS, Family.DEVICE_HEALTH),
                families(new Fusion().fuse(all, Mode.AWAY, Tightening.NONE)));
        assertEquals(List.of(Family.DEVICE_HEALTH), families(new Fusion().fuse(all, Mode.HOSPITAL, Tightening.NONE)));
    }

    @Test
    void anEmergencyIsCriticalInEveryMode() {
        for (Mode mode : Mode.values()) {
            Risk risk = new Fusion()
                    .fuse(
                            List.of(says(Family.EMERGENCY, 20, Tier.CRITICAL, Tier.CRITICAL, "sos")),
                            mode,
                            Tightening.NONE);
            assertEquals(Optional.of(Tier.CRITICAL), risk.findTier());
            assertEquals(100, risk.score());
        }
    }

    @Test
    void aRestartRemembersWhatWasTold() throws IOException {
        fuse(says(Family.DISTRESS, 6.1));
        fusion.falseAlarm(Family.MEALS);
        var out = new ByteArrayOutputStream();
        fusion.write(new DataOutputStream(out));
        var restarted = new Fusion();
        restarted.read(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));

        Risk risk = restarted.fuse(List.of(says(Family.DISTRESS, 6.1)), Mode.HOME, Tightening.NONE);

        assertFalse(risk.reasons().getFirst().isNews());
        assertEquals(0.5, restarted.margin(Family.MEALS));
    }

    private static List<Family> families(Risk risk) {
        return risk.reasons().stream().map(r -> r.verdict().family()).toList();
    }

    private @Nullable Tier tierOf(Verdict verdict) {
        return fuse(verdict).reasons().getFirst().tier();
    }

    private boolean isNews(Verdict verdict) {
        return fuse(verdict).reasons().getFirst().isNews();
    }

    private Risk fuse(Verdict... verdicts) {
        return fusion.fuse(List.of(verdicts), Mode.HOME, Tightening.NONE);
    }

    private static Verdict silence(double ratio) {
        return verdict(Family.SILENCE, Fusion.tailOfSilence(ratio), Tier.URGENT, null, "silence-1");
    }

    private static Verdict says(Family family, double logOdds) {
        return says(family, logOdds, Tier.URGENT, null, family.id() + "-1");
    }

    private static Verdict says(Family family, double logOdds, Tier atMost, @Nullable Tier atLeast, String episode) {
        return verdict(family, 1 / (1 + Math.exp(logOdds)), atMost, atLeast, episode);
    }

    private static Verdict verdict(Family family, double tail, Tier atMost, @Nullable Tier atLeast, String episode) {
        return new Verdict(family, tail, atMost, atLeast, episode, new Sentence("가", "a"), new Evidence(), NOW);
    }
}
