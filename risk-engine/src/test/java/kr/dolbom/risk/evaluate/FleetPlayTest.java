package kr.dolbom.risk.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.silence.Population;
import org.junit.jupiter.api.Test;

class FleetPlayTest {
    @Test
    void aSilenceOfTheWholeFleetIsOneIncidentWithinTwentyMinutesAndAlarmsAboutNobody() {
        long from = Homes.second(8, 10, 0);
        long to = Homes.second(9, 15, 0);
        List<RecordedHome> homes = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            homes.add(Homes.home("home" + i, i, 11, at -> at < from || at >= to));
        }

        List<FleetPlay.Incident> found = FleetPlay.findIncidents(homes);

        assertEquals(1, found.size(), found.toString());
        Outages.Span outage = found.getFirst().span();
        assertTrue(from - outage.from() < 600, "from " + outage.from());
        assertTrue(
                outage.detectedAt() - from <= Duration.ofMinutes(20).toSeconds(),
                "found after " + (outage.detectedAt() - from) + " s");
        assertTrue(Math.abs(outage.to() - to) <= Duration.ofMinutes(10).toSeconds());

        var population = new Population();
        FleetPlay.Result result = FleetPlay.play(homes, homes, FleetPlay.Incident.outages(found), _ -> population);
        assertEquals(found, result.incidents());
        assertEquals(0, result.countDuringIncidents(true));
    }

    @Test
    void nightsAndAHandfulOfHomesAreNoIncidents() {
        assertEquals(List.of(), FleetPlay.findIncidents(Homes.town(25, 12)));
        assertEquals(List.of(), FleetPlay.findIncidents(Homes.town(2, 12)));
        assertEquals(List.of(), FleetPlay.findIncidents(List.of()));
    }

    @Test
    void aResidentWhoDoesNotMoveIsAnAlertOfTheWholeEngineAndADeviceThatIsSilentIsOneAboutTheDevice() {
        long from = Homes.second(10, 10, 0);
        long to = Homes.second(11, 15, 0);
        RecordedHome still = Homes.home("still", 1, 14, at -> at < from || at >= to);
        RecordedHome usual = Homes.home("usual", 2, 14, _ -> true);

        List<List<Alerts.Alert>> alerts = FleetPlay.play(
                        List.of(still, usual), List.of(still, usual), Outages.NONE, _ -> new Population())
                .alerts();

        assertTrue(alerts.get(0).stream()
                .anyMatch(alert -> alert.family() == Family.SILENCE
                        && alert.tier() == Tier.URGENT
                        && alert.at() > from
                        && alert.at() < to));
        assertEquals(
                List.of(),
                alerts.get(1).stream()
                        .filter(alert -> alert.tier() == Tier.URGENT)
                        .toList());

        List<Alerts.Alert> ofDevice = FleetPlay.play(
                        List.of(still),
                        List.of(still),
                        new Outages(List.of(new Outages.Span(from, from, to))),
                        _ -> new Population())
                .alerts()
                .getFirst();
        assertTrue(ofDevice.stream().anyMatch(alert -> alert.family() == Family.DEVICE));
        assertTrue(ofDevice.stream().noneMatch(alert -> alert.family() == Family.SILENCE), ofDevice.toString());
    }
}
