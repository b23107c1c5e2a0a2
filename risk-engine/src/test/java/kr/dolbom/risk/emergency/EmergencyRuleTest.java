package kr.dolbom.risk.emergency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.feed.TelemetryRow;
import org.junit.jupiter.api.Test;

class EmergencyRuleTest {
    private static final Instant AT = Instant.parse("2026-03-01T02:10:00+09:00");
    private static final UUID ID = UUID.fromString("01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3e");

    @Test
    void everyTriggerIsCriticalHoweverUnsureTheDevice() {
        for (Emergency.Trigger trigger : Emergency.Trigger.values()) {
            var raise = assertInstanceOf(Outcome.Raise.class, judge(trigger, 0.01, AT.plusSeconds(1)));
            assertEquals(Tier.CRITICAL, raise.finding().tier());
            assertEquals("emergency:" + ID, raise.finding().episode());
            assertEquals(AT, raise.finding().moment());
        }
    }

    @Test
    void whatIsReceivedMoreThanAQuarterOfAnHourLaterIsThePast() {
        var live = assertInstanceOf(Outcome.Raise.class, judge(Emergency.Trigger.FALL, 1, AT.plusSeconds(900)));
        assertEquals(Tier.CRITICAL, live.finding().tier());
        assertEquals(Family.EMERGENCY, live.finding().family());
        var late = assertInstanceOf(Outcome.Raise.class, judge(Emergency.Trigger.FALL, 1, AT.plusSeconds(901)));
        assertEquals(Tier.REVIEW, late.finding().tier());
        assertEquals(Family.LATE_EMERGENCY, late.finding().family());
    }

    @Test
    void whatIsReceivedMoreThanAWeekLaterIsOnlyKept() {
        Instant week = AT.plus(Duration.ofDays(7));
        var late = assertInstanceOf(Outcome.Raise.class, judge(Emergency.Trigger.FALL, 1, week));
        assertEquals(Tier.REVIEW, late.finding().tier());
        assertInstanceOf(Outcome.Keep.class, judge(Emergency.Trigger.FALL, 1, week.plusSeconds(1)));
    }

    @Test
    void aClockThatRunsAheadDoesNotPutTheMomentIntoTheFuture() {
        var raise = assertInstanceOf(Outcome.Raise.class, judge(Emergency.Trigger.GAS, 1, AT.minusSeconds(7200)));

        assertEquals(AT.minusSeconds(7200), raise.finding().moment());
    }

    @Test
    void theEvidenceHasTheFacts() {
        var raise = assertInstanceOf(Outcome.Raise.class, judge(Emergency.Trigger.SOS_BUTTON, 0.5, AT));

        assertEquals(
                "{\"trigger\":\"sos-button\",\"confidence\":0.5,\"at\":\"2026-02-28T17:10:00Z\","
                        + "\"receivedAt\":\"2026-02-28T17:10:00Z\",\"messageId\":\"" + ID + "\"}",
                raise.finding().evidence());
    }

    @Test
    void aNoticeIsReadOrPassedOver() {
        assertEquals(
                Optional.of(AT),
                EmergencyNotice.find("17," + ID + ",2026-03-01T02:10:00+09:00").map(n -> n.at().toInstant()));
        for (String broken :
                new String[] {"", "17", "x," + ID + "," + AT, "17,x," + AT, "17," + ID + ",gestern", "1,2,3,4"}) {
            assertTrue(EmergencyNotice.find(broken).isEmpty(), broken);
        }
    }

    private static Outcome judge(Emergency.Trigger trigger, double confidence, Instant receivedAt) {
        var emergency = new Emergency(trigger, confidence, null, null);
        return EmergencyRule.judge(
                new TelemetryRow(AT, receivedAt, 1, 2, ID, 1, emergency),
                emergency,
                ZoneId.of("Asia/Seoul"),
                Duration.ofMinutes(15));
    }
}
