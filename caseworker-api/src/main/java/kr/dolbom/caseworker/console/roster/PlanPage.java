package kr.dolbom.caseworker.console.roster;

import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.console.people.Form;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.Words;

/// What filling a month would do, in words.
///
/// @param frame what is around the page
/// @param officeId for which office
/// @param office its short name
/// @param title which month
/// @param month `2026-12`
/// @param months what can be chosen
/// @param back where the month is
/// @param message why nothing can be made or was saved; empty: nothing
/// @param summary how many places would be filled
/// @param unfilled what nobody can take, and why not
/// @param bends what is not even
/// @param people what everybody would have
/// @param days who would take what
/// @param print of the draft; empty: there is nothing to save
/// @param done what was done; empty: nothing
/// @param patterns from which months are filled
/// @param weekdays a day's word as REST writes it, and as people do
/// @param teams names by public id; empty: the office has none
/// @param form of one more pattern
public record PlanPage(
        Frame frame,
        String officeId,
        String office,
        String title,
        String month,
        List<RosterPage.Choice> months,
        String back,
        String message,
        String summary,
        List<String> unfilled,
        List<String> bends,
        List<Person> people,
        List<Day> days,
        String print,
        String done,
        List<Pattern> patterns,
        Map<String, String> weekdays,
        Map<String, String> teams,
        Form form) {

    /// The language.
    public Words words() {
        return frame.words();
    }

    /// What somebody would have in the month.
    ///
    /// @param name who
    /// @param shifts how many
    /// @param nights how many of them by night
    /// @param daysOff how many of them on days off
    /// @param hours all together
    /// @param width of a bar for the hours, 0 to 100
    public record Person(String name, int shifts, int nights, int daysOff, long hours, int width) {}

    /// A shift that comes again every week.
    ///
    /// @param id the public id
    /// @param name its name
    /// @param told days, times and places in words
    public record Pattern(String id, String name, String told) {}

    /// A day's new shifts.
    ///
    /// @param day in words
    /// @param shifts each in words
    public record Day(String day, List<String> shifts) {}
}
