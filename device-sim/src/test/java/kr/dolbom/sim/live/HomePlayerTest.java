package kr.dolbom.sim.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.sim.device.DeviceConfig;
import kr.dolbom.sim.device.DeviceListener;
import kr.dolbom.sim.device.DeviceThreads;
import kr.dolbom.sim.device.SimulatedDevice;
import kr.dolbom.sim.home.Happening;
import kr.dolbom.sim.home.Profile;
import kr.dolbom.sim.home.Timeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HomePlayerTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Instant MORNING = Instant.parse("2026-03-02T23:00:00Z");
    private static final Clock CLOCK = Clock.fixed(MORNING, SEOUL);
    private static final double SPEED = 60_000;

    private final DeviceThreads threads = new DeviceThreads();
    private final Timeline life = Timeline.of(Profile.ORDINARY.rhythm(), 1, SEOUL);
    private final List<Happening> played = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aLifeIsPlayedInOrderAndFasterThanItIsLived() {
        HomePlayer player = player(life);
        player.start();
        await().until(() -> played.size() >= 20);
        player.close();

        List<Happening> expected = life.from(MORNING)
                .limit(20)
                .map(h -> h.retimed(lived -> MORNING.plusMillis(
                        Math.round(Duration.between(MORNING, lived).toMillis() / SPEED))))
                .toList();
        assertEquals(expected, played.subList(0, 20));
        assertThrows(IllegalStateException.class, player::start);
    }

    @Test
    void afterAFallNothingIsWaitingToHappen() {
        HomePlayer player = player(life);
        player.start();
        await().until(() -> !played.isEmpty());

        player.fallSilent();

        await().until(() -> threads.getQueue().isEmpty());
    }

    @Test
    void aSilentLifeEndsByItself() {
        Instant fall = MORNING.plus(Duration.ofHours(1));
        player(life.silentFrom(fall)).start();

        long expected = life.between(MORNING, fall).count();
        await().until(() -> played.size() == expected && threads.getQueue().isEmpty());
        assertTrue(expected > 0);
    }

    @Test
    void aLifeCannotStandStill() {
        DeviceConfig config = config();
        SimulatedDevice device = new SimulatedDevice(config, DeviceListener.NONE, CLOCK, threads);
        assertThrows(
                IllegalArgumentException.class, () -> new HomePlayer(life, device, CLOCK, threads, 0, played::add));
    }

    private HomePlayer player(Timeline timeline) {
        SimulatedDevice device = new SimulatedDevice(config(), DeviceListener.NONE, CLOCK, threads);
        return new HomePlayer(timeline, device, CLOCK, threads, SPEED, played::add);
    }

    private static DeviceConfig config() {
        return new DeviceConfig(new DeviceId("player-1"), DeviceSecret.generate(), DeviceConfig.tcp("127.0.0.1", 1));
    }
}
