package kr.dolbom.caseworker.console.people;

import java.util.List;

/// What stands on the tab of caseworkers.
///
/// @param head what stands above
/// @param rows those who are there, and those who have left last
/// @param teams of the office that is shown; empty: none, or several offices are shown
public record CaseworkersPage(Head head, List<Row> rows, List<Team> teams) {

    /// One caseworker in words.
    ///
    /// @param id the public id
    /// @param name without a title
    /// @param phone E.164
    /// @param phoneText the same for people
    /// @param duty what they are
    /// @param language which they speak
    /// @param login by which they sign in; empty: they cannot
    /// @param leave when they are away; empty: not known
    /// @param office whose; empty where one office alone is shown
    /// @param left since when they are no longer here; empty: they are
    public record Row(
            String id,
            String name,
            String phone,
            String phoneText,
            String duty,
            String language,
            String login,
            String leave,
            String office,
            String left) {}

    /// A team.
    ///
    /// @param name its name
    /// @param people who is in it
    public record Team(String name, String people) {}
}
