package kr.dolbom.risk.alert;

import java.time.Instant;

/// What came of looking at a resident, to be written by [AlertBook] together with the feed's position.
public sealed interface Outcome {
    /// A finding that gives birth to an alert, or joins the one that is open.
    record Raise(Finding finding) implements Outcome {}

    /// A finding that is kept and raises nothing, as it is about the past.
    record Keep(Finding finding) implements Outcome {}

    /// What the open alert of a family was raised for is over; the alert goes where nobody has acted on it yet.
    record Retract(int residentNo, Family family) implements Outcome {}

    /// A new value of the risk score.
    ///
    /// @param score 0 to 100
    record Score(int residentNo, Instant at, int score, Visibility visibility) implements Outcome {}
}
