package kr.dolbom.caseworker.desk;

import kr.dolbom.caseworker.alert.Alert;

/// What came of somebody saying "I take it".
public sealed interface Takeover {
    /// The alert is theirs.
    ///
    /// @param alert as it stands now
    record Taken(Alert alert) implements Takeover {}

    /// Somebody has it already, perhaps the same person.
    ///
    /// @param alert as it stands now
    /// @param by who has it
    record TakenBefore(Alert alert, Alert.Person by) implements Takeover {}

    /// It is over.
    ///
    /// @param alert as it stands now
    record Over(Alert alert) implements Takeover {}
}
