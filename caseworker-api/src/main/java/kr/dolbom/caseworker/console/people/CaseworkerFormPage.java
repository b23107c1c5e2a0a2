package kr.dolbom.caseworker.console.people;

import java.util.List;

/// The form of one caseworker.
///
/// @param head what stands above
/// @param form what stands in it
/// @param caseworkerId whom it changes; empty: somebody new
/// @param hasLeft whether they are no longer here
/// @param leaves when they are away
public record CaseworkerFormPage(Head head, Form form, String caseworkerId, boolean hasLeft, List<Leave> leaves) {
    /// A leave.
    ///
    /// @param id the public id
    /// @param days from when until when
    public record Leave(String id, String days) {}
}
