package kr.dolbom.risk.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Finding;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.evaluate.Alerts.Alert;
import kr.dolbom.risk.reason.Sentence;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final int DAY = 86_400;
    private final Alerts alerts = new Alerts();

    @Test
    void anOpenAlertIsRaisedAgainOnlyToAHigherTier() {
        raise(10, Tier.CHECK_IN, "a");
        raise(20, Tier.CHECK_IN, "b");
        raise(30, Tier.URGENT, "c");
        raise(40, Tier.CHECK_IN, "d");

        assertEquals(
                List.of(new Alert(10, Family.SILENCE, Tier.CHECK_IN), new Alert(30, Family.SILENCE, Tier.URGENT)),
                alerts.list());
    }

    @Test
    void onceTakenBackOrADayOldItIsClosedButItsEpisodeIsNeverToldTwice() {
        raise(10, Tier.URGENT, "a");
        alerts.take(20, List.of(new Outcome.Retract(1, Family.SILENCE)));
        raise(30, Tier.URGENT, "a");
        raise(40, Tier.URGENT, "b");
        raise(50, Tier.URGENT, "c");
        raise(40 + DAY, Tier.URGENT, "d");

        assertEquals(
                List.of(10L, 40L, 40L + DAY),
                alerts.list().stream().map(Alert::at).toList());
    }

    private void raise(long at, Tier tier, String episode) {
        var finding =
                new Finding(1, Family.SILENCE, tier, episode, new Sentence("", ""), "{}", Instant.ofEpochSecond(at));
        alerts.take(at, List.of(new Outcome.Raise(finding)));
    }
}
