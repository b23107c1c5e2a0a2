package kr.dolbom.sim.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kr.dolbom.sim.device.Temper;
import kr.dolbom.sim.stack.Stack;

/// The three stories of the demo, played to be watched or to be checked. For one thread.
final class Demo implements AutoCloseable {
    /// What is quicker in the demo than in life.
    static final Map<String, String> SETTINGS = Map.of(
            "DOLBOM_TWILIO_ACCOUNT_SID", "", // the demo never calls real phones
            "DOLBOM_PUBLIC_URL", "", // and its phones are on this machine
            "DOLBOM_ENGINE_SETTLE", "PT1S",
            "DOLBOM_ROBOT_TIME_LIMIT", "12s",
            "DOLBOM_RESPONSE_ANSWER_GRACE", "3s",
            "DOLBOM_RESPONSE_STEP_WAIT", "30s");

    /// What a checked run measured.
    ///
    /// @param sosToRing median time from the SOS frame to the ring of the caseworker's phone
    /// @param silentToCheckIn time from the end of the silent resident's history, when the platform can
    ///     know, to the robot's question
    record Figures(Duration sosToRing, Duration silentToCheckIn) {}

    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofSeconds(90);
    private static final String SOS = "살려줘";
    private static final int SOS_RUNS = 5;
    private static final Duration CANARY_EVERY = Duration.ofSeconds(17);
    private static final Duration CANARY_LATE = Duration.ofSeconds(8);

    private final Narrator narrator;
    private final Steps steps;
    private final Opening opening;
    private final Instant began = Instant.now();

    Demo(Stack stack, Narrator narrator, Steps steps) {
        this.opening = new Opening(stack, narrator, steps);
        this.narrator = narrator;
        this.steps = steps;
    }

    /// Plays the stories for people to act in, and returns when all are told.
    void show() throws InterruptedException {
        Stage stage = opening.open();
        Stage.Caseworker first = stage.caseworkers().getFirst();
        Home caller = opening.home(Opening.SOS_HOME);
        Instant called = Instant.now();
        callOut(caller, first);
        Instant rang = Await.until(
                "The ring of " + first.name() + "'s phone",
                LATER,
                () -> first.phone().listRings().stream()
                        .filter(ring -> ring.isAfter(called))
                        .findFirst());
        narrator.tell("ringing", first.name(), Duration.between(called, rang).toMillis());
        beginSilence();
        Home silent = opening.home(Opening.SILENT_HOME);
        Robot.Heard asked =
                silent.robot().await("The robot's question", began, LATER, heard -> heard.kind() == Robot.Kind.ASKS);
        narrator.tell("asks", silent.name(), asked.text());
        silent.robot().await("The end of the robot's wait", began, LATER, heard -> heard.kind() == Robot.Kind.ANSWER);
        narrator.tell("no-answer", silent.name());
        tellDeadDevice(stage);
        narrator.tell("watching");
    }

    /// Plays the stories alone, acting for the people, and checks every step.
    ///
    /// @throws StepFailedException where something did not come as it must
    Figures check() throws InterruptedException {
        Stage stage = opening.open();
        List<Duration> rings = new ArrayList<>();
        rings.add(checkSos(stage, opening.home(Opening.SOS_HOME)));
        for (int run = 1; run < SOS_RUNS; run++) {
            rings.add(checkSos(stage, opening.home(Opening.DEAD_HOME + run)));
        }
        Duration silentToCheckIn = checkSilence(stage);
        checkDeadDevice(stage);
        checkCanary(stage);
        rings.sort(null);
        return new Figures(rings.get(rings.size() / 2), silentToCheckIn);
    }

    @Override
    public void close() {
        opening.close();
    }

    private void callOut(Home home, Stage.Caseworker first) {
        narrator.tell(
                "sos",
                home.name(),
                String.valueOf(home.resident().birthYear()),
                home.resident().neighbourhood(),
                SOS,
                first.name());
        var _ = home.device().sosByVoice(SOS);
    }

    private Duration checkSos(Stage stage, Home home) throws InterruptedException {
        Stage.Caseworker first = stage.caseworkers().getFirst();
        Alerts alerts = new Alerts(stage.api());
        String who = home.name();
        Instant called = Instant.now();
        callOut(home, first);
        Instant rang = steps.run(
                "SOS of " + who + ": a phone rings", () -> first.phone().answer(SOON));
        Duration toRing = Duration.between(called, rang);
        steps.note("SOS of " + who + ": from the frame to the ring", toRing);
        narrator.tell("ringing", first.name(), toRing.toMillis());
        JsonNode alert = alerts.await(home.residentId(), "emergency", SOON);
        narrator.tell("alert-raised", who, alert.path("reasonEn").asText());
        steps.run("SOS of " + who + ": the call names office and resident, key 1 is pressed", () -> {
            String said = first.phone().awaitSpoken(who, SOON);
            StepFailedException.unless(
                    said.startsWith(Stage.OFFICE), "the call does not begin with the office: " + said);
            first.phone().pressNow("1");
            return first;
        });
        steps.run(
                "SOS of " + who + ": acknowledged",
                () -> alerts.awaitState(alert.path("alertId").asText(), "acknowledged", SOON));
        narrator.tell("acknowledged", first.name(), who);
        Robot.Heard said = steps.run(
                "SOS of " + who + ": the robot says that help is coming",
                () -> home.robot()
                        .await(
                                "What the robot says",
                                called,
                                SOON,
                                heard -> heard.kind() == Robot.Kind.SAYS
                                        && heard.text().contains(first.name())));
        narrator.tell("robot-says", who, said.text());
        requireOneRing(stage, called);
        first.phone().awaitCallEnd(LATER);
        return toRing;
    }

