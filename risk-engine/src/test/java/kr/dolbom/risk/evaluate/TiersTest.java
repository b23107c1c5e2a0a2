package kr.dolbom.risk.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.evaluate.Alerts.Alert;
import org.junit.jupiter.api.Test;

class TiersTest {
    private static final long NOON = Homes.second(5, 12, 0);

    private final Case fall = new Case(Case.Kind.SILENCE, NOON, NOON + 86_400);
    private final RecordedHome home = new RecordedHome(
            "one",
            new long[] {Homes.second(1, 8, 0), Homes.second(12, 8, 0)},
            new Room[] {Room.LOUNGE, Room.LOUNGE},
            List.of(),
            List.of(fall));
    private final List<Alert> alerts = List.of(
            new Alert(Homes.second(2, 9, 0), Family.SILENCE, Tier.URGENT),
            new Alert(NOON + 7200, Family.SILENCE, Tier.CHECK_IN),
            new Alert(NOON + 10_800, Family.SILENCE, Tier.URGENT),
            new Alert(NOON + 12_000, Family.NIGHT, Tier.REVIEW),
            new Alert(Homes.second(9, 9, 0), Family.SILENCE, Tier.URGENT));

    @Test
    void whatIsRaisedOutsideOfCasesAfterTheSecondDayIsFalseAndMeasuredByTheBudget() {
        Tiers tiers = Tiers.of(List.of(home), List.of(15.0), new FleetPlay.Result(List.of(), List.of(alerts)), 1);

        Tiers.Row urgent = tiers.rows().getFirst();
        assertEquals("urgent", urgent.name());
        assertEquals(2, urgent.per30Days(), "one in fifteen days");
        assertFalse(urgent.isWithinBudget());
        assertEquals(0, tiers.rows().get(1).per30Days());
        assertTrue(tiers.rows().get(1).isWithinBudget());
        assertEquals(
                List.of("urgent", "check-in", "review", "silence, urgent"),
                tiers.rows().stream().map(Tiers.Row::name).toList());
    }

    @Test
    void whatIsRaisedDuringAnIncidentIsCountedWithIt() {
        var span = new Outages.Span(Homes.second(9, 8, 0), Homes.second(9, 8, 20), Homes.second(9, 10, 0));
        var result = new FleetPlay.Result(List.of(new FleetPlay.Incident(span, 25, 8, 0)), List.of(alerts));

        assertEquals(1, result.countDuringIncidents(true));
        assertEquals(
                0,
                Tiers.of(List.of(home), List.of(15.0), result, 1)
                        .rows()
                        .getFirst()
                        .per30Days());
    }

    @Test
    void aCaseIsFoundByTheFirstAlertOfItsFamilyWhileItLasts() {
        Truth.Row row = Truth.of(List.of(home), List.of(alerts)).rows().getFirst();

        assertEquals(new Truth.Row(Case.Kind.SILENCE, 1, 1, 3, 3, 0), row, "urgent after three hours");
        assertEquals(
                0, Truth.of(List.of(home), List.of(List.of())).rows().getFirst().found());
    }
}
