package kr.dolbom.sim.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kr.dolbom.sim.device.Backfill;
import kr.dolbom.sim.device.SimulatedDevice;
import kr.dolbom.sim.home.Resident;
import kr.dolbom.sim.home.Timeline;

/// One simulated home of the demo.
///
/// @param resident who lives there
/// @param residentId the resident's id on the platform
/// @param device the robot
/// @param robot hears what the robot says
/// @param life what happens, also where the demo has cut it short
record Home(Resident resident, UUID residentId, SimulatedDevice device, Robot robot, Timeline life) {
    private static final Duration HISTORY_HEARTBEAT = Duration.ofMinutes(30);

    /// Connects, and sends the history of the time until `until` as the device would after long without a network.
    CompletableFuture<Backfill.Outcome> connectAndSendHistory(
            Instant from, Instant until, Consumer<Backfill.Progress> progress) {
        return device.start().thenCompose(connected -> device.backfill(life, from, until, HISTORY_HEARTBEAT, progress));
    }

    String name() {
        return resident.name();
    }
}
