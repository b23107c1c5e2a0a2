package kr.dolbom.caseworker.console.roster;

import java.util.List;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.Words;

/// A month or a week of an office's roster, in words.
///
/// @param frame what is around the page
/// @param asked what is shown, as forms and links carry it
/// @param offices what an operator may choose from; empty for all others
/// @param office the office's short name
/// @param title which month or week
/// @param links to other views
/// @param weekdays the names of the columns
/// @param watches who is on call now, and next
/// @param days in order; a multiple of seven
/// @param mayChange whether this viewer may change the roster
/// @param supervisors whom others ask for a change
/// @param forms what is offered to change; empty choices for whoever may not
/// @param problems what is not ready; each one sentence with the way out
/// @param checked when that was looked at
/// @param rings people and their latest test rings
/// @param message why something was not done; empty: nothing
/// @param done what was done; empty: nothing
public record RosterPage(
        Frame frame,
        Asked asked,
        List<Choice> offices,
        String office,
        String title,
        Links links,
        List<String> weekdays,
        List<Watch> watches,
        List<Day> days,
        boolean mayChange,
        List<Person> supervisors,
        Forms forms,
        List<String> problems,
        String checked,
        List<Ring> rings,
        String message,
        String done) {

    /// The language.
    public Words words() {
        return frame.words();
    }

    /// What is shown.
    ///
    /// @param office its public id
    /// @param view `month` or `week`
    /// @param day a day of it, `2026-11-22`
    /// @param month its month, `2026-11`
    public record Asked(String office, String view, String day, String month) {
        /// Its address.
        public String address() {
            return "/roster?office=" + office + "&view=" + view + "&day=" + day;
        }
    }

    /// Where other views are.
    ///
    /// @param before the month or week before
    /// @param after the one after
    /// @param today the present one
    /// @param month the month of the same day
    /// @param week the week of the same day
    /// @param plan where the month is filled
    public record Links(String before, String after, String today, String month, String week, String plan) {}

    /// Who is on call for a time.
    ///
    /// @param title now or next
    /// @param when from when to when
    /// @param people whoever is called first first; empty: nobody
    public record Watch(String title, String when, List<Person> people) {}

    /// Somebody who can be called.
    ///
    /// @param name who
    /// @param kind as what
    /// @param phone E.164
    /// @param phoneText as people write it
    public record Person(String name, String kind, String phone, String phoneText) {}

    /// A day.
    ///
    /// @param number of the month, with the month where another begins
    /// @param full with month and weekday
    /// @param inside whether it belongs to the month that is shown
    /// @param today whether it is today
    /// @param off whether it is a Saturday, a Sunday or a holiday
    /// @param holiday its name; empty: none
    /// @param leave who is on leave
    /// @param own the office's own duties
    /// @param centre the night centre's
    /// @param gaps when nobody is on call
    /// @param bars who is there from 00:00 to 24:00
    public record Day(
            String number,
            String full,
            boolean inside,
            boolean today,
            boolean off,
            String holiday,
            List<String> leave,
            List<Shift> own,
            List<Shift> centre,
            List<Gap> gaps,
            List<Bar> bars) {}

    /// A duty on a day.
    ///
    /// @param id of the shift
    /// @param name who
    /// @param kind primary or backup, and whether somebody stands in
    /// @param times from when to when
    /// @param primary whether called first
    /// @param mine whether it is the viewer's
    /// @param standsIn whether by an override
    /// @param movable whether it can be swapped
    /// @param href where it is changed; empty: it cannot be
    public record Shift(
            String id,
            String name,
            String kind,
            String times,
            boolean primary,
            boolean mine,
            boolean standsIn,
            boolean movable,
            String href) {}

    /// A time of a day in which nobody is on call.
    ///
    /// @param times from when to when
    /// @param length how long, in words
    /// @param past whether it is over
    /// @param href where it is filled; empty: it cannot be
    public record Gap(String times, String length, boolean past, String href) {}

    /// A stretch of a day.
    ///
    /// @param from minutes since midnight
    /// @param length minutes
    /// @param kind `none`, `single` or `several`: how many are on call
    public record Bar(int from, int length, String kind) {}

    /// Something to choose.
    ///
    /// @param value what is sent
    /// @param text what is read
    /// @param chosen whether it is chosen already
    /// @param second whether it is chosen already as the other one of two
    public record Choice(String value, String text, boolean chosen, boolean second) {
        Choice(String value, String text, boolean chosen) {
            this(value, text, chosen, false);
        }
    }

    /// What the forms offer.
    ///
    /// @param shifts that can be swapped, the chosen one chosen
    /// @param people of the office
    /// @param position the chosen shift's, or 1
    /// @param from the chosen shift's or gap's beginning, `2026-11-22T18:00`; empty: none chosen
    /// @param to its end
    /// @param reason what was typed and refused; empty: nothing
    /// @param chosen the chosen shift in words; empty: none
    /// @param chosenId its id
    /// @param standsIn whether what is chosen is an override
    /// @param open which form is open: `swap`, `override`, `add` or empty
    public record Forms(
            List<Choice> shifts,
            List<Choice> people,
            String position,
            String from,
            String to,
            String reason,
            String chosen,
            String chosenId,
            boolean standsIn,
            String open) {}

    /// Somebody's telephone as it was last tested.
    ///
    /// @param id of the caseworker
    /// @param name who
    /// @param last when and what came of it
    /// @param failed whether it was not picked up
    public record Ring(String id, String name, String last, boolean failed) {}
}
