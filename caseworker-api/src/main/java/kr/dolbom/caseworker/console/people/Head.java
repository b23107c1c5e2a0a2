package kr.dolbom.caseworker.console.people;

import java.util.List;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.Words;

/// What stands above every tab of people and settings.
///
/// @param frame what is around the page
/// @param tab which one this is, the end of its text's key `people.tab.…`
/// @param tabs all that the viewer may open
/// @param mayChange whether the viewer is a supervisor or an operator
/// @param isOperator whether they see all offices
/// @param offices those that they may choose from; with one there is nothing to choose
/// @param officeId the office that is shown; empty: all of them
/// @param done what was done a moment ago, the end of a text's key `people.done.…`; empty: nothing
public record Head(
        Frame frame,
        String tab,
        List<Tab> tabs,
        boolean mayChange,
        boolean isOperator,
        List<Office> offices,
        String officeId,
        String done) {
    /// Keeps its own copies.
    public Head {
        tabs = List.copyOf(tabs);
        offices = List.copyOf(offices);
    }

    /// A tab.
    ///
    /// @param word the end of its text's key
    /// @param path where it is
    public record Tab(String word, String path) {}

    /// An office to choose.
    ///
    /// @param id its public id
    /// @param name its short name
    public record Office(String id, String name) {}

    /// In which language.
    public Words words() {
        return frame.words();
    }

    /// A text of this section.
    public String text(String key, Object... values) {
        return words().text("people." + key, values);
    }

    /// The name of the office that is shown; empty: all of them.
    public String officeName() {
        return offices.stream()
                .filter(office -> office.id().equals(officeId))
                .map(Office::name)
                .findFirst()
                .orElse("");
    }
}
