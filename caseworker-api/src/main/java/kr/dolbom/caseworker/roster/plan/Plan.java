package kr.dolbom.caseworker.roster.plan;

import java.util.List;

/// A month's roster as it was made.
///
/// @param made who takes what, by start and position
/// @param unfilled what nobody can take, and why not
record Plan(List<Assignment> made, List<Unfilled> unfilled) {
    Plan {
        made = List.copyOf(made);
        unfilled = List.copyOf(unfilled);
    }

    /// @param vacancy what is taken
    /// @param caseworkerNo who takes it
    record Assignment(Vacancy vacancy, int caseworkerNo) {}

    /// @param vacancy what nobody can take
    /// @param obstacles why not, one for each person who would be eligible; empty: nobody would be
    record Unfilled(Vacancy vacancy, List<Obstacle> obstacles) {
        Unfilled {
            obstacles = List.copyOf(obstacles);
        }
    }

    /// @param candidate who cannot
    /// @param why why not
    record Obstacle(Candidate candidate, Why why) {}

    /// Why somebody cannot take a vacancy; the first that holds is told.
    enum Why {
        /// On leave, or no longer here.
        AWAY,
        /// On duty at the same time.
        BUSY,
        /// Less than 11 hours before or after another duty.
        REST
    }
}
