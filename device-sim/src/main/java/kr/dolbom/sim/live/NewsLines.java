package kr.dolbom.sim.live;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import kr.dolbom.contract.json.JsonTypes;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.sim.device.Acknowledgement;
import kr.dolbom.sim.device.DeviceListener;
import kr.dolbom.sim.device.Disconnection;
import kr.dolbom.sim.home.Happening;

/// Prints what a device does, a line for each: time, device, what happened.
final class NewsLines implements DeviceListener {
    private final String device;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Clock clock;
    private final boolean everything;

    /// @param everything whether to print every acknowledgement and happening as well
    NewsLines(String device, PrintWriter out, PrintWriter err, Clock clock, boolean everything) {
        this.device = device;
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.everything = everything;
    }

    @Override
    public void connected() {
        print("connected");
    }

    @Override
    public void disconnected(Disconnection why) {
        switch (why.cause()) {
            case REFUSED ->
                complain(
                        "the broker refused the device: %s; check its id and its secret or claim code, and that it is registered"
                                .formatted(why.detail()));
            case UNREACHABLE -> complain(why.detail() + "; trying again until the broker is there");
            case CLOSED_BY_BROKER, LOST -> print("disconnected: " + why.detail() + "; reconnecting");
            case CLOSED -> print("disconnected");
            case POWERED_OFF -> print("powered off, without a good-bye");
        }
    }

    @Override
    public void acknowledged(Acknowledgement acknowledgement) {
        String kind = acknowledgement.message().data().kind().wireName();
        if (!acknowledgement.accepted()) {
            complain("the broker refused a message of kind %s with 0x%02X: %s"
                    .formatted(kind, acknowledgement.reasonCode(), acknowledgement.reasonString()));
        } else if (everything || acknowledgement.message().data() instanceof Emergency) {
            print("%s stored by the platform (message %d)"
                    .formatted(kind, acknowledgement.message().seq()));
        }
    }

    @Override
    public void said(String text) {
        print("robot says: " + text);
    }

    @Override
    public void asked(String question, int time) {
        print((time == 1 ? "robot asks: " : "robot asks again, louder: ") + question);
    }

    @Override
    public void answered(CheckInAnswer answer) {
        print("resident: " + JsonTypes.wireName(answer.answer())
                + (answer.by() == null ? "" : " by " + JsonTypes.wireName(answer.by())));
    }

    @Override
    public void reminded(Medication.Slot slot, String text) {
        print("robot reminds of the %s medicine: %s".formatted(JsonTypes.wireName(slot), text));
    }

    @Override
    public void configured(Duration heartbeat, Duration activityWindow) {
        print("new settings: heartbeat every %d s, activity window %d s"
                .formatted(heartbeat.toSeconds(), activityWindow.toSeconds()));
    }

    @Override
    public void sounded(Duration length) {
        print("device sounds for %d s".formatted(length.toSeconds()));
    }

    @Override
    public void secretSet(boolean enrolled) {
        print(enrolled ? "enrolled: the platform has the device's secret" : "the platform has the device's new secret");
    }

    @Override
    public void secretRefused(String why) {
        complain("the new secret was refused, the one before stays good: " + why);
    }

    @Override
    public void ignored(UUID command, String why) {
        print("command %s not carried out: %s".formatted(command, why));
    }

    void happened(Happening happening) {
        if (everything) {
            print(inWords(happening));
        }
    }

    void print(String news) {
        out.println(line(news));
        out.flush();
    }

    private void complain(String news) {
        err.println(line(news));
        err.flush();
    }

    private String line(String news) {
        return "%s  %s  %s".formatted(LocalTime.now(clock).truncatedTo(ChronoUnit.SECONDS), device, news);
    }

    private static String inWords(Happening happening) {
        return switch (happening) {
            case Happening.Woke _ -> "resident wakes";
            case Happening.WentToBed _ -> "resident goes to bed";
            case Happening.Moved h -> "motion in the " + JsonTypes.wireName(h.room());
            case Happening.DoorUsed h -> "door used: " + JsonTypes.wireName(h.room());
            case Happening.Touched _ -> "resident touches the robot";
            case Happening.ApplianceUsed h -> "appliance used in the " + JsonTypes.wireName(h.room());
            case Happening.Talked h ->
                "talk with the robot: %d turns, %d s"
                        .formatted(h.turns(), h.spoke().toSeconds());
            case Happening.Medicated h ->
                "%s medicine: %s".formatted(JsonTypes.wireName(h.slot()), JsonTypes.wireName(h.outcome()));
            case Happening.WentOut h ->
                h.expectedBack() == null ? "resident goes out without a word" : "resident goes out and says until when";
            case Happening.CameHome _ -> "resident comes home";
        };
    }
}
