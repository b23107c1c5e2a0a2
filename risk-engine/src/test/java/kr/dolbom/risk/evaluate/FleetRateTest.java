package kr.dolbom.risk.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetRateTest {
    @Test
    void aSilenceOfTheWholeFleetIsOneOutageFoundWithinTwentyMinutes() {
        long from = Homes.second(12, 10, 0);
        long to = Homes.second(13, 15, 0);
        List<RecordedHome> homes = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            homes.add(Homes.home("home" + i, i, 20, at -> at < from || at >= to));
        }

        List<Outages.Span> spans = FleetRate.find(homes).spans();

        assertEquals(1, spans.size(), spans.toString());
        Outages.Span outage = spans.getFirst();
        assertTrue(from - outage.from() < 600, "from " + outage.from());
        assertTrue(
                outage.detectedAt() - from <= Duration.ofMinutes(20).toSeconds(),
                "found after " + (outage.detectedAt() - from) + " s");
        assertTrue(Math.abs(outage.to() - to) <= Duration.ofMinutes(10).toSeconds());
    }

    @Test
    void nightsAndAHandfulOfHomesAreNoOutages() {
        assertEquals(List.of(), FleetRate.find(Homes.town(25, 20)).spans());
        assertEquals(List.of(), FleetRate.find(Homes.town(2, 20)).spans());
        assertEquals(List.of(), FleetRate.find(List.of()).spans());
    }
}
