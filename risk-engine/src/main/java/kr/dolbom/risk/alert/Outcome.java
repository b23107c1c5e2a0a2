package kr.dolbom.risk.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

    /// Many homes fell silent together.
    ///
    /// @param cause `network-silent` or `platform-fault`
    /// @param noticedAt when that was certain
    /// @param homes how many are missed
    /// @param expected of how many a sign was expected by then
    /// @param heard of how many there was one
    record IncidentBegan(Incident incident, Visibility cause, Instant noticedAt, int homes, double expected, int heard)
            implements Outcome {}

    /// They are heard again, or their silence turned out to be a part of everybody's.
    record IncidentEnded(Incident incident, Instant endedAt, boolean isPartOfAll) implements Outcome {}

    /// A time in which a home was not watched, as it stands now.
    ///
    /// @param to null: it lasts
    record Gap(int residentNo, Instant from, @Nullable Instant to, Visibility cause) implements Outcome {}

    /// A gap that was written and is none, as the time was proven after all.
    record GapWithdrawn(int residentNo, Instant from) implements Outcome {}
}
