package kr.dolbom.caseworker.console;

import java.util.List;

/// The list of open alerts.
///
/// @param frame what is around it
/// @param rows the alerts, in order
/// @param watched proof of life for an empty list
public record QueuePage(Frame frame, List<Row> rows, Watched watched) {

    /// One alert.
    ///
    /// @param alertId the public id
    /// @param tier `critical`, `urgent`, `check-in` or `review`
    /// @param tierWord that in words
    /// @param drill the word for an exercise; empty for a real alert
    /// @param who name, age and neighbourhood
    /// @param reason the one sentence
    /// @param raised when
    /// @param progress what has happened so far
    /// @param canTake whether the button is there
    public record Row(
            String alertId,
            String tier,
            String tierWord,
            String drill,
            String who,
            String reason,
            When raised,
            String progress,
            boolean canTake) {}

    /// A moment.
    ///
    /// @param iso for machines
    /// @param exact date and time for people
    /// @param ago how long ago that is
    public record When(String iso, String exact, String ago) {}

    /// What is watched.
    ///
    /// @param households how many homes have a connected device, grouped digits
    /// @param lastSignal time of the last sign of life of any device, `-` when there was none
    public record Watched(String households, String lastSignal) {}
}
