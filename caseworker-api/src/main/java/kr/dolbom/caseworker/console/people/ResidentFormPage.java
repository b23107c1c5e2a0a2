package kr.dolbom.caseworker.console.people;

import java.util.Map;

/// The form of one resident.
///
/// @param head what stands above
/// @param form what stands in it
/// @param residentId whom it changes; empty: somebody new
/// @param caseworkers to choose from, by public id
/// @param hasLeft whether they are no longer looked after
public record ResidentFormPage(
        Head head, Form form, String residentId, Map<String, String> caseworkers, boolean hasLeft) {}