    private void beginSilence() throws InterruptedException {
        Home home = opening.home(Opening.SILENT_HOME);
        home.device().setTemper(Temper.SILENT);
        History history = new History(narrator);
        history.send(home, Instant.now());
        steps.run("history of the silent resident", () -> history.await(LATER));
        narrator.tell(
                "silent",
                home.name(),
                String.valueOf(home.resident().birthYear()),
                home.resident().neighbourhood(),
                time(lastSeen(home)));
    }

    private Duration checkSilence(Stage stage) throws InterruptedException {
        Home home = opening.home(Opening.SILENT_HOME);
        String who = home.name();
        Stage.Caseworker first = stage.caseworkers().getFirst();
        Alerts alerts = new Alerts(stage.api());
        beginSilence();
        Instant known = Instant.now();
        Robot.Heard asked = steps.run(
                "silence of " + who + ": the robot asks",
                () -> home.robot()
                        .await("The robot's question", began, LATER, heard -> heard.kind() == Robot.Kind.ASKS));
        narrator.tell("asks", who, asked.text());
        JsonNode alert = alerts.await(home.residentId(), "silence", SOON);
        narrator.tell("alert-raised", who, alert.path("reasonEn").asText());
        StepFailedException.unless(
                first.phone().listRings().stream().noneMatch(ring -> ring.isAfter(known)),
                "a phone rang before the robot had asked");
        steps.run(
                "silence of " + who + ": nobody answers",
                () -> home.robot()
                        .await(
                                "The end of the robot's wait",
                                began,
                                LATER,
                                heard -> heard.kind() == Robot.Kind.ANSWER));
        narrator.tell("no-answer", who);
        steps.run("silence of " + who + ": a phone rings, key 1 is pressed", () -> {
            first.phone().answer(LATER);
            first.phone().awaitSpoken(who, SOON);
            first.phone().pressNow("1");
            return first;
        });
        steps.run(
                "silence of " + who + ": acknowledged",
                () -> alerts.awaitState(alert.path("alertId").asText(), "acknowledged", SOON));
        narrator.tell("acknowledged", first.name(), who);
        Duration toCheckIn = Duration.between(known, asked.at());
        return toCheckIn.isNegative() ? Duration.ZERO : toCheckIn;
    }

    private JsonNode tellDeadDevice(Stage stage) throws InterruptedException {
        Home home = opening.home(Opening.DEAD_HOME);
        narrator.tell(
                "dead",
                home.name(),
                String.valueOf(home.resident().birthYear()),
                home.resident().neighbourhood(),
                time(began.minus(Opening.DEAD_FOR)));
        JsonNode alert = steps.run(
                "dead device of " + home.name() + ": a note on the console",
                () -> new Alerts(stage.api()).await(home.residentId(), "device", LATER));
        narrator.tell("device-alert", alert.path("reasonEn").asText());
        return alert;
    }

    private void checkDeadDevice(Stage stage) throws InterruptedException {
        Home home = opening.home(Opening.DEAD_HOME);
        JsonNode alert = tellDeadDevice(stage);
        steps.run("dead device of " + home.name() + ": no alarm, no phone", () -> {
            StepFailedException.unless(
                    alert.path("tier").asText().equals("review"), "the tier is " + alert.path("tier"));
            StepFailedException.unless(
                    new Alerts(stage.api()).find(home.residentId(), "silence").isEmpty(),
                    "a silence alert stands there, though nobody could have been seen");
            for (Stage.Caseworker caseworker : stage.caseworkers()) {
                StepFailedException.unless(
                        !caseworker.phone().spoken().contains(home.name()), caseworker.name() + " was called for it");
            }
            return alert;
        });
    }

    /// The whole chain rings a phone of ours without anybody's doing; with a link missing the operators are told by
    /// another way, and which.
    private void checkCanary(Stage stage) throws InterruptedException {
        try (Canary canary = stage.canary()) {
            steps.run("canary home: set up, the caseworkers' program started anew", () -> {
                canary.setUp(CANARY_EVERY, CANARY_LATE);
                return canary;
            });
            Duration toRing = steps.run("canary home: its phone rings", () -> canary.awaitRing(LATER));
            steps.note("canary home: from the button to the ring", toRing);
            narrator.tell("canary-rings", toRing.toMillis());
            canary.listenAnew();
            stage.stopEngine();
            String lacks = steps.run(
                    "canary home: without a risk engine the operators are told by another way",
                    () -> canary.awaitAlarm(LATER));
            StepFailedException.unless(lacks.equals("engine"), "the alarm names " + lacks + ", not the engine");
            narrator.tell("canary-late", lacks);
        }
    }

    private static void requireOneRing(Stage stage, Instant since) throws InterruptedException {
        int rings = 0;
        for (Stage.Caseworker caseworker : stage.caseworkers()) {
            rings += (int) caseworker.phone().listRings().stream()
                    .filter(ring -> ring.isAfter(since))
                    .count();
        }
        StepFailedException.unless(rings == 1, rings + " rings, expected one");
    }

    private Instant lastSeen(Home home) {
        return home.life()
                .between(began.minus(Duration.ofDays(2)), began)
                .reduce((earlier, later) -> later)
                .map(happening -> happening.at())
                .orElseThrow(() -> new IllegalStateException(home.name() + " has no history"));
    }

    private static String time(Instant moment) {
        return DAY_AND_TIME.format(moment.atZone(Opening.SEOUL));
    }
}
