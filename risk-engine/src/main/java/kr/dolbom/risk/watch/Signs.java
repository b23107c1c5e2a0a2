package kr.dolbom.risk.watch;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import kr.dolbom.contract.telemetry.Activity;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Inactivity;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.PresenceReport;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.Voice;
import org.jspecify.annotations.Nullable;

/// Which messages show that a resident was noticed, when and where. Pure.
public final class Signs {
    private static final Comparator<Sign> IN_ORDER_OF_TIME = Comparator.comparing(Sign::at);

    private Signs() {}

    /// One sign.
    ///
    /// @param room null: not known
    public record Sign(Instant at, @Nullable Room room) {
        /// Whether it is at a door that leads out, where whoever comes and goes is noticed too.
        public boolean isAtExit() {
            return room == Room.FRONT_DOOR || room == Room.BACK_DOOR;
        }
    }

    /// The signs in a message, in order of time; empty where it shows the device alone.
    public static List<Sign> list(Telemetry data, Instant at) {
        return switch (data) {
            case Activity activity -> list(activity, at);
            case Voice voice -> when(voice.turns() > 0, at, null);
            case Medication medication -> when(medication.outcome() == Medication.Outcome.TAKEN, at, null);
            case CheckInAnswer answer -> when(answer.answer() != CheckInAnswer.Answer.NO_ANSWER, at, null);
            case Emergency emergency -> when(isByResident(emergency), at, emergency.room());
            case PresenceReport report -> when(report.state() == PresenceReport.State.RETURNED, at, null);
            case Inactivity _, Status _ -> List.of();
        };
    }

    private static List<Sign> list(Activity activity, Instant at) {
        List<Activity.Count> counts = activity.counts();
        if (counts.size() == 1) {
            return List.of(sign(counts.getFirst(), at));
        }
        Sign[] signs = new Sign[counts.size()];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = sign(counts.get(i), at);
        }
        Arrays.sort(signs, IN_ORDER_OF_TIME);
        return List.of(signs);
    }

    private static Sign sign(Activity.Count count, Instant at) {
        return new Sign(at.minusSeconds(secondsBefore(count)), count.room());
    }

    private static long secondsBefore(Activity.Count count) {
        Long seconds = count.lastSecondsBefore();
        return seconds == null ? 0 : seconds;
    }

    private static boolean isByResident(Emergency emergency) {
        return switch (emergency.trigger()) {
            case SOS_VOICE, SOS_BUTTON, FALL -> true;
            case SMOKE, GAS -> false;
        };
    }

    private static List<Sign> when(boolean isSign, Instant at, @Nullable Room room) {
        return isSign ? List.of(new Sign(at, room)) : List.of();
    }
}
