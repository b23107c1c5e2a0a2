package kr.dolbom.caseworker.response;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kr.dolbom.caseworker.escalation.Step;
import kr.dolbom.caseworker.robot.Inquiry;
import org.jspecify.annotations.Nullable;

/// How far the response to an alert has come, with what the next decision needs to know.
///
/// ```
///              urgent, check-in: the robot asks
///   raised ───────────────────────────────▶ checking-in ──── "I am fine" ───────────────┐
///     │                                         │                                       │
///     │ critical; or urgent and                 │ needs help; urgent and no answer      │
///     │ no robot to ask                         ▼                                       │
///     └───────────────────────────────────▶ escalating ── step, step, step …            │
///                                               │                                       │
///        a named person takes it                │ keypress, one-time link, console      │
///        (from any open state)                  ▼                                       ▼
///                                          acknowledged ──── outcome and note ────▶ resolved
/// ```
///
/// An alert goes back from `acknowledged` to `escalating`, nobody has it then and everybody is
/// called anew, when whoever has it gives it back, does not answer reminders or could not be told
/// of it; and when it becomes critical after somebody took it, or the resident asks again long
/// after that.
///
/// One of tier `review` stays in `raised` or `checking-in`: the console shows it and nobody is
/// called.
public sealed interface AlertState {
    /// Nothing was done yet.
    record Raised() implements AlertState {}

    /// The robot asks.
    ///
    /// @param inquiry what became of the question
    record CheckingIn(Inquiry inquiry) implements AlertState {}

    /// People are called.
    ///
    /// @param before the number of the last step before people were called anew; 0 for none
    /// @param steps those that were taken since, in order
    record Escalating(int before, List<Step> steps) implements AlertState {

        /// Keeps its own copy.
        public Escalating {
            steps = List.copyOf(steps);
        }

        /// The step that runs now.
        Optional<Step> last() {
            return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast());
        }

        /// The step with this number.
        Optional<Step> find(int number) {
            return steps.stream().filter(step -> step.number() == number).findFirst();
        }
    }

    /// A named person has it.
    ///
    /// @param at since when
    /// @param saidAt when they said last that they have it
    /// @param snoozedUntil before when they are not asked again; null for no such wish
    /// @param isGivenBack whether they do not want it any more
    /// @param isNotTold whether it was given to them, and the text that was to tell them failed
    /// @param askedAgainAt when the resident asked again last, before or after that; null for never
    /// @param reminders the reminders since they said last that they have it, in order
    /// @param handOver the latest attempt since then to hand it over; null for none
    /// @param lastStep the number of the last step of any kind
    record Acknowledged(
            Instant at,
            Instant saidAt,
            @Nullable Instant snoozedUntil,
            boolean isGivenBack,
            boolean isNotTold,
            @Nullable Instant askedAgainAt,
            List<Step> reminders,
            @Nullable Step handOver,
            int lastStep)
            implements AlertState {}

    /// It is over.
    record Resolved() implements AlertState {}
}
