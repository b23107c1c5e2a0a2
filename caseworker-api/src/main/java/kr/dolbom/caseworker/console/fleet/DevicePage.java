package kr.dolbom.caseworker.console.fleet;

import java.util.List;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.Words;

/// One device, in words.
///
/// @param frame what is around the page
/// @param id its MQTT client id
/// @param row as in the list
/// @param facts names and values
/// @param resident in whose home it stands; null: in nobody's, or not this viewer's to know
/// @param presence the last seven days, in minutes from their beginning
/// @param events connections and their ends, the latest first
/// @param holes in its count of messages, the latest first
/// @param commands what it was told to do, the latest first
/// @param chart what was refused, by day
/// @param refused what was refused, the latest first
/// @param hides whether words are hidden from this viewer
/// @param mayChange whether this viewer may bind it and give claim codes
/// @param claim until when its claim code is good, in words; empty: it has none
/// @param offices where a resident may be searched
/// @param found residents that a search found; null: nobody searched
/// @param done what was done just now; empty: nothing
public record DevicePage(
        Frame frame,
        String id,
        FleetPage.Row row,
        List<Fact> facts,
        @org.jspecify.annotations.Nullable Home resident,
        List<Bar> presence,
        List<Line> events,
        List<Line> holes,
        List<Line> commands,
        DayChart chart,
        List<RefusedPage.Message> refused,
        boolean hides,
        boolean mayChange,
        String claim,
        List<Office> offices,
        @org.jspecify.annotations.Nullable List<Home> found,
        String done) {

    /// The language.
    public Words words() {
        return frame.words();
    }

    /// A fact.
    ///
    /// @param name what
    /// @param value its value
    public record Fact(String name, String value) {}

    /// A resident.
    ///
    /// @param id public
    /// @param name who
    /// @param more age and neighbourhood
    public record Home(String id, String name, String more) {}

    /// A stretch of time.
    ///
    /// @param from minutes from the beginning
    /// @param length minutes
    public record Bar(int from, int length) {}

    /// Something that happened.
    ///
    /// @param when exactly
    /// @param text what
    public record Line(String when, String text) {}

    /// An office.
    ///
    /// @param id public
    /// @param name short
    public record Office(String id, String name) {}
}
