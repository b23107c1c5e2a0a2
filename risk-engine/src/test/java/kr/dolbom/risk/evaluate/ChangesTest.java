package kr.dolbom.risk.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kr.dolbom.risk.silence.Population;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final long SEED = 3;

    @Test
    void aSteepDeclineIsFlaggedSoonerThanASlowOneAndASilentDeviceIsNoSilenceOfThePerson() {
        List<Changes.Tried> tried = Homes.town(2, 40).stream()
                .map(home -> Changes.tryAll(home, Population::new, Outages.NONE, SEED))
                .toList();
        ScenarioTable table = ScenarioTable.of(List.of(), tried);

        ScenarioTable.Change steep = change(table, "activity −5 % a day");
        assertEquals(1, steep.foundWithin(), steep.toString());
        assertTrue(steep.medianDays() < change(table, "activity −1 % a day").medianDays(), table.toString());
        assertTrue(change(table, "no change: decline").foundWithin() < 0.5, table.toString());
        assertTrue(change(table, "everything 2 h later").foundWithin() > 0.5, table.toString());
        assertEquals(3, table.devices().size());
        for (ScenarioTable.Device device : table.devices()) {
            assertEquals(device.trials(), device.told(), device.toString());
            assertTrue(device.medianMinutes() <= 50, device.toString());
            assertEquals(0, device.personAlerts(), device.toString());
        }
    }

    @Test
    void theSameSeedGivesTheSameTrials() {
        RecordedHome home = Homes.town(1, 38).getFirst();

        assertEquals(
                Changes.tryAll(home, Population::new, Outages.NONE, SEED),
                Changes.tryAll(home, Population::new, Outages.NONE, SEED));
    }

    private static ScenarioTable.Change change(ScenarioTable table, String name) {
        return table.changes().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
