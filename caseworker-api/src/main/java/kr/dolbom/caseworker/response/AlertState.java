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
/// A critical alert goes back from `acknowledged` to `escalating` when the resident asks again long after somebody took
/// it: nobody has it then, and everybody is called anew.
///
/// An alert of tier `check-in` that nobody answers stays in `checking-in`, one of tier `review` in `raised`: the
/// console
/// shows them and nothing rings.
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

    /// A named person takes it.
    ///
    /// @param at since when
    /// @param askedAgainAt when the resident asked again last, before or after that; null for never
    record Acknowledged(Instant at, @Nullable Instant askedAgainAt) implements AlertState {}

    /// It is over.
    record Resolved() implements AlertState {}
}
