package kr.dolbom.caseworker.console.people;

import java.util.List;
import java.util.Map;

/// What stands on the tab of residents.
///
/// @param head what stands above
/// @param search what is looked for
/// @param caseworkers to choose from, by public id
/// @param neighbourhoods to choose from
/// @param rows those of this page
/// @param found how many there are in all
/// @param page which page this is, from 1
/// @param pages how many there are
public record ResidentsPage(
        Head head,
        Form search,
        Map<String, String> caseworkers,
        List<String> neighbourhoods,
        List<Row> rows,
        int found,
        int page,
        int pages) {

    /// One resident in words.
    ///
    /// @param id the public id
    /// @param name what they are called
    /// @param age with the year of birth
    /// @param neighbourhood where
    /// @param address where exactly
    /// @param phone E.164; empty: none
    /// @param phoneText the same for people
    /// @param caseworker their own caseworker; empty: none
    /// @param office whose; empty where there is one office alone
    /// @param left why they are no longer looked after; empty: they are
    public record Row(
            String id,
            String name,
            String age,
            String neighbourhood,
            String address,
            String phone,
            String phoneText,
            String caseworker,
            String office,
            String left) {}
}
