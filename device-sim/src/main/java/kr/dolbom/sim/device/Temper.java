package kr.dolbom.sim.device;

import java.time.Duration;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.CheckInAnswer.By;
import kr.dolbom.contract.telemetry.Medication;

/// How the resident reacts when the robot asks or reminds.
///
/// @param checkIn what the resident answers to "are you all right?"
/// @param by how; not used with `NO_ANSWER`
/// @param after how long the answer takes; later than the command's time limit is no answer
/// @param reminder what becomes of a reminded medication slot
public record Temper(CheckInAnswer.Answer checkIn, By by, Duration after, Medication.Outcome reminder) {
    /// Says "fine" by touch after 8 seconds, takes the medicine.
    public static final Temper FINE =
            new Temper(CheckInAnswer.Answer.FINE, By.TOUCH, Duration.ofSeconds(8), Medication.Outcome.TAKEN);

    /// Answers nothing.
    public static final Temper SILENT =
            new Temper(CheckInAnswer.Answer.NO_ANSWER, By.VOICE, Duration.ZERO, Medication.Outcome.NO_ANSWER);

    /// Says "fine".
    public static Temper fine(By by, Duration after) {
        return new Temper(CheckInAnswer.Answer.FINE, by, after, Medication.Outcome.TAKEN);
    }

    /// Asks for help.
    public static Temper needsHelp(By by, Duration after) {
        return new Temper(CheckInAnswer.Answer.NEED_HELP, by, after, Medication.Outcome.SKIPPED);
    }
}
