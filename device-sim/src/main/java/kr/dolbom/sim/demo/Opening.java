package kr.dolbom.sim.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kr.dolbom.sim.device.DeviceConfig;
import kr.dolbom.sim.device.DeviceThreads;
import kr.dolbom.sim.home.Timeline;
import kr.dolbom.sim.home.Town;
import kr.dolbom.sim.home.Whereabouts;
import kr.dolbom.sim.live.HomePlayer;
import kr.dolbom.sim.stack.Stack;
import kr.dolbom.sim.stack.StackAddresses;

/// Brings the stage into the state in which the stories begin: programs started, people registered, thirty days of
/// history stored and judged, homes living on. For one thread.
final class Opening implements AutoCloseable {
    static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    static final int SOS_HOME = 0;
    static final int SILENT_HOME = 1;
    static final int DEAD_HOME = 2;

    /// How long the dead device has been dead.
    static final Duration DEAD_FOR = Duration.ofHours(20);

    private static final Duration SILENT_FOR = Duration.ofHours(26);

    private final Stack stack;
    private final Narrator narrator;
    private final Steps steps;
    private final DeviceThreads threads = new DeviceThreads();
    private final List<Home> homes = new ArrayList<>();

    Opening(Stack stack, Narrator narrator, Steps steps) {
        this.stack = stack;
        this.narrator = narrator;
        this.steps = steps;
    }

    Home home(int number) {
        return homes.get(number);
    }

    @Override
    public void close() {
        homes.forEach(home -> home.device().powerOff());
        threads.shutdownNow();
    }

    Stage open() throws InterruptedException {
        narrator.tell("starting");
        StackAddresses at = steps.run("start the programs", () -> stack.up(true));
        Stage stage = new Stage(stack, at);
        steps.run("register twelve residents and three caseworkers", () -> {
            stage.register();
            return stage;
        });
        List<Stage.Caseworker> people = stage.caseworkers();
        narrator.tell(
                "registered",
                stage.size(),
                Stage.OFFICE,
                people.get(0).name(),
                people.get(1).name(),
                people.get(2).name());
        sendHistory(stage);
        narrator.tell(
                "addresses",
                at.consoleUrl(),
                people.getFirst().login(),
                stage.password(),
                at.phonesUrl(),
                at.brokerUrl(),
                people.getLast().login(),
                stack.operatorPassword());
        return stage;
    }

    /// Everybody's history but the silent resident's, whose story begins when hers is sent.
    private void sendHistory(Stage stage) throws InterruptedException {
        narrator.tell("history");
        Instant now = Instant.now();
        for (int number = 0; number < stage.size(); number++) {
            Timeline life = Town.listResidents(stage.size()).get(number).timeline();
            Clock clock = Clock.system(SEOUL);
            homes.add(stage.home(
                    number,
                    number == SILENT_HOME ? fallingSilent(life, now) : life,
                    // the dead device plays what it did before it died: its last word is hours old
                    number == DEAD_HOME ? Clock.offset(clock, DEAD_FOR.negated()) : clock,
                    threads,
                    number == DEAD_HOME ? DeviceConfig::withoutBirth : UnaryOperator.identity()));
        }
        History history = new History(narrator);
        for (int number = 0; number < stage.size(); number++) {
            if (number != SILENT_HOME) {
                history.send(homes.get(number), number == DEAD_HOME ? now.minus(DEAD_FOR) : now);
            }
        }
        steps.run("30 days of history through MQTT", () -> history.await(Duration.ofMinutes(5)));
        homes.get(DEAD_HOME).device().powerOff();
        steps.run("the risk engine has caught up, nobody was paged for the past", () -> {
            awaitCaughtUp(stage);
            requireNobodyPaged(stage);
            return stage;
        });
        narrator.tell("history-done", history.messages(), history.messagesPerSecond());
        homes.stream()
                .filter(home -> home.device().isOn())
                .forEach(home -> new HomePlayer(
                                home.life(), home.device(), Clock.system(SEOUL), threads, 1, happening -> {})
                        .start());
    }

    private void awaitCaughtUp(Stage stage) throws InterruptedException {
        Instant acknowledged = Instant.now();
        Await.until("The end of the engine's backlog", Duration.ofMinutes(2), () -> {
            JsonNode health = stage.engine().get("/health");
            String caughtUpAt = health.path("caughtUpAt").asText("");
            return !caughtUpAt.isEmpty() && Instant.parse(caughtUpAt).isAfter(acknowledged)
                    ? Optional.of(health)
                    : Optional.empty();
        });
    }

    private static void requireNobodyPaged(Stage stage) throws InterruptedException {
        for (Stage.Caseworker caseworker : stage.caseworkers()) {
            StepFailedException.unless(
                    caseworker.phone().listRings().isEmpty(), caseworker.name() + "'s phone rang for the past");
            StepFailedException.unless(
                    caseworker.phone().listTexts().isEmpty(), caseworker.name() + " got a text for the past");
        }
    }

    /// The same life until about 26 hours ago, cut at a moment at which the resident was up and at home.
    private static Timeline fallingSilent(Timeline life, Instant now) {
        Instant moment = now.minus(SILENT_FOR);
        while (life.whereabouts(moment) != Whereabouts.AWAKE) {
            moment = moment.minus(Duration.ofMinutes(10));
        }
        return life.silentFrom(moment);
    }
}
