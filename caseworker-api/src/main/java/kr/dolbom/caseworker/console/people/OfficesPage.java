package kr.dolbom.caseworker.console.people;

import java.util.List;

/// What stands on the tab of offices.
///
/// @param head what stands above
/// @param rows the offices that the viewer may see
/// @param form to add one
public record OfficesPage(Head head, List<Row> rows, Form form) {

    /// One office.
    ///
    /// @param id the public id
    /// @param form its names, to be changed
    /// @param residents how many residents it looks after
    /// @param caseworkers how many caseworkers it has
    /// @param devices how many devices stand in its residents' homes
    public record Row(String id, Form form, int residents, int caseworkers, int devices) {}
}
