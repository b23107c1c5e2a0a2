package kr.dolbom.caseworker.console.people;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands on the tab of guardians, or on the page of one resident's.
///
/// @param head what stands above
/// @param search what is looked for
/// @param resident whose they are; null: everybody's
/// @param form to add one to that resident
/// @param rows those of this page
/// @param found how many there are in all
/// @param page which page this is, from 1
/// @param pages how many there are
public record GuardiansPage(
        Head head,
        Form search,
        ResidentsPage.@Nullable Row resident,
        Form form,
        List<Row> rows,
        int found,
        int page,
        int pages) {

    /// One guardian in words.
    ///
    /// @param id the public id
    /// @param residentId whose
    /// @param resident whose, by name
    /// @param name their own
    /// @param relation who they are to the resident
    /// @param phone E.164
    /// @param phoneText the same for people
    /// @param language which they speak
    /// @param consent whether they may be called and since when
    /// @param mayBeCalled whether they may
    public record Row(
            String id,
            String residentId,
            String resident,
            String name,
            String relation,
            String phone,
            String phoneText,
            String language,
            String consent,
            boolean mayBeCalled) {}
}
